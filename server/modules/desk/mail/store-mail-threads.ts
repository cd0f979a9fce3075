import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';
import { mailFacts } from './store-mail-in.ts';

function threads(db: Database<'desk'>) {
  return {
    /** Those of these Message-IDs that belong to a ticket here, each with it. */
    async known(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (ids.length === 0) return new Map();
      const some = [...ids].slice(0, 200);
      const { rows } = await sql<{ id: string; ticket: string }>`
        select mail_id as id, home_ticket_id as ticket from desk.message where mail_id = any(${some}::text[])
        union all select message_id, ticket_id from desk.mail_in
          where message_id = any(${some}::text[]) and ticket_id is not null and outcome in ('ticket', 'reply')
        union all select mail_id, ticket_id from desk.mail_out where mail_id = any(${some}::text[])`.execute(db);
      return new Map(rows.map(({ id, ticket }) => [id, ticket]));
    },
    /** The newest mail of a ticket that came from its people: what an answer answers. */
    async newest(ticketId: string): Promise<{ id: string; messageId: string; references: string[] } | null> {
      const { rows } = await sql<{ id: string; message_id: string; facts: unknown }>`
        select i.id, i.message_id, i.facts from desk.mail_in i join desk.message m on m.id = i.written_id
        where m.ticket_id = ${ticketId} and i.outcome in ('ticket', 'reply') and i.message_id is not null
        order by i.received_at desc limit 1`.execute(db);
      const row = rows[0];
      if (row === undefined) return null;
      return { id: row.id, messageId: row.message_id, references: mailFacts.parse(row.facts).references };
    },
    async someSame(domain: string, wordsPrint: string, since: Date): Promise<number> {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from (select 1 from desk.mail_in
        where domain = ${domain} and words_print = ${wordsPrint} and words_print <> '' and received_at >= ${since} limit 1000) s`.execute(
        db,
      );
      return rows[0]?.count ?? 0;
    },
  };
}

function messageWriter(db: Database<'desk'>) {
  return {
    /** What a message of ours says of its mail. */
    async markMessage(
      id: string,
      mail: { mailId: string | null; rawId: string; folds: readonly unknown[]; state: 'received' },
    ): Promise<void> {
      await db
        .updateTable('desk.message')
        .set({
          mail_id: mail.mailId,
          mail_raw_id: mail.rawId,
          mail_folds: JSON.stringify(mail.folds),
          mail_state: mail.state,
        })
        .where('id', '=', id)
        .execute();
    },
    async addFile(file: {
      id: string;
      ticketId: string;
      messageId: string;
      blobId: string;
      name: string;
      contentId: string;
      at: Date;
      byName: string;
    }): Promise<void> {
      await db
        .insertInto('desk.attachment')
        .values({
          id: file.id,
          ticket_id: file.ticketId,
          message_id: file.messageId,
          blob_id: file.blobId,
          name: file.name,
          content_id: file.contentId === '' ? null : file.contentId,
          added_at: file.at,
          added_by_id: null,
          added_by_name: file.byName,
        })
        .execute();
    },
    async publish(messageId: string, requesterId: string): Promise<void> {
      await db
        .updateTable('desk.message')
        .set({ visibility: 'public', requester_id: requesterId })
        .where('id', '=', messageId)
        .execute();
    },
  };
}

/** All SQL about the conversations that mails belong to, and about what they become in them. */
export function mailThreadStore(db: Database<'desk'>) {
  return { ...threads(db), ...messageWriter(db) };
}
