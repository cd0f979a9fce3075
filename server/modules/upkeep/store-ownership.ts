import { sql } from 'kysely';
import pg from 'pg';
import type { Database } from '#platform/database.ts';

/** This process does not own the run any more: another took it over. Whoever meets this stops at once and writes nothing. */
export class OwnershipLost extends Error {
  constructor(runId: string) {
    super(`run ${runId} has another owner now`);
    this.name = 'OwnershipLost';
  }
}

/** The connection whose life is the proof that this process lives. */
export interface OwnershipLine extends AsyncDisposable {
  /** Aborted when the connection is lost, and with it every run owned by it. */
  readonly lost: AbortSignal;
  /** Makes a run this process's own, unless it is another's. */
  readonly tryOwn: (runId: string) => Promise<boolean>;
  readonly giveUp: (runId: string) => Promise<void>;
}

/** A run's number for PostgreSQL's advisory locks. The last half of a UUID version 7 is random but for two bits. */
function lockNumber(runId: string): string {
  return BigInt.asIntN(64, BigInt(`0x${runId.replaceAll('-', '').slice(16)}`)).toString();
}

/**
 * Opens a session whose advisory locks are ownership: PostgreSQL frees them the moment the process dies. The server is
 * told to notice within seconds, too, when a whole machine vanishes.
 */
export async function openOwnershipLine(url: string): Promise<OwnershipLine> {
  const lost = new AbortController();
  const client = new pg.Client({ connectionString: url, application_name: 'vigie runs', keepAlive: true });
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  await client.connect();
  await client.query(
    'set tcp_keepalives_idle = 3; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set statement_timeout = 10000',
  );
  return {
    lost: lost.signal,
    async tryOwn(runId) {
      const { rows } = await client.query<{ own: boolean }>('select pg_try_advisory_lock($1::bigint) as own', [
        lockNumber(runId),
      ]);
      return rows[0]?.own === true;
    },
    async giveUp(runId) {
      if (!lost.signal.aborted) await client.query('select pg_advisory_unlock($1::bigint)', [lockNumber(runId)]);
    },
    async [Symbol.asyncDispose]() {
      lost.abort();
      await client.end().catch(() => undefined);
    },
  };
}

/** The count of owners by which a lost one is kept from writing. */
export function epochStore(db: Database<'upkeep'>) {
  return {
    /** Begins a new ownership; null when nobody needs to work on the run any more. */
    async next(runId: string): Promise<number | null> {
      const row = await db
        .updateTable('upkeep.run')
        .set({ epoch: sql<number>`epoch + 1` })
        .where('id', '=', runId)
        .where('state', 'in', ['queued', 'running', 'waiting', 'stopping'])
        .returning('epoch')
        .executeTakeFirst();
      return row?.epoch ?? null;
    },
    /** Holds the run's row until the transaction ends. @throws OwnershipLost when another owner began meanwhile */
    async hold(runId: string, epoch: number): Promise<void> {
      const row = await db
        .selectFrom('upkeep.run')
        .select('id')
        .where('id', '=', runId)
        .where('epoch', '=', epoch)
        .forUpdate()
        .executeTakeFirst();
      if (row === undefined) throw new OwnershipLost(runId);
    },
  };
}
