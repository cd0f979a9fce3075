import type { Ticket } from '#contract/desk.ts';
import type { NamedThing, ThingRef } from '#contract/words.ts';

/** What the desk asks of the floors below. */
export interface Needs {
  /** The importance of every service that suffers when one of these things fails, those among them included. */
  readonly importanceOfAffected: (things: readonly ThingRef[]) => Promise<readonly Ticket['priority'][]>;
  /** The things among these that there are, with their names. */
  readonly namedThings: (things: readonly ThingRef[]) => Promise<readonly NamedThing[]>;
}
