import type { Verdict } from '#contract/watch.ts';

/**
 * Whether each of the last results was good, the newest in the lowest bit; a bit that is always set stands above the oldest.
 * One number, because every check has one and each of its results makes a new one.
 */
export type FlapHistory = number;

/** No result yet. */
export const noHistory: FlapHistory = 1;

const kept = 21;
const fewest = 12;

/** Per cent of changes among the last twenty, newer ones weighing more. Two limits, so that it does not flap itself. */
export interface FlapLimits {
  /** 100 for never. */
  readonly flapStart: number;
  readonly flapEnd: number;
}

function lengthOf(history: FlapHistory): number {
  return 31 - Math.clz32(history);
}

/** Remembers one more result. A result that says nothing (`unknown`) is left out. */
export function addToHistory(history: FlapHistory, verdict: Verdict): FlapHistory {
  if (verdict === 'unknown') return history;
  const longer = (history << 1) | Number(verdict !== 'down');
  return lengthOf(longer) > kept ? (longer & ((1 << kept) - 1)) | (1 << kept) : longer;
}

/** How much it changes, 0 to 100. A change among the newest weighs 1.2, among the oldest 0.8 (the way of Nagios and Icinga). */
export function changePercent(history: FlapHistory): number {
  const steps = lengthOf(history) - 1;
  if (steps < 1) return 0;
  // A bit is set where a result differs from the one before it.
  const changed = (history ^ (history >> 1)) & ((1 << steps) - 1);
  if (changed === 0) return 0;
  let changes = 0;
  let all = 0;
  for (let index = 1; index <= steps; index += 1) {
    const weight = 0.8 + (0.4 * index) / steps;
    all += weight;
    if ((changed & (1 << (steps - index))) !== 0) changes += weight;
  }
  return (changes / all) * 100;
}

/** Whether a check flaps now, given whether it did. */
export function isFlapping(history: FlapHistory, before: boolean, { flapStart, flapEnd }: FlapLimits): boolean {
  if (flapStart >= 100) return false;
  if (lengthOf(history) < fewest) return before;
  return changePercent(history) >= (before ? flapEnd : flapStart);
}
