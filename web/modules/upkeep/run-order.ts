import type { Run, RunState } from '#contract/upkeep.ts';

const calls: readonly RunState[] = ['waiting_approval', 'waiting'];
const going: readonly RunState[] = ['running', 'stopping', 'queued'];

/** What waits for a person first, then what is going on, then what has ended in the order in which it came. */
export function runOrder(run: Pick<Run, 'state'>): number {
  if (calls.includes(run.state)) return 0;
  return going.includes(run.state) ? 1 : 2;
}

/** True while something may still happen by itself or by a person. */
export function isGoing(state: RunState): boolean {
  return calls.includes(state) || going.includes(state);
}

/** How long it took in milliseconds; null while it has not ended, or when it never began. */
export function durationOf(run: Pick<Run, 'startedAt' | 'endedAt'>): number | null {
  if (run.startedAt === null || run.endedAt === null) return null;
  return Date.parse(run.endedAt) - Date.parse(run.startedAt);
}
