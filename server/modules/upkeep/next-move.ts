import type { CheckAnswer, Run, RunStep } from './run.ts';

/** What the owner of a run does next. Decided from rows alone, so that any process decides the same after any interruption. */
export type Move =
  /** Wait for the host, then begin. */
  | { readonly do: 'takeHost' }
  | { readonly do: 'beginStep'; readonly step: RunStep }
  /** Start the command or find it again, and follow it to its end. */
  | { readonly do: 'followCommand'; readonly step: RunStep }
  | { readonly do: 'stopCommand'; readonly step: RunStep }
  | { readonly do: 'endWait'; readonly step: RunStep }
  | { readonly do: 'askChecks'; readonly step: RunStep }
  | { readonly do: 'endCheck'; readonly step: RunStep; readonly verdict: CheckVerdict }
  /** Nothing to do before that moment (null: before somebody does something). */
  | { readonly do: 'sleep'; readonly until: Date | null }
  | { readonly do: 'finish'; readonly state: 'succeeded' | 'failed' | 'stopped' | 'lost' };

export type CheckVerdict =
  | { readonly good: true }
  | { readonly good: false; readonly why: 'none' | 'silent' }
  | { readonly good: false; readonly why: 'failing'; readonly names: string };

/** Between two questions of one check step. */
const askEveryMs = 5_000;

/** Decides from a run as it is stored. */
export function nextMove(run: Run, now: Date): Move {
  if (run.state === 'queued')
    return run.stopRequestedBy === null ? { do: 'takeHost' } : { do: 'finish', state: 'stopped' };
  const current = run.steps.find((step) => step.state === 'running' || step.state === 'waiting');
  if (run.stopRequestedBy !== null) {
    return current?.definition.kind === 'command'
      ? { do: 'stopCommand', step: current }
      : { do: 'finish', state: 'stopped' };
  }
  if (current !== undefined) return moveWithin(current, now);
  const broken = run.steps.find(breaksRun);
  if (broken !== undefined) return { do: 'finish', state: broken.state === 'lost' ? 'lost' : 'failed' };
  const next = run.steps.find((step) => step.state === 'pending');
  return next === undefined ? { do: 'finish', state: 'succeeded' } : { do: 'beginStep', step: next };
}

/** Nobody knows what a lost step did: nothing may follow it, whatever its definition says. */
function breaksRun(step: RunStep): boolean {
  return step.state === 'lost' || (step.state === 'failed' && step.definition.onFailure === 'stop');
}

function moveWithin(step: RunStep, now: Date): Move {
  switch (step.definition.kind) {
    case 'command':
      return { do: 'followCommand', step };
    case 'wait':
      return isPast(step.wakeAt, now) ? { do: 'endWait', step } : { do: 'sleep', until: step.wakeAt };
    case 'check':
      return moveWithinCheck(step, now);
    default:
      return { do: 'sleep', until: null };
  }
}

function moveWithinCheck(step: RunStep, now: Date): Move {
  const { answer } = step;
  if (answer !== null && answer.length > 0 && answer.every(({ verdict }) => verdict === 'up')) {
    return { do: 'endCheck', step, verdict: { good: true } };
  }
  const nothingToRun = answer?.length === 0;
  if (nothingToRun || isPast(step.wakeAt, now)) return { do: 'endCheck', step, verdict: badVerdict(step) };
  const askAt = step.askedAt === null ? now : new Date(step.askedAt.getTime() + askEveryMs);
  if (isPast(askAt, now) && (answer !== null || step.askedAt === null)) return { do: 'askChecks', step };
  return { do: 'sleep', until: soonest(answer === null ? null : askAt, step.wakeAt) };
}

/** Names of checks that are not up, for a sentence. */
export function failingNames(answer: CheckAnswer): string {
  const failing = answer.filter(({ verdict }) => verdict !== 'up').map(({ checkName }) => checkName);
  return failing.slice(0, 10).join(', ');
}

/** When the last question has no answer yet, the answer before it counts. */
function badVerdict({ answer, note }: RunStep): CheckVerdict {
  if (answer === null) {
    const before = note?.code === 'checks_failing' ? note.detail['names'] : undefined;
    return before === undefined
      ? { good: false, why: 'silent' }
      : { good: false, why: 'failing', names: String(before) };
  }
  const names = failingNames(answer);
  return names === '' ? { good: false, why: 'none' } : { good: false, why: 'failing', names };
}

function isPast(at: Date | null, now: Date): boolean {
  return at !== null && at.getTime() <= now.getTime();
}

function soonest(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one.getTime() < other.getTime() ? one : other;
}
