import type { State } from '#contract/alert.ts';
import type { Rule, Sensitivity } from '#contract/rule.ts';
import type { Importance } from '#contract/profile.ts';
import type { Verdict } from '#contract/watch.ts';
import type { NamedThing, ThingRef } from '#contract/words.ts';
import type { Reason, ReasonData } from '#probe/check-kind.ts';

/** A check as it is stored, with the state that people see. */
export interface StoredCheck {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly kind: string;
  readonly target: ThingRef;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly intervalMs: number;
  readonly paused: boolean;
  /** An administrator agreed that it may contact this machine, its links or its provider. */
  readonly specialAllowed: boolean;
  /** The address that this leave was given for; null when none was needed, or when it was given before addresses were noted. */
  readonly specialAddress: string | null;
  /** The address that the secrets were given for; null until the check is taken under watch. */
  readonly secretAddress: string | null;
  /** Under too much load healthy checks of low importance are slowed first. */
  readonly importance: Importance;
  readonly state: State;
  readonly since: Date;
  readonly failingSince: Date | null;
  readonly flapping: boolean;
  readonly because: NamedThing | null;
  readonly changedAt: Date;
  /** Limits on what it measures. */
  readonly rules: readonly Rule[];
  readonly sensitivity: Sensitivity;
  /** What advice says is odd about its measurements, for as long as it is told as the check's own reason. */
  readonly odd: ReasonData | null;
}

/** What somebody may set of a check. */
export interface CheckFields {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly intervalMs: number;
  readonly paused: boolean;
  readonly specialAllowed: boolean;
  /** The address that this leave is for. */
  readonly specialAddress?: string | null;
  readonly importance?: Importance;
  /** The secrets are for the address that the target has now, whatever it was before. */
  readonly secretsMoved?: boolean;
}

/** The newest result of a check. */
export interface LastResult {
  readonly at: Date;
  readonly verdict: Verdict;
  readonly reason: Reason;
}

/** One run's outcome as it is stored. */
export interface StoredResult extends LastResult {
  readonly confirming: boolean;
  readonly durationMs: number;
  readonly output: string;
}

/** What a check says of itself, given its state: `unreachable` is a `down` that something else explains. */
export function ownVerdict(state: State): Verdict {
  return state === 'unreachable' ? 'down' : state;
}
