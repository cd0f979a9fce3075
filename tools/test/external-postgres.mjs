// A PostgreSQL from Debian's packages, on a folder of its own, for the tests that must also pass on an external database.
// @ts-check
import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { runQuietly } from '../prepare/run-quietly.mjs';

const installed = '/usr/lib/postgresql';

/** @returns {string | undefined} the folder of the oldest version that Debian installed here */
function programs() {
  try {
    const versions = readdirSync(installed)
      .map(Number)
      .filter((version) => version >= 15);
    return versions.length === 0 ? undefined : path.join(installed, String(Math.min(...versions)), 'bin');
  } catch {
    return undefined;
  }
}

/** The words before a program that make it run as the `postgres` of the package, and end with this process. */
async function asPostgres() {
  if (process.getuid?.() !== 0) return { prefix: ['setpriv', '--pdeathsig', 'INT', '--'], account: undefined };
  const { said } = await runQuietly('getent', ['passwd', 'postgres']);
  const [, , uid, gid] = said.split(':');
  const identity = ['--reuid', uid ?? '', '--regid', gid ?? '', '--clear-groups'];
  return {
    prefix: ['setpriv', '--pdeathsig', 'INT', ...identity, '--'],
    account: { uid: Number(uid), gid: Number(gid) },
  };
}

/** @param {string} folder */
function isReady(folder) {
  try {
    return readFileSync(path.join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/**
 * @returns {Promise<{ url: string, version: string, stop(): Promise<void> } | undefined>} undefined where none is installed
 */
export async function startExternalPostgres() {
  const bin = programs();
  if (bin === undefined) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-external-'));
  const { prefix, account } = await asPostgres();
  if (account) chownSync(folder, account.uid, account.gid);
  const [first = 'setpriv', ...rest] = prefix;
  const data = path.join(folder, 'data');
  const made = await runQuietly(
    first,
    [
      ...rest,
      `${bin}/initdb`,
      '-D',
      data,
      '--username=vigie',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ],
    { cwd: folder },
  );
  if (made.code !== 0) throw new Error(made.said);
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=off', 'max_connections=100'];
  const words = [`${bin}/postgres`, '-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const child = spawn(first, [...rest, ...words], { cwd: folder, stdio: 'ignore', detached: true });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (let waitedMs = 0; !isReady(folder); waitedMs += 20) {
    if (waitedMs > 20_000 || child.exitCode !== null) throw new Error(`PostgreSQL of ${bin} did not start`);
    await sleep(20);
  }
  return {
    url: `postgresql://vigie@/postgres?host=${encodeURIComponent(folder)}`,
    version: path.basename(path.dirname(bin)),
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
