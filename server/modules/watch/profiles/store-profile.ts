import { sql } from 'kysely';
import { z } from 'zod';
import { hostKind } from '#contract/estate.ts';
import { importance } from '#contract/profile.ts';
import { rules, sensitivity } from '#contract/rule.ts';
import type { NamedThing, ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import type { Inheritable } from './inherit.ts';
import { namedThing } from '../checks/store-check.ts';

/** One check of a profile as it is stored, secrets sealed. */
export interface StoredItem extends Inheritable {
  readonly id: string;
  readonly profileId: string;
  readonly kind: string;
}

export type HostKind = z.infer<typeof hostKind>;

/** What somebody may set of a profile itself. */
export interface ProfileFields {
  readonly name: string;
  readonly summary: string;
  readonly equipment: readonly HostKind[];
  readonly includes: readonly string[];
}

export interface StoredProfile extends ProfileFields {
  readonly id: string;
  readonly uses: number;
  readonly changedAt: Date;
}

const settingsShape = z.record(z.string(), z.unknown());
const mostProfiles = 500;

const ids = (list: readonly string[]) => sql<string>`any(${[...list]}::uuid[])`;

function profileReader(db: Database<'watch'>) {
  return {
    /** All profiles, by name. There are few of them: somebody writes each by hand. */
    async all(): Promise<StoredProfile[]> {
      const rows = await db
        .selectFrom('watch.profile as profile')
        .selectAll('profile')
        .select([
          sql<string[]>`array(select included_id::text from watch.profile_include where profile_id = profile.id)`.as(
            'includes',
          ),
          sql<number>`(select count(*) from watch.profile_use as used where used.profile_id = profile.id)`.as('uses'),
        ])
        .orderBy(sql`lower(profile.name)`)
        .limit(mostProfiles)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        summary: row.summary,
        equipment: z.array(hostKind).parse(row.equipment),
        includes: row.includes,
        uses: row.uses,
        changedAt: row.changed_at,
      }));
    },
    /** The items of some profiles, in their order. */
    async items(profileIds: readonly string[]): Promise<StoredItem[]> {
      const rows = await db
        .selectFrom('watch.profile_item')
        .selectAll()
        .where('profile_id', '=', ids(profileIds))
        .orderBy('profile_id')
        .orderBy('position')
        .execute();
      return rows.map(toItem);
    },
    async item(id: string): Promise<StoredItem | null> {
      const row = await db.selectFrom('watch.profile_item').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toItem(row);
    },
  };
}

function useReader(db: Database<'watch'>) {
  return {
    /** What some profiles were given to. */
    async uses(profileIds: readonly string[]): Promise<{ profileId: string; thing: NamedThing }[]> {
      const rows = await db
        .selectFrom('watch.profile_use as used')
        .innerJoin('estate.pub_thing as thing', (join) =>
          join.onRef('thing.kind', '=', 'used.target_kind').onRef('thing.id', '=', 'used.target_id'),
        )
        .select(['used.profile_id', 'used.target_kind', 'used.target_id', 'thing.name'])
        .where('used.profile_id', '=', ids(profileIds))
        .orderBy('thing.name')
        .limit(20_000)
        .execute();
      return rows.flatMap((row) => {
        const thing = namedThing(row.target_kind, row.target_id, row.name);
        return thing === null ? [] : [{ profileId: row.profile_id, thing }];
      });
    },
    async ofThing(thing: ThingRef): Promise<{ id: string; name: string }[]> {
      return db
        .selectFrom('watch.profile_use as used')
        .innerJoin('watch.profile as profile', 'profile.id', 'used.profile_id')
        .select(['profile.id', 'profile.name'])
        .where('used.target_kind', '=', thing.kind)
        .where('used.target_id', '=', thing.id)
        .orderBy('profile.name')
        .execute();
    },
  };
}

function inheritReader(db: Database<'watch'>) {
  return {
    /** The item a check was made from, with its profile's name. */
    async ofCheck(checkId: string): Promise<{ item: StoredItem; profileName: string } | null> {
      const row = await db
        .selectFrom('watch.check as check')
        .innerJoin('watch.profile_item as item', 'item.id', 'check.profile_item_id')
        .innerJoin('watch.profile as profile', 'profile.id', 'item.profile_id')
        .selectAll('item')
        .select('profile.name as profile_name')
        .where('check.id', '=', checkId)
        .executeTakeFirst();
      return row === undefined ? null : { item: toItem(row), profileName: row.profile_name };
    },
    /** Which of some checks were made from which items. */
    async itemIdsOf(checkIds: readonly string[]): Promise<{ id: string; itemId: string }[]> {
      const rows = await db
        .selectFrom('watch.check')
        .select(['id', 'profile_item_id'])
        .where('id', '=', ids(checkIds))
        .where('profile_item_id', 'is not', null)
        .execute();
      return rows.flatMap(({ id, profile_item_id: itemId }) => (itemId === null ? [] : [{ id, itemId }]));
    },
    /** The checks made from some items, kept from others' changes until the transaction ends. */
    async inheritors(itemIds: readonly string[]): Promise<{ id: string; itemId: string; target: ThingRef }[]> {
      const rows = await db
        .selectFrom('watch.check')
        .select(['id', 'profile_item_id', 'target_kind', 'target_id'])
        .where('profile_item_id', '=', ids(itemIds))
        .orderBy('id')
        .forUpdate()
        .execute();
      return rows.flatMap((row) => {
        const target = namedThing(row.target_kind, row.target_id, '');
        return row.profile_item_id === null || target === null
          ? []
          : [{ id: row.id, itemId: row.profile_item_id, target }];
      });
    },
  };
}

