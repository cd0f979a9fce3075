import type { ThingRef } from '#contract/words.ts';

/** A thing with the tags it carries now. */
export interface Tagged extends ThingRef {
  readonly tags: readonly string[];
}

/** One request: tags that are put on all of these things, and taken off them. */
export interface TagChange {
  readonly things: ThingRef[];
  readonly add: string[];
  readonly remove: string[];
}

/** Most things that a request takes. */
const mostThings = 1_000;

/** What a person typed as tags: words with spaces or commas between, in lower case, each once. */
export function tagWords(text: string): string[] {
  const words = text.toLowerCase().split(/[\s,;]+/u);
  return [...new Set(words.filter((word) => word !== ''))];
}

function requests(things: readonly ThingRef[], add: string[], remove: string[]): TagChange[] {
  const refs = things.map(({ kind, id }) => ({ kind, id }));
  return Array.from({ length: Math.ceil(refs.length / mostThings) }, (_none, part) => ({
    things: refs.slice(part * mostThings, (part + 1) * mostThings),
    add,
    remove,
  }));
}

/** The requests that tag many things. */
export function tagChanges(things: readonly Tagged[], add: readonly string[], remove: readonly string[]): TagChange[] {
  return requests(things, [...add], [...remove]);
}

/**
 * The requests that put everything back as it was: who carried a tag before keeps it, who did not loses it. One for each
 * tag, since each was carried by others.
 */
export function undoneChanges(
  things: readonly Tagged[],
  add: readonly string[],
  remove: readonly string[],
): TagChange[] {
  const back = (tag: string, wanted: boolean): TagChange[] => {
    const touched = things.filter(({ tags }) => tags.includes(tag) === wanted);
    return requests(touched, wanted ? [tag] : [], wanted ? [] : [tag]);
  };
  return [
    ...add.flatMap((tag) => back(tag, false)),
    ...remove.filter((tag) => !add.includes(tag)).flatMap((tag) => back(tag, true)),
  ];
}
