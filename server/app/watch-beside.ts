import { Worker } from 'node:worker_threads';
import type { Log } from '#platform/log.ts';
import { LoopDelay } from '#probe/loop-delay.ts';

interface Parts {
  readonly dataFolder: string;
  readonly logLevel: string;
  readonly log: Log;
}

/**
 * Room for some fifty thousand checks. Without a bound the heap is let grow to several times what lives in it before
 * anything is collected: 265 MB instead of 93 at 5,000 checks and 1,000 results a second, for no less CPU.
 */
const resourceLimits = { maxOldGenerationSizeMb: 400, maxYoungGenerationSizeMb: 24 };
const pauseMs = 1_000;
const tellLoopMs = 5_000;
/** Stopped within this time it has stored what it measured; later it is ended as it is. */
const longestStopMs = 1_400;

/** The thread that watches. */
export interface WatchBeside {
  /** Lets it watch, on a database whose form is up to date and with a vault that has its key. */
  readonly begin: (databaseUrl: string) => void;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a thread beside this one that will watch: it reads its program while the database and the rest of the server
 * start. A thread that dies is replaced: the lock by which it watched goes with its connection.
 */
export function watchBeside({ log, ...settings }: Parts): WatchBeside {
  let stopping = false;
  let databaseUrl: string | null = null;
  let worker: Worker;
  let again: NodeJS.Timeout | undefined;
  const start = (): void => {
    const next = new Worker(new URL('watch-thread.ts', import.meta.url), {
      name: 'watch',
      workerData: settings,
      resourceLimits,
    });
    worker = next;
    if (databaseUrl !== null) next.postMessage({ databaseUrl }, []);
    next.on('error', (error) => log.error({ error }, 'the thread that watches failed'));
    next.once('exit', (code) => {
      if (stopping) return;
      log.error({ code }, 'the thread that watches ended; another takes its place');
      again = setTimeout(start, pauseMs);
    });
  };
  start();
  const loop = new LoopDelay();
  const telling = setInterval(() => worker.postMessage({ apiLoopMs: loop.takeP99Ms() }, []), tellLoopMs);
  return {
    begin(url) {
      databaseUrl = url;
      worker.postMessage({ databaseUrl }, []);
    },
    async stop() {
      stopping = true;
      clearInterval(telling);
      loop[Symbol.dispose]();
      clearTimeout(again);
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      if (worker.threadId === -1) return;
      worker.postMessage({ stop: true }, []);
      if (databaseUrl === null) void worker.terminate();
      const late = setTimeout(() => void worker.terminate(), longestStopMs);
      await ended;
      clearTimeout(late);
    },
  };
}
