import { sensitivity, type Sensitivity } from '#contract/rule.ts';
import type { Verdict } from '#contract/watch.ts';
import { addToHistory, isFlapping, noHistory, type FlapHistory } from './flapping.ts';

/** One result as far as confirmation goes. */
export interface Observed {
  readonly verdict: Verdict;
  /** When the run began; runs of one check may overlap and end in another order. */
  readonly startedMs: number;
}

/** How a check stands by its own results, whatever its surroundings say. */
export interface Standing {
  /** Confirmed. `unknown` until the first result. */
  readonly verdict: Verdict;
  /** Results in a row that differ from the confirmed verdict; null when the last one agreed. */
  readonly streak: { readonly count: number; readonly firstMs: number } | null;
  /** Start of the newest result that agreed; what began earlier and ends later is past. */
  readonly agreedMs: number;
  readonly flapping: boolean;
  readonly history: FlapHistory;
}

/** What follows from a result. */
export type Confirmation =
  | { readonly kind: 'past'; readonly standing: Standing }
  | { readonly kind: 'steady'; readonly standing: Standing }
  | { readonly kind: 'suspect'; readonly standing: Standing; readonly recheckMs: number }
  | {
      readonly kind: 'changed';
      readonly standing: Standing;
      readonly from: Verdict;
      /** Start of the first result that differed: an outage is measured from here, not from its confirmation. */
      readonly firstMs: number;
    };

/**
 * How sensitive a check is when nobody says otherwise: results in a row before a change counts. A failure is seen three times, a recovery twice, and the first result of all
 * is believed when it is good. Re-checks come each second, so that a service that is restarted within two seconds
 * alarms nobody, and a refused connection is confirmed two seconds after it was first met.
 */
export const usualSensitivity: Sensitivity = sensitivity.parse({});

/** A check that has not run yet, or that comes back after a restart with the verdict it had. */
export function freshStanding(verdict: Verdict = 'unknown'): Standing {
  return { verdict, streak: null, agreedMs: 0, flapping: false, history: noHistory };
}

function needed(from: Verdict, to: Verdict, { failures, recoveries }: Sensitivity): number {
  if (from === 'unknown' && to === 'up') return 1;
  return to === 'up' || (from === 'down' && to === 'degraded') ? recoveries : failures;
}

/** When a streak began; its beginning by a clock that was ahead is no beginning. */
function firstOf(knownMs: number | undefined, startedMs: number): number {
  if (knownMs === undefined || knownMs - startedMs >= longestOverlapMs) return startedMs;
  return Math.min(knownMs, startedMs);
}

/** Runs of one check that overlap began within less than this; what began earlier still began by a clock set back. */
const longestOverlapMs = 10 * 60_000;

/** Weighs one result. */
export function confirm(standing: Standing, result: Observed, sensitive: Sensitivity = usualSensitivity): Confirmation {
  const behindMs = standing.agreedMs - result.startedMs;
  if (behindMs > 0 && behindMs < longestOverlapMs) return { kind: 'past', standing };
  const history = addToHistory(standing.history, result.verdict);
  const flapping = isFlapping(history, standing.flapping, sensitive);
  const { verdict } = standing;
  if (result.verdict === verdict)
    return { kind: 'steady', standing: { verdict, streak: null, agreedMs: result.startedMs, flapping, history } };
  const seen: Standing = { ...standing, history, flapping };
  const streak = {
    count: (standing.streak?.count ?? 0) + 1,
    firstMs: firstOf(standing.streak?.firstMs, result.startedMs),
  };
  if (streak.count < needed(standing.verdict, result.verdict, sensitive)) {
    return { kind: 'suspect', standing: { ...seen, streak }, recheckMs: sensitive.recheckSeconds * 1_000 };
  }
  return {
    kind: 'changed',
    standing: { ...seen, verdict: result.verdict, streak: null, agreedMs: result.startedMs },
    from: standing.verdict,
    firstMs: streak.firstMs,
  };
}
