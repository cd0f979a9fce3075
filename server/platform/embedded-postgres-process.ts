import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresBinaries } from './embedded-postgres-binaries.ts';
import { missingProgram } from './embedded-postgres-faults.ts';
import { isReusedPid, notedPid, parentMark } from './embedded-postgres-holder.ts';
import type { PostgresOwner } from './embedded-postgres-owner.ts';

/** Where a cluster lies and who runs it. */
export interface PostgresPlace {
  readonly binaries: PostgresBinaries;
  readonly owner: PostgresOwner;
  /** Absolute, links resolved: PostgreSQL works in this folder. */
  readonly cluster: string;
  /** Held by every process of this PostgreSQL, so the kernel frees it exactly when the last one is gone. */
  readonly lockFile: string;
}

/** flock's exit code when another holds the lock. */
export const lockedExit = 75;
const keptOutputChars = 8000;
const readyPatienceMs = 120_000;

/** One program of PostgreSQL that runs, and the end of what it said. */
export interface PostgresProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  said(): string;
}

/**
 * Starts a program of PostgreSQL under the cluster's lock: flock, setpriv and the program are one process by exec, and
 * what it forks inherits the lock. It gets a session of its own, so that Ctrl-C in the terminal reaches Vigie alone.
 */
export async function runUnderLock(
  place: PostgresPlace,
  program: string,
  words: readonly string[],
  input = '',
): Promise<PostgresProcess> {
  const noted = await notedPid(place.cluster);
  const isReused = noted !== undefined && (await isReusedPid(noted, place.cluster));
  const lock = ['--nonblock', '--conflict-exit-code', String(lockedExit), '--no-fork', place.lockFile];
  // The program is named relative to its folder, which is entered before the user changes.
  const child = spawn('flock', [...lock, ...place.owner.prefix, `bin/${program}`, ...words], {
    cwd: place.binaries.folder,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LC_ALL: 'C',
      [parentMark]: String(process.pid),
      // PostgreSQL believes a pid in postmaster.pid that lives; this is its own way to be told that it is no PostgreSQL.
      ...(isReused && { PG_GRANDPARENT_PID: String(noted) }),
    },
  });
  let said = '';
  const hear = (text: string): void => {
    said = (said + text).slice(-keptOutputChars);
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve);
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? missingProgram('flock') : error);
    });
  });
  ended.catch(() => undefined);
  return { child, ended, said: () => said };
}

/** The state that PostgreSQL writes on the eighth line of postmaster.pid, once that file is this process's. */
async function writtenState(place: PostgresPlace, pid: number | undefined): Promise<string> {
  const lines = (await readFile(path.join(place.cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return Number(lines[0]) === pid ? (lines[7] ?? '').trim() : '';
}

/** Waits until PostgreSQL takes connections (true) or ended instead (false); recovery may take its time, but not for ever. */
export async function waitUntilReady(place: PostgresPlace, { child }: PostgresProcess): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < readyPatienceMs; waitedMs += 10) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    if ((await writtenState(place, child.pid)) === 'ready') return true;
    await sleep(10);
  }
  return false;
}

/** Stops PostgreSQL within five seconds: first it tells its clients and writes all down, then it stops as it is. */
export async function stopProcess({ child, ended }: PostgresProcess): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 3500] as const,
    ['SIGQUIT', 1000] as const,
    ['SIGKILL', 500] as const,
  ]) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const patience = new AbortController();
    await Promise.race([ended, sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
    patience.abort();
  }
}
