import type { State } from '#contract/alert.ts';
import type { NamedThing } from '#contract/words.ts';

/** A check that stands between us and another check's target. */
export interface Guard {
  readonly id: string;
  readonly state: State;
  readonly because: NamedThing | null;
  /** True while results differ from the state and are being confirmed. */
  readonly suspected: boolean;
  /** Start of its newest result; 0 when it never ran. */
  readonly lastStartedMs: number;
}

/** A thing that the target needs, with the checks that watch it. */
export interface Needed {
  readonly thing: NamedThing;
  readonly guards: readonly Guard[];
}

/** Why a check fails. */
export type Cause =
  /** Nothing it needs is known to be down: the failure is its own. */
  | { readonly kind: 'own' }
  | { readonly kind: 'because'; readonly thing: NamedThing }
  /** Something it needs has not been looked at since the failure began, or is itself in doubt. */
  | { readonly kind: 'waiting'; readonly guardIds: readonly string[] };

/**
 * Looks along what a failing target needs, nearest first. Something down is the cause, and what is itself unreachable
 * passes its own cause on. As long as a guard has not run since the failure began, or is being confirmed, nothing is said.
 */
export function findCause(needs: readonly Needed[], failingSinceMs: number): Cause {
  const guards = needs.flatMap(({ thing, guards: all }) => all.map((guard) => ({ thing, guard })));
  for (const { thing, guard } of guards) {
    if (guard.state === 'down') return { kind: 'because', thing };
    if (guard.state === 'unreachable') return { kind: 'because', thing: guard.because ?? thing };
  }
  const open = guards.filter(({ guard }) => guard.suspected || guard.lastStartedMs < failingSinceMs);
  return open.length === 0 ? { kind: 'own' } : { kind: 'waiting', guardIds: open.map(({ guard }) => guard.id) };
}

/** What alerts of one cause share. */
export function causeKeyOf(thing: { readonly kind: string; readonly id: string }): string {
  return `${thing.kind}:${thing.id}`;
}
