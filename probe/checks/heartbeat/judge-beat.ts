import type { LastBeat } from '#probe/inside-view.ts';
import type { HeartbeatSettings } from './settings.ts';

/** The last moment before `before` at which the plan of a cron expression had a call due; null when it never has one. */
export type LastDue = (before: Date) => Date | null;

/** What the calls say. */
export type BeatFinding =
  | { readonly code: 'waiting'; readonly until: Date }
  | { readonly code: 'beating'; readonly ago: number }
  | { readonly code: 'running'; readonly for: number }
  | { readonly code: 'missing'; readonly late: number; readonly ago: number | null }
  | { readonly code: 'failed'; readonly exitCode: number | null; readonly ago: number }
  | { readonly code: 'tooLong'; readonly for: number; readonly longest: number };

interface Around {
  readonly watchedSince: Date;
  readonly now: Date;
  readonly lastDue: LastDue;
}

function secondsBetween(from: Date, until: Date): number {
  return Math.max(0, (until.getTime() - from.getTime()) / 1_000);
}

/** By when the next call must have come, grace included; null when the plan never has one due. */
function deadlineOf(settings: HeartbeatSettings, last: Date, { now, lastDue }: Around): Date | null {
  const graceMs = settings.graceSeconds * 1_000;
  if (settings.cron === '') return new Date(last.getTime() + settings.periodSeconds * 1_000 + graceMs);
  const due = lastDue(new Date(now.getTime() - graceMs));
  // A call may come a little before its planned moment by a clock that goes ahead; half the grace is believed.
  return due === null || due.getTime() <= last.getTime() + graceMs / 2 ? null : new Date(due.getTime() + graceMs);
}

/** Holds the last call against the plan. Until the first call came, the check waits for it as long as for any other. */
export function judgeBeat(settings: HeartbeatSettings, beat: LastBeat | null, around: Around): BeatFinding {
  const { now, watchedSince } = around;
  const ended = beat !== null && beat.kind !== 'start' ? beat.at : null;
  const started = beat?.startedAt ?? null;
  if (started !== null && settings.longestRunSeconds > 0) {
    const runs = secondsBetween(started, now);
    if (runs > settings.longestRunSeconds) return { code: 'tooLong', for: runs, longest: settings.longestRunSeconds };
  }
  if (beat?.kind === 'fail') return { code: 'failed', exitCode: beat.exitCode, ago: secondsBetween(beat.at, now) };
  const last = beat?.at ?? watchedSince;
  const deadline = deadlineOf(settings, last, around);
  if (deadline !== null && now.getTime() > deadline.getTime()) {
    const ago = beat === null ? null : secondsBetween(beat.at, now);
    return { code: 'missing', late: secondsBetween(deadline, now), ago };
  }
  if (started !== null) return { code: 'running', for: secondsBetween(started, now) };
  if (ended === null) return { code: 'waiting', until: deadline ?? now };
  return { code: 'beating', ago: secondsBetween(ended, now) };
}
