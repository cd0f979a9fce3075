import type { NamedThing } from '#contract/words.ts';
import type { Unit } from '#platform/outbox.ts';

/** Says that a thing was added, changed or removed: to the floors above as a fact, to the screens live. */
export async function tellChange(
  { publish, live }: Unit<'estate'>,
  thing: NamedThing,
  change: 'added' | 'changed' | 'removed',
  by: string,
  what: readonly string[] = [],
): Promise<void> {
  await publish('estate.thingChanged', { thing, change, what: [...what], by });
  await live('estate.thing', thing.id);
}
