import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { closedPort } from '#probe/testing/loopback-server.ts';
import type { ServerCertificate } from '#probe/testing/certificates.ts';
import { Daemon } from './daemon.ts';
import { asUser, giveTo } from './own-user.ts';
import { untilReady } from './until-ready.ts';

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
export async function startRabbitmq({ cert, key }: ServerCertificate): Promise<Rabbitmq> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-rabbitmq-'));
  const ports = await Promise.all(Array.from({ length: 5 }, () => closedPort()));
  const [port = 0, tlsPort = 0, managementPort = 0, distributionPort = 0, mapperPort = 0] = ports;
  await mkdir(join(folder, 'data'));
  await mkdir(join(folder, 'log'));
  await writeFile(join(folder, 'server.pem'), cert);
  await writeFile(join(folder, 'server.key'), key);
  await writeFile(join(folder, 'plugins'), '[rabbitmq_management].');
  await writeFile(join(folder, 'rabbitmq.conf'), configuration(folder, port, tlsPort, managementPort));
  const paths = ['', 'data', 'log', 'server.pem', 'server.key', 'plugins', 'rabbitmq.conf'];
  await giveTo('rabbitmq', ...paths.map((name) => join(folder, name)));
  const environment = [
    `HOME=${folder}`,
    `ERL_EPMD_PORT=${mapperPort}`,
    'ERL_EPMD_ADDRESS=127.0.0.1',
    `RABBITMQ_NODENAME=vigie${port}@localhost`,
    `RABBITMQ_DIST_PORT=${distributionPort}`,
    `RABBITMQ_CONFIG_FILE=${folder}/rabbitmq`,
    `RABBITMQ_ENABLED_PLUGINS_FILE=${folder}/plugins`,
    `RABBITMQ_MNESIA_BASE=${folder}/data`,
    `RABBITMQ_LOG_BASE=${folder}/log`,
    `RABBITMQ_PID_FILE=${folder}/pid`,
    'RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=+S 2:2 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}',
  ];
  const [setpriv = '', ...words] = asUser('rabbitmq');
  const programs = await programsFolder();
  // The names of Erlang's nodes are kept by a daemon that would otherwise be started aside and outlive the test.
  const mapper = new Daemon('/usr/bin/epmd', ['-port', String(mapperPort), '-address', '127.0.0.1']);
  await mapper.listening(mapperPort);
  const daemon = new Daemon(setpriv, [...words, '/usr/bin/env', ...environment, join(programs, 'rabbitmq-server')]);
  const manage = async (method: string, path: string, body?: unknown): Promise<void> => {
    const answer = await fetch(`http://127.0.0.1:${managementPort}/api/${path}`, {
      method,
      headers: { authorization: `Basic ${Buffer.from('guest:guest').toString('base64')}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  const dispose = async (): Promise<void> => {
    await daemon[Symbol.asyncDispose]();
    await mapper[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const isReady = (): Promise<boolean> =>
        manage('GET', 'overview').then(
          () => true,
          () => false,
        );
      if (
        await untilReady(isReady).then(
          () => true,
          () => false,
        )
      )
        break;
    }
    await daemon.listening(port, tlsPort, managementPort);
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    port,
    tlsPort,
    managementPort,
    daemon,
    manage,
    async control(...order) {
      await run(setpriv, [...words, '/usr/bin/env', ...environment, join(programs, 'rabbitmqctl'), ...order]);
    },
    [Symbol.asyncDispose]: dispose,
  };
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
collect_statistics_interval = 1000
log.file.level = warning
`;
}
