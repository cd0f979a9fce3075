import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedPort } from '#probe/testing/loopback-server.ts';
import type { ServedCertificates } from '#probe/testing/served-certificates.ts';
import { Daemon } from './daemon.ts';

/** A real Redis in a temporary folder. */
export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  readonly tlsPort: number;
  readonly folder: string;
  readonly daemon: Daemon;
}

/** Starts one with the given lines of configuration, on a plain port and on one with TLS. Needs Debian's redis-server. */
export async function startRedis({ good }: ServedCertificates, ...lines: readonly string[]): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-redis-'));
  const [port, tlsPort] = [await closedPort(), await closedPort()];
  await writeFile(join(folder, 'server.pem'), good.cert);
  await writeFile(join(folder, 'server.key'), good.key);
  const configuration = [
    `port ${port}`,
    `tls-port ${tlsPort}`,
    `tls-cert-file ${folder}/server.pem`,
    `tls-key-file ${folder}/server.key`,
    `tls-ca-cert-dir /etc/ssl/certs`,
    'tls-auth-clients no',
    'bind 127.0.0.1',
    `dir ${folder}`,
    'save ""',
    'repl-diskless-sync-delay 0',
    'repl-ping-replica-period 1',
    ...lines,
  ];
  await writeFile(join(folder, 'redis.conf'), configuration.join('\n'));
  const daemon = new Daemon('/usr/bin/redis-server', [join(folder, 'redis.conf')]);
  await daemon.listening(port, tlsPort);
  return {
    port,
    tlsPort,
    folder,
    daemon,
    async [Symbol.asyncDispose]() {
      await daemon[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
