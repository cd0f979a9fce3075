import type { Ticket } from '#contract/desk.ts';
import type { Holidays } from '#contract/on-call.ts';
import type { Language, NamedThing, ThingRef } from '#contract/words.ts';

/** What the desk asks of the floors below. */
export interface Needs {
  /** For each group of things: the importance of every service that suffers when one of them fails. */
  readonly importanceOfAffected: (
    groups: readonly (readonly ThingRef[])[],
  ) => Promise<readonly (readonly Ticket['priority'][])[]>;
  /** The things among these that there are, with their names. */
  readonly namedThings: (things: readonly ThingRef[]) => Promise<readonly NamedThing[]>;
  /** The holidays from one local date to another, both included: a country's, and the company's own. */
  readonly holidaysBetween: (
    holidays: Holidays,
    from: string,
    until: string,
    language: Language,
  ) => Promise<readonly { readonly date: string; readonly name: string }[]>;
  /** For each thing what suffers when it fails. */
  readonly dependantsOf: (things: readonly ThingRef[]) => Promise<readonly (readonly ThingRef[])[]>;
  /** Gives somebody who is known by an address alone an account as a requester. */
  readonly welcomeRequester: (one: { name: string; mail: string; language: Language }) => Promise<string | null>;
  /** Refuses a country or a region whose holidays are not known. */
  readonly refuseUnknownRegion: (holidays: Holidays) => Promise<void>;
}
