import { sql } from 'kysely';
import { z } from 'zod';
import { ticketKind, ticketState } from '#contract/desk.ts';
import type { Language } from '#contract/words.ts';
import { likePattern, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { foldText } from './fold-text.ts';

const row = z.object({
  id: z.string(),
  number: z.number(),
  kind: ticketKind,
  title: z.string(),
  state: ticketState,
  openedAt: z.date(),
  updatedAt: z.date(),
  resolvedAt: z.date().nullable(),
});

function toMine(raw: unknown) {
  const one = row.parse(raw);
  return {
    ...one,
    openedAt: one.openedAt.toISOString(),
    updatedAt: one.updatedAt.toISOString(),
    resolvedAt: one.resolvedAt?.toISOString() ?? null,
  };
}

function columnsIn(language: Language) {
  return sql`t.id, t.number, t.kind, ${sql.raw(`t.title_${language}`)} as title, t.state, t.opened_at as "openedAt",
    coalesce(t.last_message_at, t.opened_at) as "updatedAt", t.resolved_at as "resolvedAt"`;
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
    async get(id: string, personId: string, language: Language) {
      const { rows } = await sql`select ${columnsIn(language)} from desk.ticket t
        where t.id = ${id} and ${own(personId)}`.execute(db);
      return rows[0] === undefined ? null : toMine(rows[0]);
    },
  };
}
