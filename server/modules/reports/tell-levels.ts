import type { PromiseAccount } from '#contract/desk-levels.ts';
import type { ResolutionReport } from '#contract/reports.ts';
import type { Telling } from './telling.ts';

/** So many pauses of one promise are told one by one. */
const mostPauses = 20;

/** What was promised for an incident, whether it was kept, and what did not count, each in a line. */
export function tellLevels(
  promises: readonly PromiseAccount[],
  { words, clock, lasting, between }: Telling,
): ResolutionReport['levels'] {
  const { levels } = words;
  return promises.map((promise) => {
    const { goal, state, countedSeconds, targetSeconds, pauses } = promise;
    const told = pauses.slice(0, mostPauses).map(({ from, until, reason }) => {
      const why = levels.reasons[reason] ?? levels.reasons['other'] ?? '';
      return until === null
        ? levels.pausedSince(why, clock(from))
        : levels.paused(why, clock(from), between(from, until));
    });
    const over = countedSeconds - targetSeconds;
    return {
      promise: levels.goals[goal],
      outcome: state === 'missed' && over > 0 ? levels.missedBy(lasting(over)) : levels.states[state],
      counted: levels.counted(lasting(countedSeconds), lasting(targetSeconds)),
      basis: levels.basis(promise.policy, promise.calendar, promise.timeZone),
      pauses: pauses.length > mostPauses ? [...told, levels.morePauses(pauses.length - mostPauses)] : told,
    };
  });
}
