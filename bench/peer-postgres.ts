import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Daemon } from '../test/real/daemons/daemon.ts';
import { giveTo, runAs } from '../test/real/daemons/own-user.ts';

/** A PostgreSQL for a peer, with the settings it comes with. */
export interface PeerPostgres {
  readonly daemon: Daemon;
  /** Runs a shell's words as its superuser; `psql` in them is signed in to the peer's database. */
  readonly shell: (script: string) => Promise<string>;
}

/** Starts Debian's PostgreSQL in a folder, with an empty database of the name given. Its socket lies in the folder. */
export async function startPeerPostgres(folder: string, name: string): Promise<PeerPostgres> {
  const versions = await readdir('/usr/lib/postgresql');
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0] ?? '';
  const programs = join('/usr/lib/postgresql', newest, 'bin');
  const data = join(folder, 'postgresql');
  await giveTo('postgres', folder);
  await runAs('postgres', join(programs, 'initdb'), '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8');
  const words = ['-D', data, '-k', folder, '-c', 'listen_addresses='];
  const daemon = new Daemon(join(programs, 'postgres'), words, { user: 'postgres', endSignal: 'SIGINT' });
  const shell = (script: string, database = name): Promise<string> =>
    runAs(
      'postgres',
      '/usr/bin/env',
      `PGHOST=${folder}`,
      `PGDATABASE=${database}`,
      'PGUSER=postgres',
      'sh',
      '-c',
      script,
    );
  try {
    await daemon.ready(async () => (await shell('psql -qc "select 1"', 'postgres')) !== '');
    await shell(`psql -qc 'create database ${name}'`, 'postgres');
  } catch (error) {
    await daemon[Symbol.asyncDispose]();
    throw error;
  }
  return { daemon, shell };
}
