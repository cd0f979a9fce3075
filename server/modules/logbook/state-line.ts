import type { Fact } from '#contract/facts.ts';
import type { State } from '#contract/alert.ts';
import { vigie, type EntryDraft } from './entry-of-fact.ts';

/** How many changes of one check within an hour are written; then one line says that it is unsteady. */
export const mostLinesAnHour = 6;

const bad: ReadonlySet<State> = new Set<State>(['down', 'degraded']);

/**
 * Whether a change of state is worth a line. Going bad and coming back are; what merely follows from something else
 * (`unreachable`), or was not known before, is not.
 */
export function worthALine(from: State, to: State): boolean {
  return from !== to && (bad.has(to) || (to === 'up' && bad.has(from)));
}

/** The entry of a change of state, given how many the same check had within the last hour; null for none. */
export function stateLine(
  { payload }: Pick<Fact<'watch.stateChanged'>, 'payload'>,
  linesLastHour: number,
): EntryDraft | null {
  const { checkName: check, target: thing, from, to } = payload;
  if (!worthALine(from, to) || linesLastHour > mostLinesAnHour) return null;
  const on = { kind: 'watch', who: vigie, thing, ticketId: null, ticketNumber: null, runId: null } as const;
  const data = { check, target: thing.name };
  return linesLastHour === mostLinesAnHour
    ? { ...on, said: { code: 'check_unsteady', data } }
    : { ...on, said: { code: 'state_changed', data: { ...data, from, to } } };
}
