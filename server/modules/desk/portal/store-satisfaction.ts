import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '#platform/database.ts';

const said = z.object({ score: z.number(), comment: z.string(), at: z.date() });

/** All SQL about what requesters say of what was done. */
export function satisfactionStore(db: Database<'desk'>) {
  return {
    async of(ticketId: string): Promise<{ score: number; comment: string; at: string } | null> {
      const row = await db
        .selectFrom('desk.satisfaction')
        .select(['score', 'comment', 'at'])
        .where('ticket_id', '=', ticketId)
        .executeTakeFirst();
      if (row === undefined) return null;
      const { at, ...rest } = said.parse(row);
      return { ...rest, at: at.toISOString() };
    },
    /** False when it was said before. */
    async say(ticketId: string, score: number, comment: string, at: Date): Promise<boolean> {
      const row = await db
        .insertInto('desk.satisfaction')
        .values({ ticket_id: ticketId, score, comment, at })
        .onConflict((conflict) => conflict.doNothing())
        .returning('ticket_id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async figures(from: Date, until: Date) {
      const { rows } = await sql`select score, count(*)::integer as count from desk.satisfaction
        where at >= ${from} and at < ${until} group by score order by score desc`.execute(db);
      const resolved = await sql<{ count: number }>`select count(*)::integer as count from desk.ticket
        where state = 'resolved' and resolved_at >= ${from} and resolved_at < ${until} and requester_id is not null`.execute(
        db,
      );
      const scores = rows.map((row) => z.object({ score: z.number(), count: z.number() }).parse(row));
      return {
        scores,
        answers: scores.reduce((sum, { count }) => sum + count, 0),
        resolved: resolved.rows[0]?.count ?? 0,
      };
    },
  };
}
