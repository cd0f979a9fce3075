import { sql } from 'kysely';
import { z } from 'zod';
import { ticketKind, ticketState } from '#contract/desk.ts';
import type { Language } from '#contract/words.ts';
import { likePattern, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { foldText } from '../finding/fold-text.ts';

const row = z.object({
  id: z.string(),
  number: z.number(),
  kind: ticketKind,
  title: z.string(),
  state: ticketState,
  openedAt: z.date(),
  updatedAt: z.date(),
  resolvedAt: z.date().nullable(),
  score: z.number().nullable(),
});

function toMine(raw: unknown) {
  const one = row.parse(raw);
  return {
    ...one,
    openedAt: one.openedAt.toISOString(),
    updatedAt: one.updatedAt.toISOString(),
    resolvedAt: one.resolvedAt?.toISOString() ?? null,
    mayRate: one.score === null && (one.state === 'resolved' || one.state === 'solved'),
  };
}

function columnsIn(language: Language) {
  return sql`t.id, t.number, t.kind, ${sql.raw(`t.title_${language}`)} as title, t.state, t.opened_at as "openedAt",
    coalesce(t.last_message_at, t.opened_at) as "updatedAt", t.resolved_at as "resolvedAt",
    (select s.score from desk.satisfaction s where s.ticket_id = t.id) as score`;
}

const own = (personId: string) =>
  sql`t.requester_id = (select r.id from desk.requester r where r.person_id = ${personId})`;

/** All SQL of what requesters see: only tickets of which they are the requester, and nothing internal of those. */
export function mineStore(db: Database<'desk'>) {
  return {
    async list(
      asked: { limit: number; after?: string | undefined; open?: boolean | undefined; search: string },
      personId: string,
      language: Language,
    ) {
      const before = numberCursor(asked.after);
      const pattern = likePattern(foldText(asked.search.trim()));
      const conditions = [
        own(personId),
        ...(asked.open === undefined ? [] : [sql`(t.state not in ('resolved', 'cancelled')) = ${asked.open}`]),
        // What is written in notes must not be found out by looking for it.
        ...(asked.search.trim() === ''
          ? []
          : [
              sql`(desk.fold(t.title_en || ' ' || t.title_fr) like ${pattern} or exists (select from desk.message m
                where m.ticket_id = t.id and m.visibility = 'public' and desk.fold(m.body) like ${pattern}))`,
            ]),
      ];
      const where = sql.join(conditions, sql` and `);
      const { rows } = await sql`select ${columnsIn(language)} from desk.ticket t
        where ${where} and ${before === null ? sql`true` : sql`t.number < ${before}`}
        order by t.number desc limit ${asked.limit}`.execute(db);
      const counted = await sql<{
        count: number;
      }>`select count(*)::integer as count from desk.ticket t where ${where}`.execute(db);
      const items = rows.map(toMine);
      return {
        items,
        total: counted.rows[0]?.count ?? 0,
        next: items.length === asked.limit ? String(items.at(-1)?.number) : null,
      };
    },
    /** Services that somebody uses, with their names. */
    async servicesOf(personId: string): Promise<ReadonlyMap<string, string>> {
      const { rows } = await sql<{ id: string; name: string }>`select s.id, s.name from estate.pub_service_user u
        join estate.pub_service s on s.id = u.service_id where u.person_id = ${personId} limit 500`.execute(db);
      return new Map(rows.map((one) => [one.id, one.name]));
    },
    /** What fails now, and since when, of incidents that are not silenced. */
    async failing(): Promise<{ kind: 'site' | 'host' | 'service'; id: string; since: Date }[]> {
      const { rows } = await sql<{ kind: 'site' | 'host' | 'service'; id: string; since: Date }>`
        select cause_kind as kind, cause_id as id, failing_since as since from desk.ticket t
        where state not in ('resolved', 'cancelled', 'solved') and cause_id is not null and kind = 'incident' and not silenced
          and exists (select from desk.alert a where a.ticket_id = t.id and a.cleared_at is null)
        order by failing_since limit 200`.execute(db);
      return rows;
    },
    async get(id: string, personId: string, language: Language) {
      const { rows } = await sql`select ${columnsIn(language)} from desk.ticket t
        where t.id = ${id} and ${own(personId)}`.execute(db);
      return rows[0] === undefined ? null : toMine(rows[0]);
    },
  };
}
