import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';

const beatMs = 5_000;

/**
 * Does the work while this process alone reckons: what is kept in memory is newer than what is stored. The lock lives with
 * its connection; when that is lost, the signal that the work got is aborted. Returns at once when another process holds it.
 */
export function whileReckoning(
  db: Database<'advice'>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  return db.connection().execute(async (line) => {
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(hashtext('vigie advice')) as got`.execute(
      line,
    );
    if (rows[0]?.got !== true) return;
    const lost = new AbortController();
    const ended = new AbortController();
    const beat = async (): Promise<void> => {
      while (!ended.signal.aborted) {
        await wait(beatMs, undefined, { signal: ended.signal }).catch(() => undefined);
        if (!ended.signal.aborted) await sql`select 1`.execute(line).catch((error: unknown) => lost.abort(error));
        if (lost.signal.aborted) return;
      }
    };
    const beating = beat();
    try {
      await work(AbortSignal.any([signal, lost.signal]));
    } finally {
      ended.abort();
      await beating;
      await sql`select pg_advisory_unlock(hashtext('vigie advice'))`.execute(line).catch(() => undefined);
    }
  });
}
