import { sql } from 'kysely';
import { numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import type { InBoth, Language } from '#contract/words.ts';

/** A resolved incident in the list of reports. */
export interface ResolvedIncident {
  readonly ticketId: string;
  readonly number: number;
  readonly title: string;
  readonly resolvedAt: string;
  readonly outageSeconds: number | null;
}

/** An incident that was opened within a period. */
export interface OpenedIncident {
  readonly ticketId: string;
  readonly number: number;
  readonly title: InBoth;
  readonly openedAt: Date;
  readonly outageSeconds: number | null;
}

/** All SQL of reports: it keeps nothing of its own and reads what desk publishes. */
export function reportStore(db: Database<'reports'>) {
  return {
    /** Newest first. */
    async resolved(
      asked: { readonly after?: string | undefined; readonly limit: number },
      language: Language,
    ): Promise<{ items: ResolvedIncident[]; total: number }> {
      const all = db.selectFrom('desk.pub_ticket').where('resolved_at', 'is not', null);
      const counted = await all.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
      const rows = await all
        .select(['id', 'number', 'title_en', 'title_fr', 'resolved_at', 'outage_seconds'])
        .orderBy('resolved_at', 'desc')
        .orderBy('id', 'desc')
        .limit(asked.limit)
        .offset(numberCursor(asked.after) ?? 0)
        .execute();
      const items = rows.flatMap((row) =>
        row.resolved_at === null
          ? []
          : [
              {
                ticketId: row.id,
                number: row.number,
                title: language === 'fr' ? row.title_fr : row.title_en,
                resolvedAt: row.resolved_at.toISOString(),
                outageSeconds: row.outage_seconds,
              },
            ],
      );
      return { items, total: counted.count };
    },
    /** Incidents that were opened within a period, oldest first, with half-way of how long their outages lasted. */
    async opened(
      from: Date,
      until: Date,
      most: number,
    ): Promise<{ items: OpenedIncident[]; total: number; medianOutageSeconds: number | null }> {
      const all = db.selectFrom('desk.pub_ticket').where('opened_at', '>=', from).where('opened_at', '<', until);
      const counted = await all
        .select([
          sql<number>`count(*)`.as('count'),
          sql<number | null>`percentile_cont(0.5) within group (order by outage_seconds)`.as('median'),
        ])
        .executeTakeFirstOrThrow();
      const rows = await all
        .select(['id', 'number', 'title_en', 'title_fr', 'opened_at', 'outage_seconds'])
        .orderBy('opened_at')
        .orderBy('id')
        .limit(most)
        .execute();
      const items = rows.map((row) => ({
        ticketId: row.id,
        number: row.number,
        title: { en: row.title_en, fr: row.title_fr },
        openedAt: row.opened_at,
        outageSeconds: row.outage_seconds,
      }));
      return { items, total: counted.count, medianOutageSeconds: counted.median };
    },
  };
}