interface ItemRow {
  id: string;
  profile_id: string;
  name: string;
  kind: string;
  settings: unknown;
  interval_ms: number;
  rules: unknown;
  sensitivity: unknown;
  importance: string;
}

function toItem(row: ItemRow): StoredItem {
  return {
    id: row.id,
    profileId: row.profile_id,
    name: row.name,
    kind: row.kind,
    settings: settingsShape.parse(row.settings),
    intervalMs: row.interval_ms,
    rules: rules.parse(row.rules),
    sensitivity: sensitivity.parse(row.sensitivity),
    importance: importance.parse(row.importance),
  };
}

function profileWriter(db: Database<'watch'>) {
  return {
    /** False when another profile has that name. */
    async add(id: string, fields: ProfileFields, at: Date): Promise<boolean> {
      const made = await db
        .insertInto('watch.profile')
        .values({
          id,
          name: fields.name,
          summary: fields.summary,
          equipment: [...fields.equipment],
          created_at: at,
          changed_at: at,
        })
        .onConflict((conflict) => conflict.expression(sql`lower(name)`).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (made === undefined) return false;
      await setIncludes(db, id, fields.includes);
      return true;
    },
    /** Whether another profile has that name. */
    async nameTaken(name: string, except: string): Promise<boolean> {
      const row = await db
        .selectFrom('watch.profile')
        .select('id')
        .where(sql`lower(name)`, '=', sql<string>`lower(${name})`)
        .where('id', '<>', except)
        .executeTakeFirst();
      return row !== undefined;
    },
    async change(id: string, fields: ProfileFields, at: Date): Promise<void> {
      await db
        .updateTable('watch.profile')
        .set({ name: fields.name, summary: fields.summary, equipment: [...fields.equipment], changed_at: at })
        .where('id', '=', id)
        .execute();
      await db.deleteFrom('watch.profile_include').where('profile_id', '=', id).execute();
      await setIncludes(db, id, fields.includes);
    },
    async remove(id: string): Promise<void> {
      await db.deleteFrom('watch.profile').where('id', '=', id).execute();
    },
    /** Makes the items of a profile be just these, in this order. */
    async setItems(profileId: string, items: readonly StoredItem[]): Promise<void> {
      await db
        .deleteFrom('watch.profile_item')
        .where('profile_id', '=', profileId)
        .where((where) => where.not(where('id', '=', ids(items.map(({ id }) => id)))))
        .execute();
      for (const [position, item] of items.entries()) {
        const values = {
          position,
          name: item.name,
          kind: item.kind,
          settings: JSON.stringify(item.settings),
          interval_ms: item.intervalMs,
          rules: JSON.stringify(item.rules),
          sensitivity: JSON.stringify(item.sensitivity),
          importance: item.importance,
        };
        await db
          .insertInto('watch.profile_item')
          .values({ id: item.id, profile_id: profileId, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute();
      }
    },
  };
}

function useWriter(db: Database<'watch'>) {
  return {
    async addUse(profileId: string, thing: ThingRef, at: Date): Promise<void> {
      await db
        .insertInto('watch.profile_use')
        .values({ profile_id: profileId, target_kind: thing.kind, target_id: thing.id, at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async dropUse(profileId: string, thing: ThingRef): Promise<void> {
      await db
        .deleteFrom('watch.profile_use')
        .where('profile_id', '=', profileId)
        .where('target_kind', '=', thing.kind)
        .where('target_id', '=', thing.id)
        .execute();
    },
    /** Takes a thing that is gone off all profiles. */
    async dropThing(thing: ThingRef): Promise<void> {
      await db
        .deleteFrom('watch.profile_use')
        .where('target_kind', '=', thing.kind)
        .where('target_id', '=', thing.id)
        .execute();
    },
  };
}

function inheritWriter(db: Database<'watch'>) {
  return {
    async setItemOf(checkIds: readonly string[], itemId: string | null): Promise<void> {
      if (checkIds.length === 0) return;
      await db.updateTable('watch.check').set({ profile_item_id: itemId }).where('id', '=', ids(checkIds)).execute();
    },
    /** Gives many checks new fields in one statement. */
    async changeChecks(
      changed: readonly (Inheritable & { readonly id: string; readonly secretsMoved?: boolean })[],
      at: Date,
    ): Promise<void> {
      if (changed.length === 0) return;
      const rows = changed.map(
        ({ id, name, settings, intervalMs, rules: kept, sensitivity: how, importance: worth, secretsMoved }) => ({
          id,
          name,
          settings,
          interval_ms: intervalMs,
          rules: kept,
          sensitivity: how,
          importance: worth,
          moved: secretsMoved ?? false,
        }),
      );
      await sql`
        update watch.check set name = given.name, settings = given.settings, interval_ms = given.interval_ms,
          rules = given.rules, sensitivity = given.sensitivity, importance = given.importance, changed_at = ${at},
          secret_address = case when given.moved then null else secret_address end
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as given (id uuid, name text, settings jsonb, interval_ms integer, rules jsonb, sensitivity jsonb, importance text, moved boolean)
        where "check".id = given.id`.execute(db);
    },
  };
}

/** All SQL about profiles. */
export function profileStore(db: Database<'watch'>) {
  return {
    ...profileReader(db),
    ...useReader(db),
    ...inheritReader(db),
    ...profileWriter(db),
    ...useWriter(db),
    ...inheritWriter(db),
  };
}

async function setIncludes(db: Database<'watch'>, id: string, includes: readonly string[]): Promise<void> {
  if (includes.length === 0) return;
  await db
    .insertInto('watch.profile_include')
    .values(includes.map((included) => ({ profile_id: id, included_id: included })))
    .execute();
}
