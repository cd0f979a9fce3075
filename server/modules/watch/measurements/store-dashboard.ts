import { sql } from 'kysely';
import { z } from 'zod';
import { widget, type Widget } from '#contract/dashboard.ts';
import type { Database } from '#platform/database.ts';

/** A dashboard as it is stored. */
export interface StoredDashboard {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly shared: boolean;
  readonly widgets: readonly Widget[];
  readonly version: number;
  readonly changedAt: Date;
}

// A widget of a kind that is no longer known is left out rather than keeping its dashboard from being shown.
const stored = z.array(z.unknown());

function readWidgets(content: unknown): Widget[] {
  return stored.parse(content).flatMap((each) => {
    const found = widget.safeParse(each);
    return found.success ? [found.data] : [];
  });
}

/** All SQL about dashboards. */
export function dashboardStore(db: Database<'watch'>) {
  return {
    /** Those of a person and those that are shared. */
    async visible(personId: string): Promise<StoredDashboard[]> {
      const rows = await db
        .selectFrom('watch.dashboard')
        .selectAll()
        .where((where) => where.or([where('owner_id', '=', personId), where('shared', '=', true)]))
        .orderBy('name')
        .orderBy('id')
        .limit(500)
        .execute();
      return rows.map(toDashboard);
    },
    async get(id: string): Promise<StoredDashboard | null> {
      const row = await db.selectFrom('watch.dashboard').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toDashboard(row);
    },
    async count(): Promise<number> {
      const row = await db
        .selectFrom('watch.dashboard')
        .select((select) => select.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return row.count;
    },
    async add(added: StoredDashboard): Promise<void> {
      await db
        .insertInto('watch.dashboard')
        .values({
          id: added.id,
          name: added.name,
          owner_id: added.ownerId,
          owner_name: added.ownerName,
          shared: added.shared,
          content: JSON.stringify(added.widgets),
          created_at: added.changedAt,
          changed_at: added.changedAt,
        })
        .execute();
    },
    /** False when the stored version is another one. */
    async change(changed: StoredDashboard): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('watch.dashboard')
        .set({
          name: changed.name,
          shared: changed.shared,
          content: JSON.stringify(changed.widgets),
          version: sql<number>`version + 1`,
          changed_at: changed.changedAt,
        })
        .where('id', '=', changed.id)
        .where('version', '=', changed.version)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async remove(id: string): Promise<void> {
      await db.deleteFrom('watch.dashboard').where('id', '=', id).execute();
    },
  };
}

interface DashboardRead {
  id: string;
  name: string;
  owner_id: string;
  owner_name: string;
  shared: boolean;
  content: unknown;
  version: number;
  changed_at: Date;
}

function toDashboard(row: DashboardRead): StoredDashboard {
  return {
    id: row.id,
    name: row.name,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    shared: row.shared,
    widgets: readWidgets(row.content),
    version: row.version,
    changedAt: row.changed_at,
  };
}
