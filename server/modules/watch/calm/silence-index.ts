import type { Silence, Silenceable } from './silence.ts';

/** Finds the silence that covers a check among many, the first of the list when several do. */
export type SilenceIndex = (check: Silenceable) => Silence | undefined;

type NameTest = (lowered: string) => boolean;

/** A pattern as `fitsPattern` reads it, taken apart once. Names have to be given in lower case. */
function nameTest(pattern: string): NameTest {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  };
}

function note(places: Map<string, number>, key: string, place: number): void {
  if (!places.has(key)) places.set(key, place);
}

/** Places of silences by what they name; the first one of each is the one that counts. */
function placesOf(silences: readonly Silence[]) {
  const byCheck = new Map<string, number>();
  const byKind = new Map<string, number>();
  const byThing = new Map<string, number>();
  const tests: { readonly fits: NameTest; readonly place: number }[] = [];
  for (const [place, { checkId, checkKind, pattern, tag, target, below, belowIds }] of silences.entries()) {
    if (checkId !== null) note(byCheck, checkId, place);
    else if (checkKind !== null) note(byKind, checkKind, place);
    else if (pattern !== null) tests.push({ fits: nameTest(pattern), place });
    else {
      if (target !== null) note(byThing, target.id, place);
      if (below || tag !== null) for (const id of belowIds) note(byThing, id, place);
    }
  }
  return { byCheck, byKind, byThing, tests };
}

/**
 * Answers what `covers` answers for each silence in turn, for a list of ten thousand checks: trying every silence on
 * every check would hold up everything else for seconds.
 */
export function silenceIndex(silences: readonly Silence[]): SilenceIndex {
  const { byCheck, byKind, byThing, tests } = placesOf(silences);
  const byName = new Map<string, number>();
  const placeOfName = (name: string): number => {
    if (tests.length === 0) return Number.POSITIVE_INFINITY;
    const lowered = name.toLowerCase();
    let place = byName.get(lowered);
    if (place === undefined) {
      place = tests.find(({ fits }) => fits(lowered))?.place ?? Number.POSITIVE_INFINITY;
      byName.set(lowered, place);
    }
    return place;
  };
  const none = Number.POSITIVE_INFINITY;
  return ({ checkId, checkKind, checkName, targetId }) =>
    silences[
      Math.min(
        byCheck.get(checkId) ?? none,
        byKind.get(checkKind) ?? none,
        byThing.get(targetId) ?? none,
        placeOfName(checkName),
      )
    ];
}
