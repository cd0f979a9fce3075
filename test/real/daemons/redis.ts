import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServedCertificates } from '#probe/testing/served-certificates.ts';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnFolder } from './own-folder.ts';

/** A real Redis in a temporary folder. */
export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  readonly tlsPort: number;
  readonly folder: string;
  readonly daemon: Daemon;
}

/** Starts one with the given lines of configuration, on a plain port and on one with TLS. Needs Debian's redis-server. */
export function startRedis({ good }: ServedCertificates, ...lines: readonly string[]): Promise<RedisServer> {
  return inOwnFolder('redis', async (folder, own) => {
    const [port, tlsPort] = [await freePort(), await freePort()];
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
    const daemon = own.use(new Daemon('/usr/bin/redis-server', [join(folder, 'redis.conf')]));
    await daemon.listening(port, tlsPort);
    return {
      port,
      tlsPort,
      folder,
      daemon,
    };
  });
}
