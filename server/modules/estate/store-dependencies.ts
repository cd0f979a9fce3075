import { sql } from 'kysely';
import { thingKind, type NamedThing, type ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { tagStore } from './store-tags.ts';
import type { Dependency } from './dependency-graph.ts';

/** More dependencies than this are not read at once: as many as the contract's list holds. */
const mostDependencies = 50_000;

interface DependencyRow {
  dependent_kind: string;
  dependent_id: string;
  on_kind: string;
  on_id: string;
}

function toDependency(row: DependencyRow): Dependency {
  return {
    dependent: { kind: thingKind.parse(row.dependent_kind), id: row.dependent_id },
    on: { kind: thingKind.parse(row.on_kind), id: row.on_id },
  };
}

const kinds = (things: readonly ThingRef[]) => things.map(({ kind }) => kind);
const ids = (things: readonly ThingRef[]) => things.map(({ id }) => id);

function dependencyReader(db: Database<'estate'>) {
  return {
    /** The things among these that there are, with their names. */
    async named(things: readonly ThingRef[]): Promise<NamedThing[]> {
      if (things.length === 0) return [];
      const { rows } = await sql<{ kind: string; id: string; name: string }>`
        select thing.kind, thing.id, thing.name
        from unnest(${kinds(things)}::text[], ${ids(things)}::uuid[]) with ordinality as asked (kind, id, place)
        join estate.pub_thing thing on thing.kind = asked.kind and thing.id = asked.id
        order by asked.place`.execute(db);
      return rows.map(({ kind, id, name }) => ({ kind: thingKind.parse(kind), id, name }));
    },
    /** Every dependency on the way up from these things. A union without depth reads each once and ends in circles too. */
    async above(things: readonly ThingRef[]): Promise<Dependency[]> {
      const { rows } = await sql<DependencyRow>`
        with recursive way as (
          select d.* from unnest(${kinds(things)}::text[], ${ids(things)}::uuid[]) as asked (kind, id)
          join estate.pub_dependency d on d.dependent_kind = asked.kind and d.dependent_id = asked.id
          union
          select d.* from way join estate.pub_dependency d on d.dependent_kind = way.on_kind and d.dependent_id = way.on_id
        )
        select * from way limit ${mostDependencies}`.execute(db);
      return rows.map(toDependency);
    },
    /** Every dependency on the way down from these things. */
    async below(things: readonly ThingRef[]): Promise<Dependency[]> {
      const { rows } = await sql<DependencyRow>`
        with recursive way as (
          select d.* from unnest(${kinds(things)}::text[], ${ids(things)}::uuid[]) as asked (kind, id)
          join estate.pub_dependency d on d.on_kind = asked.kind and d.on_id = asked.id
          union
          select d.* from way join estate.pub_dependency d on d.on_kind = way.dependent_kind and d.on_id = way.dependent_id
        )
        select * from way limit ${mostDependencies}`.execute(db);
      return rows.map(toDependency);
    },
    /** All dependencies by name; with a thing, only those that touch it. */
    async list(thing: ThingRef | null): Promise<{ dependent: NamedThing; on: NamedThing }[]> {
      const touching =
        thing === null
          ? sql`true`
          : sql`(d.dependent_kind = ${thing.kind} and d.dependent_id = ${thing.id}::uuid) or (d.on_kind = ${thing.kind} and d.on_id = ${thing.id}::uuid)`;
      const { rows } = await sql<DependencyRow & { dependent_name: string; on_name: string }>`
        select d.*, dependent.name as dependent_name, other.name as on_name
        from estate.pub_dependency d
        join estate.pub_thing dependent on dependent.kind = d.dependent_kind and dependent.id = d.dependent_id
        join estate.pub_thing other on other.kind = d.on_kind and other.id = d.on_id
        where ${touching}
        order by dependent.name, other.name
        limit ${mostDependencies}`.execute(db);
      return rows.map((row) => {
        const { dependent, on } = toDependency(row);
        return { dependent: { ...dependent, name: row.dependent_name }, on: { ...on, name: row.on_name } };
      });
    },
    async has({ dependent, on }: Dependency): Promise<boolean> {
      const row = await db
        .selectFrom('estate.pub_dependency')
        .select('on_id')
        .where('dependent_kind', '=', dependent.kind)
        .where('dependent_id', '=', dependent.id)
        .where('on_kind', '=', on.kind)
        .where('on_id', '=', on.id)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function dependencyWriter(db: Database<'estate'>) {
  return {
    async add({ dependent, on }: Dependency): Promise<void> {
      await db
        .insertInto('estate.dependency')
        .values({ dependent_kind: dependent.kind, dependent_id: dependent.id, on_kind: on.kind, on_id: on.id })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    /** False when there was none. */
    async remove({ dependent, on }: Dependency): Promise<boolean> {
      const row = await db
        .deleteFrom('estate.dependency')
        .where('dependent_kind', '=', dependent.kind)
        .where('dependent_id', '=', dependent.id)
        .where('on_kind', '=', on.kind)
        .where('on_id', '=', on.id)
        .returning('on_id')
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Takes away whatever touches a thing that is being removed. */
    async removeAll(thing: ThingRef): Promise<void> {
      await tagStore(db).removeAll(thing);
      await db
        .deleteFrom('estate.dependency')
        .where((where) =>
          where.or([
            where.and([where('dependent_kind', '=', thing.kind), where('dependent_id', '=', thing.id)]),
            where.and([where('on_kind', '=', thing.kind), where('on_id', '=', thing.id)]),
          ]),
        )
        .execute();
    },
    /** The name of something that was said to depend on a thing, if anything was. */
    async firstDependant(thing: ThingRef): Promise<string | null> {
      const row = await db
        .selectFrom('estate.dependency as d')
        .innerJoin('estate.pub_thing as dependent', (join) =>
          join.onRef('dependent.kind', '=', 'd.dependent_kind').onRef('dependent.id', '=', 'd.dependent_id'),
        )
        .select('dependent.name')
        .where('d.on_kind', '=', thing.kind)
        .where('d.on_id', '=', thing.id)
        .orderBy('dependent.name')
        .limit(1)
        .executeTakeFirst();
      return row?.name ?? null;
    },
    /** Dependencies change one after the other: two that together close a circle would not see each other. */
    async lockGraph(): Promise<void> {
      await sql`select pg_advisory_xact_lock(hashtext('vigie estate dependencies'))`.execute(db);
    },
  };
}

/** All SQL about what depends on what, and about things of any kind. */
export function dependencyStore(db: Database<'estate'>) {
  return { ...dependencyReader(db), ...dependencyWriter(db) };
}
