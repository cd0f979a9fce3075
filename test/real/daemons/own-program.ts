import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A program of the machine that a test started and that ends with it. */
export interface OwnProgram extends AsyncDisposable {
  readonly pid: number;
  /** What it wrote, for a failing test to show. */
  readonly written: () => string;
  /** Stops it as it is, without a word to anybody, and lets it go on. */
  freeze(): void;
  thaw(): void;
  /** Ends it before the test does. */
  stop(): Promise<void>;
}

const patienceMs = 20_000;

/** Starts a program in the foreground and waits until `ready` says so. Ends it by its own pid, hard if it must. */
export async function startProgram(
  command: string,
  options: readonly string[],
  ready: () => Promise<boolean>,
  environment: Readonly<Record<string, string>> = {},
): Promise<OwnProgram> {
  const child = spawn(command, options, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...environment },
  });
  let written = '';
  const keep = (chunk: Buffer): void => void (written = (written + chunk.toString()).slice(-8_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(hard);
  };
  for (let waitedMs = 0; !(await ready().catch(() => false)); waitedMs += 100) {
    if (waitedMs > patienceMs || child.exitCode !== null) {
      await stop();
      throw new Error(`${command} does not get ready: ${written}`);
    }
    await wait(100);
  }
  return {
    pid: child.pid ?? 0,
    written: () => written,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** A temporary folder that every user may enter; it is removed with what lies in it. */
export async function ownFolder(name: string): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), `vigie-${name}-`));
  await chmod(path, 0o755);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
