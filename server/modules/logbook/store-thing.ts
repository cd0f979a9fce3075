import { sql } from 'kysely';
import type { Entry } from '#contract/logbook.ts';
import type { Language, NamedThing, ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { entryColumns, thingOf, toEntry } from './store-entry.ts';

const mostThingsAround = 500;
const furthest = 12;

/** All SQL about entries of a thing and of what is around it. */
export function thingStore(db: Database<'logbook'>) {
  return {
    /** How many lines about the state of each check were written, in the same order, each since a moment of its own. */
    async stateLines(
      asked: readonly { readonly check: string; readonly thingId: string; readonly since: Date }[],
    ): Promise<number[]> {
      if (asked.length === 0) return [];
      const { rows } = await sql<{ count: number }>`
        select (
          select count(*) from logbook.entry e
          where e.thing_id = asked.thing_id and e.at > asked.since and e.code in ('state_changed', 'check_unsteady')
            and e.data ->> 'check' = asked.check_name
        ) as count
        from unnest(${asked.map(({ check }) => check)}::text[], ${asked.map(({ thingId }) => thingId)}::uuid[],
          ${asked.map(({ since }) => since)}::timestamptz[]) with ordinality
          as asked (check_name, thing_id, since, place)
        order by asked.place`.execute(db);
      return rows.map(({ count }) => count);
    },
    /** What was changed, run or noted on a thing and on all it depends on, newest first. */
    async changes(
      thing: ThingRef,
      between: { readonly from: Date; readonly until: Date; readonly limit: number },
      language: Language,
    ): Promise<Entry[]> {
      const around = await sql<{ id: string }>`
        with recursive needed (kind, id, distance) as (
          select ${thing.kind}::text, ${thing.id}::uuid, 0
          union
          select dependency.on_kind, dependency.on_id, needed.distance + 1
          from needed
          join estate.pub_dependency dependency
            on dependency.dependent_kind = needed.kind and dependency.dependent_id = needed.id
          where needed.distance < ${furthest}
        )
        select id from needed group by id order by min(distance) limit ${mostThingsAround}`.execute(db);
      const rows = await db
        .selectFrom('logbook.entry')
        .select(entryColumns)
        .where(
          'thing_id',
          'in',
          around.rows.map(({ id }) => id),
        )
        .where('kind', 'in', ['note', 'run', 'estate'])
        .where('at', '>=', between.from)
        .where('at', '<', between.until)
        .orderBy('at', 'desc')
        .orderBy('sequence', 'desc')
        .limit(between.limit)
        .execute();
      return rows.map((row) => toEntry(row, language));
    },
    /** The thing with its name as the estate has it now; null when there is none. */
    async thing(wanted: ThingRef): Promise<NamedThing | null> {
      const row = await db
        .selectFrom('estate.pub_thing')
        .select(['kind as thing_kind', 'id as thing_id', 'name as thing_name'])
        .where('kind', '=', wanted.kind)
        .where('id', '=', wanted.id)
        .executeTakeFirst();
      return row === undefined ? null : thingOf(row);
    },
  };
}
