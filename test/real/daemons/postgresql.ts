import { appendFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { ServerCertificate } from '#probe/testing/certificates.ts';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnFolder } from './own-folder.ts';
import { giveTo, runAs } from './own-user.ts';

/** A real PostgreSQL in a temporary folder, as Debian packages it. */
export interface Postgresql extends AsyncDisposable {
  readonly port: number;
  readonly daemon: Daemon;
  /** Signs in as the superuser, over the socket that needs no password. */
  connect(): Promise<pg.Client>;
  /** Runs SQL as the superuser. */
  sql(text: string): Promise<void>;
  /** Makes a standby of it that streams. */
  startStandby(name: string): Promise<Postgresql>;
}

/** Starts a primary. Passwords are asked for by SCRAM over TCP, with TLS on offer. Needs Debian's postgresql. */
export function startPostgresql(certificate: ServerCertificate): Promise<Postgresql> {
  return inOwnFolder('postgresql', async (folder, own) => {
    const programs = await programsFolder();
    await giveTo('postgres', folder);
    const data = join(folder, 'data');
    await runAs('postgres', join(programs, 'initdb'), '-D', data, '-U', 'postgres', '--no-sync', '-A', 'trust');
    await writeFile(join(folder, 'server.pem'), certificate.cert);
    await writeFile(join(folder, 'server.key'), certificate.key, { mode: 0o600 });
    await giveTo('postgres', join(folder, 'server.pem'), join(folder, 'server.key'));
    await writeFile(join(data, 'pg_hba.conf'), accessRules);
    await appendFile(join(data, 'postgresql.conf'), configuration(folder));
    return serve(programs, folder, own);
  });
}

async function programsFolder(): Promise<string> {
  const versions = await readdir('/usr/lib/postgresql');
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0];
  return join('/usr/lib/postgresql', newest ?? '', 'bin');
}

type Served = Omit<Postgresql, typeof Symbol.asyncDispose>;

async function serve(programs: string, folder: string, own: AsyncDisposableStack): Promise<Served> {
  const port = await freePort();
  const words = ['-D', join(folder, 'data'), '-p', String(port), '-k', folder];
  // At once: a polite stop waits for the sessions that the tests left open.
  const daemon = own.use(new Daemon(join(programs, 'postgres'), words, { user: 'postgres', endSignal: 'SIGQUIT' }));
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ host: folder, port, user: 'postgres', database: 'postgres', ssl: false });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const sql = async (text: string): Promise<void> => {
    const client = await connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  await daemon.ready(() => sql('SELECT 1').then(() => true));
  return {
    port,
    daemon,
    connect,
    sql,
    startStandby: (name) => startStandby(programs, { folder, port }, name),
  };
}

function startStandby(
  programs: string,
  primary: { readonly folder: string; readonly port: number },
  name: string,
): Promise<Postgresql> {
  return inOwnFolder('postgresql', async (folder, own) => {
    await giveTo('postgres', folder);
    const data = join(folder, 'data');
    const from = `host=${primary.folder} port=${primary.port} user=postgres application_name=${name}`;
    const copy = [join(programs, 'pg_basebackup'), '-d', from, '-D', data, '-R', '-c', 'fast', '--no-sync'] as const;
    await runAs('postgres', ...copy);
    await appendFile(join(data, 'postgresql.auto.conf'), `primary_conninfo = '${from}'\n`);
    return serve(programs, folder, own);
  });
}

const accessRules = `local all all trust
local replication all trust
host clear all 127.0.0.1/32 password
host all all 127.0.0.1/32 scram-sha-256
`;

function configuration(folder: string): string {
  return `
listen_addresses = '127.0.0.1'
max_connections = 20
superuser_reserved_connections = 3
shared_buffers = 16MB
fsync = off
wal_level = replica
archive_mode = on
archive_command = 'true'
hot_standby = on
wal_receiver_status_interval = 1s
shared_preload_libraries = 'pg_stat_statements'
ssl = on
ssl_cert_file = '${folder}/server.pem'
ssl_key_file = '${folder}/server.key'
`;
}
