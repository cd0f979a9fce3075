import { EventEmitter } from 'node:events';
import { Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { Fact, FactName } from '#contract/facts.ts';
import type { Clock } from './clock.ts';
import type { DatabaseParts } from './database.ts';
import type { Log } from './log.ts';
import { readFact } from './outbox.ts';

/** What happens when a fact was published: reactions by name, each done at least once and idempotent on the fact's id. */
export type Reactions = { readonly [Name in FactName]?: Readonly<Record<string, (fact: Fact<Name>) => Promise<void>>> };

/** A duty that comes back by itself. */
export interface Duty {
  readonly name: string;
  readonly everySeconds: number;
  readonly work: (signal: AbortSignal) => Promise<void>;
}

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

const reactPayload = z.object({ factId: z.string(), reaction: z.string() });

/** Does one reaction to a fact. The pair of fact and reaction is typed by the fact's own name. */
export async function react<Name extends FactName>(
  reactions: Reactions,
  reaction: string,
  fact: Fact<Name>,
): Promise<void> {
  await reactions[fact.name]?.[reaction]?.(fact);
}

function reactTask({ database, reactions, log }: Parts): (payload: unknown) => Promise<void> {
  return async (payload) => {
    const { factId, reaction } = reactPayload.parse(payload);
    const fact = await readFact(database, factId);
    if (fact === null) {
      log.warn({ factId, reaction }, 'fact no longer kept; nothing to react to');
      return;
    }
    await react(reactions, reaction, fact);
  };
}

/** Holds an advisory lock while this process lives; frees the jobs of processes that died. */
async function announceProcess({
  database,
  clock,
  log,
}: Parts): Promise<{ id: string; free: () => Promise<void>; leave: () => Promise<void> }> {
  const id = uuid();
  const lockNumber = Number(BigInt.asUintN(48, BigInt(`0x${id.replaceAll('-', '').slice(-12)}`)));
  const line = new Client({ connectionString: database.url, application_name: 'vigie process', keepAlive: true });
  line.on('error', (error) => log.error({ error: error.message }, 'process lock lost'));
  await line.connect();
  await line.query('select pg_advisory_lock($1)', [lockNumber]);
  await line.query('insert into platform.process (id, lock_number, started_at) values ($1, $2, $3)', [
    id,
    lockNumber,
    clock.now(),
  ]);
  const free = async (): Promise<void> => {
    const { rows } = await line.query<{ id: string; lock_number: number }>(
      'select id, lock_number from platform.process where id <> $1',
      [id],
    );
    for (const other of rows) {
      const tried = await line.query<{ dead: boolean }>('select pg_try_advisory_lock($1) as dead', [other.lock_number]);
      if (tried.rows[0]?.dead !== true) continue;
      await line.query(
        'select graphile_worker.force_unlock_workers(array(select worker_id from platform.process_worker where process_id = $1))',
        [other.id],
      );
      await line.query('delete from platform.process where id = $1', [other.id]);
      await line.query('select pg_advisory_unlock($1)', [other.lock_number]);
      log.info({ process: other.id }, 'a server process died; its jobs are free again');
    }
  };
  const leave = async (): Promise<void> => {
    await line.query('delete from platform.process where id = $1', [id]).catch(() => undefined);
    await line.end().catch(() => undefined);
  };
  return { id, free, leave };
}

function startDuties(duties: readonly Duty[], log: Log, signal: AbortSignal): Promise<unknown> {
  const one = async (duty: Duty): Promise<void> => {
    while (!signal.aborted) {
      await duty.work(signal).catch((error: unknown) => {
        if (!signal.aborted) log.error({ duty: duty.name, error }, 'a duty failed; it comes back at its next turn');
      });
      // A work that lasts until the end finds the signal aborted already: no further abort would wake the pause.
      if (signal.aborted) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, duty.everySeconds * 1_000);
        signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
      });
    }
  };
  return Promise.all(duties.map(one));
}

/** Starts the workers of reactions and chores, and the recurring duties. */
export async function startJobs(parts: Parts): Promise<Jobs> {
  const { database, log, chores, duties } = parts;
  const process = await announceProcess(parts);
  await process.free();
  const events: WorkerEvents = new EventEmitter();
  events.on('worker:create', ({ worker }) => {
    void database.kysely
      .insertInto('platform.process_worker')
      .values({ worker_id: worker.workerId, process_id: process.id })
      .execute()
      .catch((error: unknown) => log.error({ error }, 'a worker could not be noted'));
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
    pollInterval: 2_000,
    taskList,
    events,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') log.error({ message }, 'job failed');
      else if (level === 'warning') log.warn({ message }, 'jobs');
    }),
  });
  const ending = new AbortController();
  const dutiesEnd = startDuties(
    [...duties, { name: 'free jobs of dead processes', everySeconds: 5, work: process.free }],
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
