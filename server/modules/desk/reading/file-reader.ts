import { Worker } from 'node:worker_threads';
import { workerCpuMs } from '#mail/worker-cpu.ts';
import type { ReadableKind } from './read-file.ts';
import type { FileAnswer, FileLetter } from './file-thread.ts';

export interface FileBounds {
  /** Of the processor, not of the wall: a busy machine is no fault of the file. */
  readonly mostCpuMs: number;
  readonly mostWallMs: number;
  /** Of objects in memory, in MiB. */
  readonly mostHeapMib: number;
  /** By how much the whole process may grow meanwhile, in MiB: bytes outside of the heap are counted nowhere else. */
  readonly mostGrowthMib: number;
}

const usualFileBounds: FileBounds = { mostCpuMs: 10_000, mostWallMs: 60_000, mostHeapMib: 192, mostGrowthMib: 400 };

const lookEveryMs = 50;
const mib = 1024 * 1024;

/**
 * Reads the words of one file in a thread of its own, which is there for this file only and ended when it takes more than
 * the bounds allow. Never rejects for what the file is.
 */
export async function readFileApart(
  letter: { readonly bytes: Uint8Array; readonly kind: ReadableKind },
  bounds: FileBounds = usualFileBounds,
): Promise<FileAnswer> {
  const worker = new Worker(new URL('file-thread.ts', import.meta.url), {
    name: 'read a file',
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: bounds.mostHeapMib, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    stdout: true,
    stderr: true,
  });
  worker.unref();
  const before = process.memoryUsage.rss();
  let rounds = 0;
  const end = Promise.withResolvers<FileAnswer>();
  const hear = (usedMs: number): void => {
    if (usedMs > bounds.mostCpuMs) end.resolve({ fault: 'too_heavy', said: 'too slow' });
  };
  const look = setInterval(() => {
    rounds += 1;
    void workerCpuMs(worker).then(hear, () => undefined);
    if (rounds * lookEveryMs > bounds.mostWallMs) end.resolve({ fault: 'too_heavy', said: 'too slow' });
    else if (process.memoryUsage.rss() - before > bounds.mostGrowthMib * mib)
      end.resolve({ fault: 'too_heavy', said: 'too much memory' });
  }, lookEveryMs);
  worker.postMessage(letter satisfies FileLetter, []);
  worker.on('message', (answer: FileAnswer) => end.resolve(answer));
  worker.on('error', (error: Error & { code?: string }) =>
    end.resolve({
      fault: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too_heavy' : 'broken',
      said: error.message.slice(0, 200),
    }),
  );
  worker.on('exit', () => end.resolve({ fault: 'broken', said: 'the thread ended' }));
  try {
    return await end.promise;
  } finally {
    clearInterval(look);
    await worker.terminate();
  }
}
