import { hash } from 'node:crypto';

/** Places of measurements among the values of a check, by their names. */
export type Positions = ReadonlyMap<string, number>;

export const noPositions: Positions = new Map();

const mostShared = 2_000;
const shared = new Map<string, Positions>();

/** Checks of one kind mostly have the same measurements: ten thousand of them keep one table, and not each its own. */
export function sharedPositions(positions: Positions): Positions {
  const key = hash('sha1', JSON.stringify([...positions]));
  const known = shared.get(key);
  if (known !== undefined) return known;
  if (shared.size < mostShared) shared.set(key, positions);
  return positions;
}
