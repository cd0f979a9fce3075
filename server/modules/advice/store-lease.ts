import type { Database } from '#platform/database.ts';
import { whileAlone } from '#platform/while-alone.ts';

/** Does the work while this process alone reckons: what is kept in memory is newer than what is stored. */
export async function whileReckoning(
  db: Database<'advice'>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await whileAlone(db, 'vigie advice', signal, work);
}
