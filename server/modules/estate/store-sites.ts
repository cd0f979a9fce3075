import { sql } from 'kysely';
import type { z } from 'zod';
import type { site } from '#contract/estate.ts';
import { likePattern, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { isUniqueViolation } from '#platform/unique-violation.ts';
import { carries, tagsOf } from './store-tags.ts';

export type Site = z.infer<typeof site>;
export type SiteFields = Pick<Site, 'name' | 'place' | 'note'>;

const siteName = 'site_name';

interface SiteRow {
  id: string;
  tags: string[];
  name: string;
  place: string;
  note: string;
  host_count: number;
  created_at: Date;
}

function toSite(row: SiteRow): Site {
  return {
    id: row.id,
    name: row.name,
    tags: row.tags,
    place: row.place,
    note: row.note,
    hostCount: row.host_count,
    createdAt: row.created_at.toISOString(),
  };
}

function siteReader(db: Database<'estate'>) {
  const whole = db
    .selectFrom('estate.site as site')
    .select(['site.id', 'site.name', 'site.place', 'site.note', 'site.created_at'])
    .select(sql<number>`(select count(*) from estate.host where host.site_id = site.id)`.as('host_count'))
    .select(tagsOf('site').as('tags'));
  return {
    async get(id: string): Promise<Site | null> {
      const row = await whole.where('site.id', '=', id).executeTakeFirst();
      return row === undefined ? null : toSite(row);
    },
    async list(asked: {
      search?: string | undefined;
      tag?: string | undefined;
      after?: string | undefined;
      limit: number;
    }): Promise<{ items: Site[]; total: number }> {
      const pattern = likePattern(asked.search ?? '');
      const counted = await db
        .selectFrom('estate.site as site')
        .select(sql<number>`count(*)`.as('count'))
        .where((where) => where.or([where('site.name', 'ilike', pattern), where('site.place', 'ilike', pattern)]))
        .$if(asked.tag !== undefined, (all) => all.where(carries('site', asked.tag ?? '')))
        .executeTakeFirstOrThrow();
      const rows = await whole
        .where((where) => where.or([where('site.name', 'ilike', pattern), where('site.place', 'ilike', pattern)]))
        .$if(asked.tag !== undefined, (all) => all.where(carries('site', asked.tag ?? '')))
        .orderBy('site.name')
        .orderBy('site.id')
        .limit(asked.limit)
        .offset(numberCursor(asked.after) ?? 0)
        .execute();
      return { items: rows.map(toSite), total: counted.count };
    },
  };
}

function siteWriter(db: Database<'estate'>) {
  return {
    /** Returns false when the name is taken. */
    async add(id: string, fields: SiteFields, createdAt: Date): Promise<boolean> {
      const row = await db
        .insertInto('estate.site')
        .values({ id, ...fields, created_at: createdAt })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Returns false when the name is taken. */
    async change(id: string, set: Partial<SiteFields>): Promise<boolean> {
      try {
        await db.updateTable('estate.site').set(set).where('id', '=', id).execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error, siteName)) return false;
        throw error;
      }
    },
    /** Holds the site until the end of the transaction, so that no host is put into one that is being removed. */
    async hold(id: string): Promise<boolean> {
      const row = await db.selectFrom('estate.site').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
      return row !== undefined;
    },
    async firstHost(id: string): Promise<string | null> {
      const row = await db
        .selectFrom('estate.host')
        .select('name')
        .where('site_id', '=', id)
        .orderBy('name')
        .limit(1)
        .executeTakeFirst();
      return row?.name ?? null;
    },
    async remove(id: string): Promise<void> {
      await db.deleteFrom('estate.site').where('id', '=', id).execute();
    },
  };
}

/** All SQL about sites. */
export function siteStore(db: Database<'estate'>) {
  return { ...siteReader(db), ...siteWriter(db) };
}
