import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import type { ServerCertificate } from '#probe/testing/certificates.ts';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnFolder } from './own-folder.ts';
import { giveTo, runAs } from './own-user.ts';

/** A real MariaDB in a temporary folder. */
export interface Mariadb extends AsyncDisposable {
  readonly port: number;
  readonly daemon: Daemon;
  /** Signs in as root, over the socket. */
  connect(): Promise<Connection>;
  /** Runs SQL as root, one statement after the other. */
  sql(...statements: readonly string[]): Promise<void>;
}

// What it keeps need not survive the machine: it waits for no disk.
const hasty = [
  '--debug-no-sync',
  '--innodb-flush-method=nosync',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-log-file-size=8M',
];

/** Starts one; `number` tells servers that replicate from each other apart. Needs Debian's mariadb-server. */
export function startMariadb(number: number, certificate?: ServerCertificate): Promise<Mariadb> {
  return inOwnFolder('mariadb', async (folder, own) => {
    await giveTo('mysql', folder);
    const data = join(folder, 'data');
    const usual = ['--no-defaults', `--datadir=${data}`, ...hasty];
    const install = ['--skip-test-db', '--auth-root-authentication-method=normal', '--skip-name-resolve'];
    await runAs('mysql', '/usr/bin/mariadb-install-db', ...usual, ...install);
    const port = await freePort();
    const socket = join(folder, 'socket');
    const options = [
      ...usual,
      `--socket=${socket}`,
      `--pid-file=${folder}/pid`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--server-id=${number}`,
      `--log-bin=${folder}/binlog`,
      '--max-connections=12',
      '--innodb-buffer-pool-size=16M',
      '--slave-net-timeout=4',
      ...(await tlsOptions(folder, certificate)),
    ];
    const daemon = own.use(new Daemon('/usr/sbin/mariadbd', options, { user: 'mysql', endSignal: 'SIGKILL' }));
    const connect = async (): Promise<Connection> => {
      const connection = await createConnection({ socketPath: socket, user: 'root' });
      connection.on('error', () => undefined);
      return connection;
    };
    const sql = async (...statements: readonly string[]): Promise<void> => {
      const connection = await connect();
      try {
        for (const statement of statements) await connection.query(statement);
      } finally {
        connection.destroy();
      }
    };
    await daemon.ready(() => sql('SELECT 1').then(() => true));
    return {
      port,
      daemon,
      connect,
      sql,
    };
  });
}

async function tlsOptions(folder: string, certificate: ServerCertificate | undefined): Promise<string[]> {
  if (certificate === undefined) return ['--skip-ssl'];
  const [pem, key] = [join(folder, 'server.pem'), join(folder, 'server.key')];
  await writeFile(pem, certificate.cert);
  await writeFile(key, certificate.key, { mode: 0o600 });
  await giveTo('mysql', pem, key);
  return [`--ssl-cert=${pem}`, `--ssl-key=${key}`];
}
