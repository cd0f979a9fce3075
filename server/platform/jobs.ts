import { EventEmitter } from 'node:events';
import { Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Clock } from './clock.ts';
import type { DatabaseParts } from './database.ts';
import { startDuties, type Duty } from './duties.ts';
import { forgetFacts } from './forget-facts.ts';
import type { Log } from './log.ts';
import { ProcessLine } from './process-line.ts';
import { reactTask, type Reactions } from './react-to-facts.ts';

/** A deferred chore of a module, such as one delivery; retried with growing pauses until it succeeds. */
export type Chores = Readonly<Record<string, (payload: unknown) => Promise<void>>>;

export interface Jobs {
  readonly stop: () => Promise<void>;
}

interface Parts {
  readonly database: DatabaseParts;
  readonly clock: Clock;
  readonly log: Log;
  readonly reactions: Reactions;
  readonly chores: Chores;
  readonly duties: readonly Duty[];
}

const retryPollMs = 6_000;

async function free(process: ProcessLine): Promise<void> {
  await process.freeOthers();
  await process.freeOrphans();
}

/** Starts the workers of reactions and chores, and the recurring duties. */
export async function startJobs(parts: Parts): Promise<Jobs> {
  const { database, log, chores, duties } = parts;
  const process = new ProcessLine(parts);
  await process.freeOthers();
  const events: WorkerEvents = new EventEmitter();
  // Jobs are held in the name of the pool, whichever of its workers does them.
  events.on('pool:create', ({ workerPool }) => {
    void process
      .noteHolder(workerPool.id)
      .catch((error: unknown) => log.error({ error }, 'a pool of workers could not be noted'));
  });
  const task = reactTask(parts);
  const taskList: TaskList = {
    react: (payload) => task(payload),
    ...Object.fromEntries(Object.entries(chores).map(([name, chore]) => [name, (payload: unknown) => chore(payload)])),
  };
  const runner = await run({
    pgPool: database.pool,
    concurrency: 4,
    noHandleSignals: true,
    // New jobs are told of, and freed ones; polled for are retries only, by each worker at its own moment.
    pollInterval: retryPollMs,
    taskList,
    events,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') log.error({ message }, 'job failed');
      else if (level === 'warning') log.warn({ message }, 'jobs');
    }),
  });
  const ending = new AbortController();
  const dutiesEnd = startDuties(
    [
      ...duties,
      { name: 'free jobs of dead processes', everySeconds: 5, work: () => free(process) },
      { name: 'forget facts', everySeconds: 3_600, work: (signal) => forgetFacts(parts, signal) },
    ],
    log,
    ending.signal,
  );
  return {
    async stop() {
      ending.abort();
      await runner.stop();
      await dutiesEnd;
      await process.leave();
    },
  };
}
