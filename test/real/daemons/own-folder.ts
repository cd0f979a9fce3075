import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenOrphaned } from './when-orphaned.ts';

interface OwnFolder extends AsyncDisposable {
  readonly path: string;
}

type Start<Started> = (folder: string, own: AsyncDisposableStack) => Promise<Started>;

/** A temporary folder that every user may enter; it is removed with what lies in it. */
export async function ownFolder(name: string, parent = tmpdir()): Promise<OwnFolder> {
  const path = await mkdtemp(join(parent, `vigie-${name}-`));
  await chmod(path, 0o755);
  // After the daemons in it, which have two seconds.
  const guard = whenOrphaned('sleep 3; rm -rf -- "$0"', path);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      guard[Symbol.dispose]();
    },
  };
}

/**
 * Starts something in a folder of its own. What `start` puts on `own` ends with the result, last come first gone and the
 * folder last of all; and at once when a later step of the start fails.
 */
export function inOwnFolder<Started extends object>(
  name: string,
  start: Start<Started>,
): Promise<Started & AsyncDisposable> {
  return startIn(ownFolder(name), start);
}

/**
 * The same, in memory where the system has such a place: for a few megabytes of a daemon that waits for the disk at each
 * step, which on a busy machine takes seconds.
 */
export function inOwnMemory<Started extends object>(
  name: string,
  start: Start<Started>,
): Promise<Started & AsyncDisposable> {
  const memory = '/dev/shm';
  return startIn(ownFolder(name, existsSync(memory) ? memory : tmpdir()), start);
}

async function startIn<Started extends object>(
  making: Promise<OwnFolder>,
  start: Start<Started>,
): Promise<Started & AsyncDisposable> {
  await using own = new AsyncDisposableStack();
  const folder = own.use(await making);
  const started = await start(folder.path, own);
  const kept = own.move();
  return { ...started, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
