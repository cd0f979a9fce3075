import { useState } from 'react';

interface Calm<Row> {
  rows: readonly Row[];
  /** True when the rows would stand elsewhere if they were put in order now. */
  stale: boolean;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

/** The places rows keep while somebody reads: those shown stay where they are, newcomers go to the end. */
export function heldOrder(
  before: readonly string[],
  fresh: readonly string[],
  exists: (id: string) => boolean,
): string[] {
  const shown = new Set(before);
  return [...before.filter(exists), ...fresh.filter((id) => !shown.has(id))];
}

/**
 * Live rows change in place without moving what one is reading: while `reading` holds, rows keep the places they had;
 * a new question (another filter or sort, told by `question`) always orders afresh.
 */
export function useCalmOrder<Row>(
  wanted: readonly Row[],
  all: readonly Row[],
  idOf: (row: Row) => string,
  options: { question: string; reading: boolean },
): Calm<Row> {
  const fresh = wanted.map(idOf);
  const [held, setHeld] = useState<{ question: string; ids: readonly string[] }>({
    question: options.question,
    ids: fresh,
  });
  const byId = new Map(all.map((row) => [idOf(row), row]));
  const calm = options.reading && held.question === options.question && held.ids.length > 0;
  const ids = calm ? heldOrder(held.ids, fresh, (id) => byId.has(id)) : fresh;
  if (held.question !== options.question || !sameList(held.ids, ids)) setHeld({ question: options.question, ids });
  if (!calm || sameList(ids, fresh)) return { rows: wanted, stale: false };
  return { rows: ids.flatMap((id) => byId.get(id) ?? []), stale: true };
}
