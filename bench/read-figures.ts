import { ownFigures, type OwnFigures } from '#probe/own-figures.ts';
import type { BenchVigie } from './bench-vigie.ts';

/** How the watch of a measurement does, as it tells itself every two seconds; lateness is of its last minute. */
export async function readFigures(vigie: BenchVigie): Promise<OwnFigures> {
  const [row] = await vigie.query('select figures from watch.engine_pulse');
  return ownFigures.parse(row?.['figures']);
}
