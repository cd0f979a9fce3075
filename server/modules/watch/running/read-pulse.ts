import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import { ownFigures, type OwnFigures } from '#probe/own-figures.ts';
import { engineStore } from './store-engine.ts';

/** Told every two seconds; older than this, whoever told it does not watch any more. */
const freshMs = 15_000;

/** How the watch does, whoever watches; null when nobody has told for a while. */
export async function readPulse({
  db,
  clock,
}: {
  readonly db: Database<'watch'>;
  readonly clock: Clock;
}): Promise<OwnFigures | null> {
  const pulse = await engineStore(db).pulse();
  if (pulse === null || clock.now().getTime() - pulse.at.getTime() > freshMs) return null;
  const { success, data } = ownFigures.safeParse(pulse.figures);
  return success ? data : null;
}
