import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import { closedPort } from '#probe/testing/loopback-server.ts';
import type { ServerCertificate } from '#probe/testing/certificates.ts';
import { Daemon } from './daemon.ts';
import { asUser, giveTo, runAs } from './own-user.ts';
import { untilReady } from './until-ready.ts';

/** A real MariaDB in a temporary folder. */
export interface Mariadb extends AsyncDisposable {
  readonly port: number;
  readonly daemon: Daemon;
  /** Signs in as root, over the socket. */
  connect(): Promise<Connection>;
  /** Runs SQL as root, one statement after the other. */
  sql(...statements: readonly string[]): Promise<void>;
}

/** Starts a server and, if wanted, a second one that replicates from it. Needs Debian's mariadb-server. */
export async function startMariadb(number: number, certificate?: ServerCertificate): Promise<Mariadb> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-mariadb-'));
  await giveTo('mysql', folder);
  const data = join(folder, 'data');
  const install = ['--no-defaults', `--datadir=${data}`, '--skip-test-db', '--auth-root-authentication-method=normal'];
  await runAs('mysql', '/usr/bin/mariadb-install-db', ...install);
  const port = await closedPort();
  const socket = join(folder, 'socket');
  const options = [
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--pid-file=${folder}/pid`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--server-id=${number}`,
    `--log-bin=${folder}/binlog`,
    '--max-connections=12',
    '--innodb-buffer-pool-size=16M',
    '--innodb-log-file-size=8M',
    '--innodb-flush-log-at-trx-commit=0',
    '--slave-net-timeout=4',
    ...(await tlsOptions(folder, certificate)),
  ];
  const [setpriv = '', ...words] = asUser('mysql');
  const daemon = new Daemon(setpriv, [...words, '/usr/sbin/mariadbd', ...options]);
  await daemon.listening(port);
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
  await untilReady(() =>
    sql('SELECT 1').then(
      () => true,
      () => false,
    ),
  );
  return {
    port,
    daemon,
    connect,
    sql,
    async [Symbol.asyncDispose]() {
      await daemon[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function tlsOptions(folder: string, certificate: ServerCertificate | undefined): Promise<string[]> {
  if (certificate === undefined) return ['--skip-ssl'];
  const [pem, key] = [join(folder, 'server.pem'), join(folder, 'server.key')];
  await writeFile(pem, certificate.cert);
  await writeFile(key, certificate.key, { mode: 0o600 });
  await giveTo('mysql', pem, key);
  return [`--ssl-cert=${pem}`, `--ssl-key=${key}`];
}
