import type { Impact, Service } from '#contract/estate.ts';
import type { NamedThing, ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import { ancestorsOfEach, dependantsIn, dependantsOfEach, type Reached } from './dependency-graph.ts';
import { dependencyStore } from './store-dependencies.ts';
import { serviceStore } from './store-services.ts';

/** So many things and people are named; a reader of more wants the export. */
const mostThings = 2_000;
const mostPeople = 500;

/** A thing on the way up or down from another, with its name. */
export type NamedReach = NamedThing & { readonly distance: number };

/** What and who suffers when a thing fails, nearest first. The thing's own users count when it is a service. */
export async function weighImpact(db: Database<'estate'>, thing: ThingRef): Promise<Impact> {
  const dependencies = dependencyStore(db);
  const [self] = await dependencies.named([thing]);
  if (self === undefined) throw new Refusal('not_found');
  const reached = dependantsIn(await dependencies.below([thing]), thing);
  const services = [{ ...thing, distance: 0 }, ...reached].filter(({ kind }) => kind === 'service');
  const users = await serviceStore(db).usersOfAll(
    services.map(({ id }) => id),
    mostPeople,
  );
  return { things: await withNames(db, reached.slice(0, mostThings)), ...users };
}

async function withNames(db: Database<'estate'>, reached: readonly Reached[]): Promise<NamedReach[]> {
  const distances = new Map(reached.map(({ kind, id, distance }) => [`${kind} ${id}`, distance]));
  const named = await dependencyStore(db).named(reached);
  return named.map((thing) => ({ ...thing, distance: distances.get(`${thing.kind} ${thing.id}`) ?? 0 }));
}

/** For each of these things what it needs to work, nearest first; one read for all of them. */
export async function ancestorsOf(
  db: Database<'estate'>,
  things: readonly ThingRef[],
): Promise<readonly (readonly NamedReach[])[]> {
  const above = await dependencyStore(db).above(things);
  return namedEach(db, ancestorsOfEach(above, things));
}

/** For each of these things what suffers when it fails, nearest first; one read for all of them. */
export async function dependantsOf(
  db: Database<'estate'>,
  things: readonly ThingRef[],
): Promise<readonly (readonly NamedReach[])[]> {
  const below = await dependencyStore(db).below(things);
  return namedEach(db, dependantsOfEach(below, things));
}

async function namedEach(db: Database<'estate'>, each: readonly (readonly Reached[])[]): Promise<NamedReach[][]> {
  const all = new Map(each.flat().map((thing) => [`${thing.kind} ${thing.id}`, thing]));
  const names = new Map((await withNames(db, [...all.values()])).map((thing) => [`${thing.kind} ${thing.id}`, thing]));
  return each.map((reached) =>
    reached.flatMap(({ kind, id, distance }) => {
      const named = names.get(`${kind} ${id}`);
      return named === undefined ? [] : [{ ...named, distance }];
    }),
  );
}

/** For each group of things: the importance of every service that suffers when one of them fails, those among them included. */
export async function importanceOfAffected(
  db: Database<'estate'>,
  groups: readonly (readonly ThingRef[])[],
): Promise<readonly (readonly Service['importance'][])[]> {
  const things = [...new Map(groups.flat().map((thing) => [`${thing.kind} ${thing.id}`, thing])).values()];
  if (things.length === 0) return groups.map(() => []);
  const each = dependantsOfEach(await dependencyStore(db).below(things), things);
  const services = new Map(
    things.map((thing, place) => [
      `${thing.kind} ${thing.id}`,
      [thing, ...(each[place] ?? [])].filter(({ kind }) => kind === 'service').map(({ id }) => id),
    ]),
  );
  const importance = await serviceStore(db).importanceOf([...new Set([...services.values()].flat())]);
  return groups.map((group) => {
    const affected = new Set(group.flatMap(({ kind, id }) => services.get(`${kind} ${id}`) ?? []));
    return [...affected].flatMap((id) => importance.get(id) ?? []);
  });
}
