import { sql } from 'kysely';
import { numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import type { Language } from '#contract/words.ts';

/** A resolved incident in the list of reports. */
export interface ResolvedIncident {
  readonly ticketId: string;
  readonly number: number;
  readonly title: string;
  readonly resolvedAt: string;
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
  };
}
