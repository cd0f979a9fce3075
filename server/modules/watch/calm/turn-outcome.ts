import type { State } from '#contract/alert.ts';
import type { Verdict } from '#contract/watch.ts';
import type { Turn, Worse } from './store-turn.ts';

/** How a check of a turn stands now: its state, and the newest result when it was just run. */
export interface StandsNow {
  readonly number: number;
  readonly state: State;
  readonly verdict?: Verdict | undefined;
}

/** The less the better; what is not known is not as it was. */
const rank: Readonly<Record<State, number>> = { up: 0, degraded: 1, unknown: 2, unreachable: 3, down: 4 };

/** How the checks of a turn stood before it; those that failed already are not on it: they cannot have got worse. */
export function stoodBefore({ wellNumbers, degradedNumbers }: Pick<Turn, 'wellNumbers' | 'degradedNumbers'>) {
  return new Map<number, 'up' | 'degraded'>([
    ...wellNumbers.map((number) => [number, 'up'] as const),
    ...degradedNumbers.map((number) => [number, 'degraded'] as const),
  ]);
}

/** The checks that do not stand as they stood before a turn. */
export function worseThan(before: ReadonlyMap<number, State>, now: readonly StandsNow[]): Worse[] {
  return now.flatMap(({ number, state }) => {
    const stood = before.get(number);
    return stood === undefined || rank[state] <= rank[stood] ? [] : [{ number, before: stood, after: state }];
  });
}

/** Whether a result contradicts a state that is as before: quick re-checks are about to say which is true. */
export function isInDoubt(before: ReadonlyMap<number, State>, now: readonly StandsNow[]): boolean {
  return now.some(({ number, state, verdict }) => {
    const stood = before.get(number);
    if (stood === undefined || verdict === undefined) return false;
    const isWorse = (each: State): boolean => rank[each] > rank[stood];
    return isWorse(verdict) !== isWorse(state);
  });
}

/** What a turn covers now; what came under it only now is compared with how it stands now. */
export function coveredNow(
  turn: Pick<Turn, 'checkNumbers' | 'wellNumbers' | 'degradedNumbers'>,
  checks: readonly { readonly number: number; readonly state: State }[],
): Pick<Turn, 'checkNumbers' | 'wellNumbers' | 'degradedNumbers'> {
  const known = new Set(turn.checkNumbers);
  const before = stoodBefore(turn);
  const stood = checks.map(({ number, state }) => ({ number, state: known.has(number) ? before.get(number) : state }));
  const those = (wanted: State): number[] => stood.flatMap(({ number, state }) => (state === wanted ? number : []));
  return {
    checkNumbers: checks.map(({ number }) => number),
    wellNumbers: those('up'),
    degradedNumbers: those('degraded'),
  };
}
