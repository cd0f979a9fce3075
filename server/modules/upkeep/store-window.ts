import { sql } from 'kysely';
import { z } from 'zod';
import { windowChange, windowRepeats, type WindowChange } from '#contract/maintenance-window.ts';
import { thingKind, thingRef, type Doer, type NamedThing, type ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import type { WindowPlan } from './window-turns.ts';

/** A maintenance window as it is stored. */
export interface StoredWindow extends WindowPlan {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly targets: readonly ThingRef[];
  readonly tags: readonly string[];
  readonly by: Doer;
  readonly createdAt: Date;
}

const targets = z.array(thingRef);
const changeFields = windowChange.shape.fields;
const changeWhat = windowChange.shape.what;
const mostChanges = 500;
const mostWindows = 1_000;

function windowRows(db: Database<'upkeep'>) {
  return db.selectFrom('upkeep.maintenance_window').selectAll();
}

function toWindow(row: Awaited<ReturnType<ReturnType<typeof windowRows>['executeTakeFirstOrThrow']>>): StoredWindow {
  return {
    id: row.id,
    name: row.name,
    reason: row.reason,
    targets: targets.parse(row.targets),
    tags: row.tags,
    startsAt: row.starts_at,
    durationMinutes: row.duration_minutes,
    repeats: windowRepeats.parse(row.repeats),
    days: row.days,
    timeZone: row.time_zone,
    lastAt: row.last_at,
    endedAt: row.ended_at,
    by: { kind: 'person', id: row.by_id, name: row.by_name },
    createdAt: row.created_at,
  };
}

function windowHistory(db: Database<'upkeep'>) {
  return {
    async note(
      windowId: string,
      change: Pick<WindowChange, 'what' | 'fields'> & { readonly at: Date; readonly by: Doer },
    ): Promise<void> {
      await db
        .insertInto('upkeep.window_change')
        .values({
          window_id: windowId,
          at: change.at,
          by_id: change.by.id,
          by_name: change.by.name,
          what: change.what,
          fields: JSON.stringify(change.fields),
        })
        .execute();
    },
    /** Newest first. */
    async changes(windowId: string): Promise<WindowChange[]> {
      const rows = await db
        .selectFrom('upkeep.window_change')
        .selectAll()
        .where('window_id', '=', windowId)
        .orderBy('id', 'desc')
        .limit(mostChanges)
        .execute();
      return rows.map((row) => ({
        at: row.at.toISOString(),
        by: { kind: 'person', id: row.by_id, name: row.by_name },
        what: changeWhat.parse(row.what),
        fields: changeFields.parse(row.fields),
      }));
    },
    /** The window, kept from others' changes until the transaction ends. */
    async hold(id: string): Promise<StoredWindow | null> {
      const row = await windowRows(db).where('id', '=', id).forUpdate().executeTakeFirst();
      return row === undefined ? null : toWindow(row);
    },
    async change(window: StoredWindow): Promise<void> {
      await db.updateTable('upkeep.maintenance_window').set(columnsOf(window)).where('id', '=', window.id).execute();
    },
  };
}

function coveredThings(db: Database<'upkeep'>) {
  return {
    /** The things among these that there are, with their names. */
    async named(things: readonly ThingRef[]): Promise<NamedThing[]> {
      if (things.length === 0) return [];
      const rows = await db
        .selectFrom('estate.pub_thing')
        .select(['kind', 'id', 'name'])
        .where('id', '=', sql<string>`any(${things.map(({ id }) => id)}::uuid[])`)
        .execute();
      return rows.flatMap(({ kind, id, name }) =>
        id === null || name === null ? [] : { kind: thingKind.parse(kind), id, name },
      );
    },
    /** What carries one of these tags now. */
    async tagged(tags: readonly string[]): Promise<(ThingRef & { readonly tag: string })[]> {
      if (tags.length === 0) return [];
      const rows = await db
        .selectFrom('estate.pub_tag')
        .selectAll()
        .where('tag', '=', sql<string>`any(${[...tags]}::text[])`)
        .execute();
      return rows.flatMap(({ thing_kind: kind, thing_id: id, tag }) =>
        id === null || tag === null ? [] : { kind: thingKind.parse(kind), id, tag },
      );
    },
  };
}

/** What can be changed of a window, as it stands in its row. */
function columnsOf(window: StoredWindow) {
  return {
    name: window.name,
    reason: window.reason,
    targets: JSON.stringify(window.targets),
    tags: [...window.tags],
    starts_at: window.startsAt,
    duration_minutes: window.durationMinutes,
    repeats: window.repeats,
    days: [...window.days],
    time_zone: window.timeZone,
    last_at: window.lastAt,
  };
}

/** All SQL about maintenance windows. */
export function windowStore(db: Database<'upkeep'>) {
  return {
    ...windowHistory(db),
    ...coveredThings(db),
    async all(): Promise<StoredWindow[]> {
      return (await windowRows(db).orderBy('created_at', 'desc').limit(mostWindows).execute()).map(toWindow);
    },
    /** Those that may have a turn at a moment, or had one until shortly before. */
    async alive(since: Date): Promise<StoredWindow[]> {
      const rows = await windowRows(db)
        .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>', since)]))
        .limit(mostWindows)
        .execute();
      return rows.map(toWindow);
    },
    async get(id: string): Promise<StoredWindow | null> {
      const row = await windowRows(db).where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toWindow(row);
    },
    async add(window: StoredWindow): Promise<void> {
      await db
        .insertInto('upkeep.maintenance_window')
        .values({
          id: window.id,
          ...columnsOf(window),
          by_id: window.by.id,
          by_name: window.by.name,
          created_at: window.createdAt,
        })
        .execute();
    },
    /** False when it was ended already. */
    async end(id: string, at: Date): Promise<boolean> {
      const row = await db
        .updateTable('upkeep.maintenance_window')
        .set({ ended_at: at })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
