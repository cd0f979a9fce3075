import { sql } from 'kysely';
import { z } from 'zod';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

const mention = z.object({
  messageId: z.string(),
  ticketId: z.string(),
  number: z.number(),
  title: z.string(),
  by: z.string(),
  at: z.date(),
});

/** All SQL about who was mentioned and has not looked yet. */
export function mentionStore(db: Database<'desk'>) {
  return {
    async unseen({ me, language }: { me: string; language: Language }) {
      const title = language === 'fr' ? sql`t.title_fr` : sql`t.title_en`;
      const { rows } =
        await sql`select n.message_id as "messageId", m.ticket_id as "ticketId", t.number, ${title} as title,
          m.who_name as by, n.at
        from desk.mention n join desk.message m on m.id = n.message_id join desk.ticket t on t.id = m.ticket_id
        where n.person_id = ${me} and n.seen_at is null order by n.at desc limit 100`.execute(db);
      return rows.map((row) => {
        const one = mention.parse(row);
        return { ...one, at: one.at.toISOString() };
      });
    },
  };
}
