import type { State } from '#contract/alert.ts';
import type { NamedThing } from '#contract/words.ts';
import type { Reason } from '#probe/check-kind.ts';
import type { Fault } from './whose-fault.ts';

/** A state with what is told of it. */
export interface Told {
  readonly state: State;
  readonly because: NamedThing | null;
  /** What the failure comes from when that is not the target itself. */
  readonly cause?: NamedThing;
  /** Why nothing is known: our own line. */
  readonly ours?: Reason;
}

/** What a failure becomes. */
export function stateBy(fault: Fault): Told {
  switch (fault.kind) {
    case 'ours':
      return { state: 'unknown', because: null, ours: fault.reason };
    case 'because':
      return { state: 'unreachable', because: fault.thing };
    case 'speaks':
      return { state: 'down', because: null, cause: fault.thing };
    default:
      return { state: 'down', because: null };
  }
}
