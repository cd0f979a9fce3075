import type { Database } from '#platform/database.ts';
import { whileAlone } from '#platform/while-alone.ts';

/**
 * Does the work while this process alone holds the watch: a check that ran in two servers would be counted twice. Returns
 * false at once when another process holds it.
 */
export function whileWatching(
  db: Database<'watch'>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  return whileAlone(db, 'vigie watch', signal, work);
}
