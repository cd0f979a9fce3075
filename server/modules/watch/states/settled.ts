import type { State } from '#contract/alert.ts';
import type { NamedThing } from '#contract/words.ts';
import type { StoredResult } from '../watched-check.ts';

/** A change that was confirmed, with what led to it. */
export interface Settled {
  readonly checkId: string;
  readonly target: NamedThing;
  /** What the failure comes from when that is not the target itself. */
  readonly cause?: NamedThing;
  readonly state: State;
  readonly flapping: boolean;
  readonly because: NamedThing | null;
  /** When the first result came that differed: a failure counts from here, and so does a recovery. */
  readonly first: Date;
  /** The last result that agreed with the state before, if there is one. */
  readonly agreed?: Date | null;
  /** What is told of it. */
  readonly result: StoredResult;
}
