import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { category, templateChange, template, view, type Category } from '#contract/desk-words.ts';
import { nextOffset, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';

export type Template = z.infer<typeof template>;

/** A page of a list as it is asked for. */
interface Asked {
  readonly limit: number;
  readonly after?: string | undefined;
}

async function counted(db: Database<'desk'>, from: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from ${from}`.execute(db);
  return rows[0]?.count ?? 0;
}

function viewStore(db: Database<'desk'>) {
  return {
    async views(personId: string, { limit, after }: Asked) {
      const seen = sql`desk.view where owner_id = ${personId} or shared`;
      const { rows } =
        await sql`select id, name, words, sort, shared, owner_id = ${personId} as mine, owner_name as owner
        from ${seen} order by position, lower(name), id limit ${limit} offset ${numberCursor(after) ?? 0}`.execute(db);
      const total = await counted(db, seen);
      return { items: rows.map((row) => view.parse(row)), total, next: nextOffset(after, rows.length, total) };
    },
    async ownerOfView(id: string): Promise<string | null> {
      const row = await db.selectFrom('desk.view').select('owner_id').where('id', '=', id).executeTakeFirst();
      return row?.owner_id ?? null;
    },
    async putView(
      one: { id: string; name: string; words: string; sort: string; shared: boolean },
      owner: { id: string; name: string },
    ): Promise<void> {
      const { id, ...words } = one;
      await db
        .insertInto('desk.view')
        .values({ id, ...words, owner_id: owner.id, owner_name: owner.name })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(words))
        .execute();
    },
    async removeView(id: string): Promise<void> {
      await db.deleteFrom('desk.view').where('id', '=', id).execute();
    },
  };
}

function templateStore(db: Database<'desk'>) {
  const columns = sql`id, kind, json_build_object('en', name_en, 'fr', name_fr) as name,
    json_build_object('en', body_en, 'fr', body_fr) as body, change, shared`;
  return {
    async templates(personId: string, { kind, limit, after }: Asked & { kind?: Template['kind'] | undefined }) {
      const seen = sql`desk.template where (owner_id = ${personId} or shared)
        and ${kind === undefined ? sql`true` : sql`kind = ${kind}`}`;
      const { rows } = await sql`select ${columns}, owner_id = ${personId} as mine from ${seen}
        order by lower(name_en), id limit ${limit} offset ${numberCursor(after) ?? 0}`.execute(db);
      const total = await counted(db, seen);
      return { items: rows.map((row) => template.parse(row)), total, next: nextOffset(after, rows.length, total) };
    },
    async template(id: string, personId: string): Promise<(Template & { ownerId: string }) | null> {
      const { rows } =
        await sql`select ${columns}, owner_id = ${personId} as mine, owner_id as "ownerId" from desk.template
        where id = ${id} and (owner_id = ${personId} or shared)`.execute(db);
      return rows[0] === undefined ? null : template.extend({ ownerId: z.string() }).parse(rows[0]);
    },
    async ownerOfTemplate(id: string): Promise<string | null> {
      const row = await db.selectFrom('desk.template').select('owner_id').where('id', '=', id).executeTakeFirst();
      return row?.owner_id ?? null;
    },
    async putTemplate(one: Omit<Template, 'mine'>, ownerId: string): Promise<void> {
      const words = {
        kind: one.kind,
        name_en: one.name.en,
        name_fr: one.name.fr,
        body_en: one.body.en,
        body_fr: one.body.fr,
        change: JSON.stringify(templateChange.parse(one.change)),
        shared: one.shared,
      };
      await db
        .insertInto('desk.template')
        .values({ id: one.id, ...words, owner_id: ownerId })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(words))
        .execute();
    },
    async removeTemplate(id: string): Promise<void> {
      await db.deleteFrom('desk.template').where('id', '=', id).execute();
    },
  };
}

/** No more are kept, so that whoever lists them has all. */
export const mostCategories = 2_000;

function categoryStore(db: Database<'desk'>) {
  const columns = sql`id, parent_id as "parentId", json_build_object('en', name_en, 'fr', name_fr) as name, words,
    team_id as "teamId", active`;
  return {
    async categories(): Promise<Category[]> {
      const { rows } =
        await sql`select ${columns} from desk.category order by name_en, id limit ${mostCategories}`.execute(db);
      return rows.map((row) => category.parse(row));
    },
    async category(id: string): Promise<Category | null> {
      const { rows } = await sql`select ${columns} from desk.category where id = ${id}`.execute(db);
      return rows[0] === undefined ? null : category.parse(rows[0]);
    },
    async putCategory(one: Category): Promise<void> {
      const words = {
        parent_id: one.parentId,
        name_en: one.name.en,
        name_fr: one.name.fr,
        words: one.words,
        team_id: one.teamId,
        active: one.active,
      };
      await db
        .insertInto('desk.category')
        .values({ id: one.id, ...words })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(words))
        .execute();
    },
    async team(id: string): Promise<{ id: string; name: string } | null> {
      const row = await db.selectFrom('people.pub_team').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
      return row ?? null;
    },
  };
}

/** All SQL about views, templates and categories. */
export function settingStore(db: Database<'desk'>) {
  return { ...viewStore(db), ...templateStore(db), ...categoryStore(db) };
}
