/**
 * Where a piece of work stands: incidents, runs and their steps, notices, solutions. Unlike states of watched things
 * (state.ts) these have no colours of their own: what wants a hand takes the accent, what went wrong the problem colour,
 * and the rest stays quiet.
 */
export const phaseNames = [
  'open',
  'in_progress',
  'solved',
  'resolved',
  'waiting_approval',
  'refused',
  'queued',
  'running',
  'waiting',
  'stopping',
  'pending',
  'succeeded',
  'failed',
  'skipped',
  'stopped',
  'lost',
  'delivered',
  'held',
  'draft',
  'kept',
  'withdrawn',
  'known_error',
  'approval',
  'approved',
  'review',
  'cancelled',
] as const;

export type PhaseName = (typeof phaseNames)[number];

/** How loudly a phase speaks. */
export type PhaseTone = 'call' | 'busy' | 'wrong' | 'done' | 'quiet';

const tones: Readonly<Partial<Record<PhaseName, PhaseTone>>> = {
  open: 'call',
  solved: 'call',
  waiting_approval: 'call',
  approval: 'call',
  review: 'call',
  approved: 'busy',
  in_progress: 'busy',
  running: 'busy',
  stopping: 'busy',
  failed: 'wrong',
  lost: 'wrong',
  resolved: 'done',
  succeeded: 'done',
  delivered: 'done',
  kept: 'done',
};

export function toneOf(phase: PhaseName): PhaseTone {
  return tones[phase] ?? 'quiet';
}
