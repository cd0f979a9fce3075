import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerCertificate } from '#probe/testing/certificates.ts';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnMemory } from './own-folder.ts';
import { asUser, giveTo } from './own-user.ts';

const run = promisify(execFile);

/** A real RabbitMQ with its management interface; guest signs in with "guest". */
export interface Rabbitmq extends AsyncDisposable {
  readonly port: number;
  readonly tlsPort: number;
  readonly managementPort: number;
  readonly daemon: Daemon;
  /** Asks the management interface as guest; throws when it refuses. */
  manage(method: string, path: string, body?: unknown): Promise<void>;
  /** Runs rabbitmqctl. */
  control(...words: readonly string[]): Promise<void>;
}

/** Starts one. Needs Debian's rabbitmq-server; it is ready after some six seconds. */
export function startRabbitmq({ cert, key }: ServerCertificate): Promise<Rabbitmq> {
  return inOwnMemory('rabbitmq', async (folder, own) => {
    const ports = await Promise.all(Array.from({ length: 5 }, () => freePort()));
    const [port = 0, tlsPort = 0, managementPort = 0, distributionPort = 0, mapperPort = 0] = ports;
    await mkdir(join(folder, 'data'));
    await mkdir(join(folder, 'log'));
    await writeFile(join(folder, 'server.pem'), cert);
    await writeFile(join(folder, 'server.key'), key);
    await writeFile(join(folder, 'plugins'), '[rabbitmq_management].');
    await writeFile(join(folder, 'rabbitmq.conf'), configuration(folder, port, tlsPort, managementPort));
    await giveTo('rabbitmq', folder);
    const environment = {
      HOME: folder,
      ERL_EPMD_PORT: String(mapperPort),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_NODENAME: `vigie${port}@localhost`,
      RABBITMQ_DIST_PORT: String(distributionPort),
      RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
      RABBITMQ_MNESIA_BASE: join(folder, 'data'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_PID_FILE: join(folder, 'pid'),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 2:2 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}',
    };
    const programs = await programsFolder();
    // The names of Erlang's nodes are kept by a daemon that would otherwise be started aside and outlive the test.
    const mapper = own.use(new Daemon('/usr/bin/epmd', ['-port', String(mapperPort), '-address', '127.0.0.1']));
    await mapper.listening(mapperPort);
    const as = { user: 'rabbitmq', environment, endSignal: 'SIGKILL' } as const;
    const daemon = own.use(new Daemon(join(programs, 'rabbitmq-server'), [], as));
    const manage = async (method: string, path: string, body?: unknown): Promise<void> => {
      const answer = await fetch(`http://127.0.0.1:${managementPort}/api/${path}`, {
        method,
        headers: { authorization: `Basic ${Buffer.from('guest:guest').toString('base64')}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    };
    await daemon.ready(() => manage('GET', 'overview').then(() => true));
    await daemon.listening(port, tlsPort, managementPort);
    return {
      port,
      tlsPort,
      managementPort,
      daemon,
      manage,
      async control(...order) {
        const [setpriv = '', ...words] = [...asUser('rabbitmq'), join(programs, 'rabbitmqctl'), ...order];
        await run(setpriv, words, { env: { ...process.env, ...environment } });
      },
    };
  });
}

async function programsFolder(): Promise<string> {
  const versions = await readdir('/usr/lib/rabbitmq/lib');
  return join('/usr/lib/rabbitmq/lib', versions.find((name) => name.startsWith('rabbitmq_server')) ?? '', 'sbin');
}

function configuration(folder: string, port: number, tlsPort: number, managementPort: number): string {
  return `
listeners.tcp.1 = 127.0.0.1:${port}
listeners.ssl.1 = 127.0.0.1:${tlsPort}
ssl_options.certfile = ${folder}/server.pem
ssl_options.keyfile = ${folder}/server.key
ssl_options.verify = verify_none
management.tcp.port = ${managementPort}
management.tcp.ip = 127.0.0.1
# Also in a small memory it is not short of room.
disk_free_limit.absolute = 1MB
collect_statistics_interval = 250
log.file.level = warning
`;
}
