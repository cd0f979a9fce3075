import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import type { Clock } from './clock.ts';
import type { DatabaseParts } from './database.ts';
import type { Log } from './log.ts';

interface Parts {
  readonly database: DatabaseParts;
  readonly clock: Clock;
  readonly log: Log;
}

/** Workers look for jobs when they hear of some, and by themselves only every few seconds: they are told of freed ones. */
const wakeWorkers = `pg_notify('jobs:insert', '{"count":100}')`;

/**
 * A connection that holds an advisory lock while this process lives, and by which the jobs of processes that died are
 * freed. When the connection is lost it is opened again, and the process announced anew: others may have taken it for
 * dead meanwhile.
 */
export class ProcessLine {
  /** By this the process is known to others. */
  readonly id: string = uuid();
  readonly #parts: Parts;
  readonly #lockNumber: number;
  #line: Promise<Client> | null = null;
  readonly #holders = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#lockNumber = Number(BigInt.asUintN(48, BigInt(`0x${this.id.replaceAll('-', '').slice(-12)}`)));
  }

  /** Notes in whose name this process holds jobs: they are freed when the process dies. */
  async noteHolder(id: string): Promise<void> {
    this.#holders.add(id);
    await this.#inTurn((line) => this.#announceHolders(line));
  }

  /** Frees the jobs of every process whose lock is held no more. */
  freeOthers(): Promise<void> {
    return this.#inTurn((line) => this.#freeDead(line));
  }

  /**
   * Frees jobs that nobody known holds: what a process took in the moment of its death, when its others were freed
   * already, or an earlier version in another name.
   */
  async freeOrphans(): Promise<void> {
    await this.#inTurn((line) =>
      line.query(`with orphan as (
        select array_agg(distinct locked_by) as workers from graphile_worker._private_jobs
        where locked_at < now() - interval '1 minute'
          and locked_by not in (select worker_id from platform.process_worker)
      ), freed as (
        select graphile_worker.force_unlock_workers(workers) from orphan where workers is not null
      ) select ${wakeWorkers} from freed`),
    );
  }

  async #freeDead(line: Client): Promise<void> {
    const { rows } = await line.query<{ id: string; lock_number: number }>(
      'select id, lock_number from platform.process where id <> $1',
      [this.id],
    );
    for (const other of rows) {
      const tried = await line.query<{ dead: boolean }>('select pg_try_advisory_lock($1) as dead', [other.lock_number]);
      if (tried.rows[0]?.dead !== true) continue;
      await line.query(
        'select graphile_worker.force_unlock_workers(array(select worker_id from platform.process_worker where process_id = $1))',
        [other.id],
      );
      await line.query(`select ${wakeWorkers}`);
      await line.query('delete from platform.process where id = $1', [other.id]);
      await line.query('select pg_advisory_unlock($1)', [other.lock_number]);
      this.#parts.log.info({ process: other.id }, 'a server process died; its jobs are free again');
    }
  }

  async leave(): Promise<void> {
    const line = await this.#line?.catch(() => null);
    this.#line = null;
    await line?.query('delete from platform.process where id = $1', [this.id]).catch(() => undefined);
    await line?.end().catch(() => undefined);
  }

  /** One conversation at a time: a connection takes one query, and whoever comes meanwhile waits. */
  #inTurn<Answer>(talk: (line: Client) => Promise<Answer>): Promise<Answer> {
    const turn = this.#last.then(async () => talk(await this.#open()));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** The line; everybody who asks while it is being opened waits for the same one. */
  #open(): Promise<Client> {
    const opening = this.#line ?? this.#connect(() => this.#forget(opening));
    this.#line = opening;
    opening.catch(() => this.#forget(opening));
    return opening;
  }

  #forget(line: Promise<Client>): void {
    if (this.#line === line) this.#line = null;
  }

  async #connect(onLost: () => void): Promise<Client> {
    const { database, clock, log } = this.#parts;
    const line = new Client({ connectionString: database.url, application_name: 'vigie process', keepAlive: true });
    line.on('error', (error) => {
      onLost();
      log.warn({ error: error.message }, 'the lock of this process was lost; it is taken again');
    });
    await line.connect();
    try {
      await line.query('select pg_advisory_lock($1)', [this.#lockNumber]);
      await line.query(
        'insert into platform.process (id, lock_number, started_at) values ($1, $2, $3) on conflict (id) do nothing',
        [this.id, this.#lockNumber, clock.now()],
      );
      await this.#announceHolders(line);
      return line;
    } catch (error) {
      await line.end().catch(() => undefined);
      throw error;
    }
  }

  async #announceHolders(line: Client): Promise<void> {
    await line.query(
      'insert into platform.process_worker (worker_id, process_id) select unnest($1::text[]), $2 on conflict do nothing',
      [[...this.#holders], this.id],
    );
  }
}
