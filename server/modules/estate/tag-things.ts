import type { ThingRef } from '#contract/words.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { dependencyStore } from './store-dependencies.ts';
import { tagStore } from './store-tags.ts';
import { tellChange } from './tell-change.ts';

const mostOnOne = 50;

/** Puts tags on things and takes tags off them, all or nothing. */
export function tagThings(
  transact: Transact<'estate'>,
  asked: { readonly things: readonly ThingRef[]; readonly add: readonly string[]; readonly remove: readonly string[] },
  by: string,
): Promise<{ changed: number }> {
  return transact(async (unit) => {
    const things = await dependencyStore(unit.db).named(asked.things);
    const wanted = new Set(asked.things.map(({ kind, id }) => `${kind} ${id}`));
    if (things.length < wanted.size) throw new Refusal('not_found');
    const changed = await tagStore(unit.db).change(things, {
      add: [...new Set(asked.add)],
      remove: asked.remove.filter((tag) => !asked.add.includes(tag)),
    });
    if ((await tagStore(unit.db).mostOn(things)) > mostOnOne) throw new Refusal('too_many_tags', { most: mostOnOne });
    for (const thing of things) if (changed.has(thing.id)) await tellChange(unit, thing, 'changed', by, ['tags']);
    return { changed: changed.size };
  });
}
