import { sql, type RawBuilder } from 'kysely';
import { thingKind, type ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

/** More tags than this are not listed. */
const mostTags = 2_000;

/** The tags of a row as a column of it; `kind` and the row's id are ours, never a caller's words. */
export function tagsOf(kind: ThingRef['kind']): RawBuilder<string[]> {
  return sql<string[]>`array(
    select tag from estate.tag t where t.thing_kind = ${kind} and t.thing_id = ${sql.ref(`${kind}.id`)} order by tag)`;
}

/** Whether a row carries a tag. */
export function carries(kind: ThingRef['kind'], tag: string): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from estate.tag t where t.thing_kind = ${kind} and t.thing_id = ${sql.ref(`${kind}.id`)} and t.tag = ${tag})`;
}

function pairs(things: readonly ThingRef[]): RawBuilder<unknown> {
  return sql`unnest(${things.map(({ kind }) => kind)}::text[], ${things.map(({ id }) => id)}::uuid[])`;
}

/** All SQL about tags. */
export function tagStore(db: Database<'estate'>) {
  return {
    async list(): Promise<{ tag: string; count: number }[]> {
      return db
        .selectFrom('estate.tag')
        .select(['tag', sql<number>`count(*)::int`.as('count')])
        .groupBy('tag')
        .orderBy('tag')
        .limit(mostTags)
        .execute();
    },
    /** Things that carry one of these tags, each with the tag. */
    async tagged(tags: readonly string[]): Promise<{ tag: string; thing: ThingRef }[]> {
      if (tags.length === 0) return [];
      const rows = await db
        .selectFrom('estate.tag')
        .select(['tag', 'thing_kind', 'thing_id'])
        .where('tag', '=', sql<string>`any(${[...tags]}::text[])`)
        .execute();
      return rows.map((row) => ({ tag: row.tag, thing: { kind: thingKind.parse(row.thing_kind), id: row.thing_id } }));
    },
    /** Puts tags on things and takes tags off; says on which something changed. */
    async change(
      things: readonly ThingRef[],
      { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
    ): Promise<ReadonlySet<string>> {
      const removed = await sql<{ id: string }>`
        delete from estate.tag using ${pairs(things)} as n (kind, id)
        where thing_kind = n.kind and thing_id = n.id and tag = any(${[...remove]}::text[])
        returning thing_id as id`.execute(db);
      const added = await sql<{ id: string }>`
        insert into estate.tag (thing_kind, thing_id, tag)
        select n.kind, n.id, tag from ${pairs(things)} as n (kind, id), unnest(${[...add]}::text[]) as tag
        on conflict do nothing
        returning thing_id as id`.execute(db);
      return new Set([...removed.rows, ...added.rows].map(({ id }) => id));
    },
    /** How many tags the thing with the most of them carries. */
    async mostOn(things: readonly ThingRef[]): Promise<number> {
      const { rows } = await sql<{ most: number }>`
        select coalesce(max(count), 0)::int as most from (
          select count(*) from estate.tag t join ${pairs(things)} as n (kind, id)
            on t.thing_kind = n.kind and t.thing_id = n.id
          group by n.kind, n.id
        ) each`.execute(db);
      return rows[0]?.most ?? 0;
    },
    async removeAll({ kind, id }: ThingRef): Promise<void> {
      await db.deleteFrom('estate.tag').where('thing_kind', '=', kind).where('thing_id', '=', id).execute();
    },
  };
}
