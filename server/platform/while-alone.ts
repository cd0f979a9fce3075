import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from './database.ts';

const beatMs = 2_000;

/**
 * Does the work while this process alone holds what `name` stands for; several servers share one database. The lock
 * (pg_advisory_lock) lives with its connection: when that is lost, the signal that the work got is aborted. Returns false
 * at once when another process holds it.
 */
export function whileAlone<Module extends string>(
  db: Database<Module>,
  name: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  return db.connection().execute(async (line) => {
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(hashtext(${name})) as got`.execute(line);
    if (rows[0]?.got !== true) return false;
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
      await sql`select pg_advisory_unlock(hashtext(${name}))`.execute(line).catch(() => undefined);
    }
    return true;
  });
}
