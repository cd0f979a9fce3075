import type { TicketState } from '#contract/desk.ts';
import type { RunState } from '#contract/upkeep.ts';

/** What an operator can do with an incident. */
export type Step = 'acknowledge' | 'propose' | 'look' | 'follow' | 'prove' | 'resolve' | 'agree' | 'report';

interface Standing {
  state: TicketState;
  /** States of the runs on it, newest first. */
  runs: readonly RunState[];
  /** Whether a check saw it: what only people saw cannot be proved by one. */
  isWatched: boolean;
}

const going: readonly RunState[] = ['queued', 'running', 'waiting', 'stopping'];

/** What leads on for a run on the incident, if one does. */
function runStep(runs: readonly RunState[]): Step | undefined {
  if (runs.includes('waiting_approval')) return 'look';
  return runs.some((state) => going.includes(state)) ? 'follow' : undefined;
}

/**
 * The next steps of an incident, the main one first: two stand as buttons, the others behind "more".
 * Every step that the state allows is among them.
 */
export function nextSteps({ state, runs, isWatched }: Standing): readonly Step[] {
  if (isWatched) return watchedSteps({ state, runs });
  const onRun = runStep(runs);
  if (state === 'open') return ['acknowledge', 'resolve', onRun ?? 'propose'];
  if (state === 'in_progress') return [...(onRun === undefined ? [] : [onRun]), 'resolve', 'propose'];
  return watchedSteps({ state, runs }).filter((step) => step !== 'prove');
}

function watchedSteps({ state, runs }: Omit<Standing, 'isWatched'>): readonly Step[] {
  const onRun = runStep(runs);
  switch (state) {
    case 'open':
      return [
        'acknowledge',
        onRun ?? 'propose',
        'prove',
        ...(onRun === undefined ? [] : ['propose' as const]),
        'resolve',
      ];
    case 'in_progress':
      if (onRun !== undefined) return [onRun, 'prove', 'propose', 'resolve'];
      // A run that went well and left checks failing: see whether they still do before trying something else.
      if (runs[0] === 'succeeded') return ['prove', 'propose', 'resolve'];
      return ['propose', 'prove', 'resolve'];
    case 'solved':
      return ['agree', 'prove', onRun ?? 'propose'];
    default:
      return ['report'];
  }
}
