import type { Verdict } from '#contract/watch.ts';

/** Whether each of the last results was good, oldest first. */
export type FlapHistory = readonly boolean[];

const kept = 21;
const fewest = 12;

/** Per cent of changes among the last twenty, newer ones weighing more. Two limits, so that it does not flap itself. */
export interface FlapLimits {
  /** 100 for never. */
  readonly flapStart: number;
  readonly flapEnd: number;
}

/** Remembers one more result. A result that says nothing (`unknown`) is left out. */
export function addToHistory(history: FlapHistory, verdict: Verdict): FlapHistory {
  return verdict === 'unknown' ? history : [...history.slice(1 - kept), verdict !== 'down'];
}

/** How much it changes, 0 to 100. A change among the newest weighs 1.2, among the oldest 0.8 (the way of Nagios and Icinga). */
export function changePercent(history: FlapHistory): number {
  const steps = history.length - 1;
  if (steps < 1) return 0;
  let changes = 0;
  let all = 0;
  for (let index = 1; index < history.length; index += 1) {
    const weight = 0.8 + (0.4 * index) / steps;
    all += weight;
    if (history[index] !== history[index - 1]) changes += weight;
  }
  return (changes / all) * 100;
}

/** Whether a check flaps now, given whether it did. */
export function isFlapping(history: FlapHistory, before: boolean, { flapStart, flapEnd }: FlapLimits): boolean {
  if (flapStart >= 100) return false;
  if (history.length < fewest) return before;
  return changePercent(history) >= (before ? flapEnd : flapStart);
}
