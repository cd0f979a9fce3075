import type { Language, NamedThing, ThingRef } from '#contract/words.ts';

/** What notify asks of the floors below. */
export interface Needs {
  /** Who is on call on each rota at a moment; null where nobody is. */
  readonly onCall: (
    at: Date,
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly personId: string | null }>>;
  /** Makes a link that signs a requester in; null for anybody else. */
  readonly signInLink: (
    personId: string,
  ) => Promise<{ readonly url: string; readonly mail: string; readonly language: Language } | null>;
  /** For each thing what it stands on. */
  readonly ancestorsOf: (things: readonly ThingRef[]) => Promise<readonly (readonly ThingRef[])[]>;
  /** For each thing what suffers when it fails. */
  readonly dependantsOf: (things: readonly ThingRef[]) => Promise<readonly (readonly ThingRef[])[]>;
  /** Things that carry one of these tags, each with the tag. */
  readonly taggedThings: (tags: readonly string[]) => Promise<readonly { tag: string; thing: ThingRef }[]>;
  /** Agreed work that goes on at a moment, and on what. */
  readonly workAt: (at: Date) => Promise<readonly { readonly name: string; readonly targets: readonly ThingRef[] }[]>;
  /** The things among these that there are, with their names. */
  readonly namedThings: (things: readonly ThingRef[]) => Promise<readonly NamedThing[]>;
}
