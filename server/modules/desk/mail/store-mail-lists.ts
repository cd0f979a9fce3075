import { sql } from 'kysely';
import { z } from 'zod';
import { mailKind, mailOutcome, type MailOfMessage, type MailRow } from '#contract/desk-mail-words.ts';
import type { Language } from '#contract/words.ts';
import { likePattern } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import { mailFacts, type MailInRow } from './store-mail-in.ts';

const rowColumns = sql`i.id, i.received_at, i.from_name, i.from_address, i.envelope_from, i.subject, i.kind, i.state, i.outcome, i.reason,
  i.spoofed, b.name as mailbox, t.id as ticket_id, t.number, t.title_en, t.title_fr`;

const listed = z.object({
  id: z.string(),
  received_at: z.date(),
  from_name: z.string(),
  from_address: z.string(),
  envelope_from: z.string().nullable(),
  subject: z.string(),
  kind: mailKind.nullable(),
  state: z.enum(['waiting', 'done', 'aside']),
  outcome: mailOutcome.nullable(),
  reason: z.string(),
  spoofed: z.boolean(),
  mailbox: z.string().nullable(),
  ticket_id: z.string().nullable(),
  number: z.number().nullable(),
  title_en: z.string().nullable(),
  title_fr: z.string().nullable(),
});

function personIn(row: { from_name: string; from_address: string; envelope_from: string | null }): string {
  const address = row.from_address === '' ? (row.envelope_from ?? '') : row.from_address;
  return row.from_name === '' ? address : `${row.from_name} <${address}>`;
}

function toRow(raw: unknown, language: Language): MailRow {
  const row = listed.parse(raw);
  const title = language === 'fr' ? row.title_fr : row.title_en;
  return {
    id: row.id,
    at: row.received_at.toISOString(),
    from: personIn(row),
    subject: row.subject,
    mailbox: row.mailbox,
    kind: row.kind,
    state: row.state,
    outcome: row.outcome,
    reason: row.reason,
    spoofed: row.spoofed,
    ticket:
      row.ticket_id === null || row.number === null
        ? null
        : { id: row.ticket_id, number: row.number, title: title ?? '' },
  };
}

/** "…moment_id": where a page of mails ends. */
function placeOf(cursor: string | undefined): { at: Date; id: string } | null {
  if (cursor === undefined) return null;
  const [at = '', id = ''] = cursor.split('_');
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime()) || !z.uuid().safeParse(id).success)
    throw new Refusal('bad_input', {}, [{ path: 'after', reason: 'cursor' }]);
  return { at: moment, id };
}

const whichMails = {
  all: sql`true`,
  aside: sql`i.state = 'aside'`,
  kept: sql`i.outcome = 'kept'`,
  bounce: sql`i.kind in ('bounce', 'delay_notice')`,
  flagged: sql`i.spoofed or i.standing in ('stranger', 'spoofed')`,
};

function lists(db: Database<'desk'>) {
  return {
    async list(
      asked: { which: keyof typeof whichMails; search: string; after?: string | undefined; limit: number },
      language: Language,
    ): Promise<{ items: MailRow[]; next: string | null; total: number }> {
      const after = placeOf(asked.after);
      const like = likePattern(asked.search);
      const found =
        asked.search === ''
          ? sql`true`
          : sql`(i.subject ilike ${like} or i.from_address ilike ${like} or i.from_name ilike ${like} or i.message_id ilike ${like})`;
      const within = sql`${whichMails[asked.which]} and ${found}`;
      const from = sql`from desk.mail_in i left join desk.mailbox b on b.id = i.mailbox_id left join desk.ticket t on t.id = i.ticket_id`;
      const { rows } = await sql`select ${rowColumns} ${from} where ${within}
        ${after === null ? sql`` : sql`and (i.received_at, i.id) < (${after.at}, ${after.id}::uuid)`}
        order by i.received_at desc, i.id desc limit ${asked.limit}`.execute(db);
      const { rows: counted } = await sql<{ count: number }>`select count(*)::int as count
        from (select 1 from desk.mail_in i where ${within} limit 10000) c`.execute(db);
      const items = rows.map((row) => toRow(row, language));
      const last = items.at(-1);
      return {
        items,
        next: items.length === asked.limit && last !== undefined ? `${last.at}_${last.id}` : null,
        total: counted[0]?.count ?? 0,
      };
    },
    async row(id: string, language: Language): Promise<MailRow | null> {
      const { rows } =
        await sql`select ${rowColumns} from desk.mail_in i left join desk.mailbox b on b.id = i.mailbox_id
        left join desk.ticket t on t.id = i.ticket_id where i.id = ${id}`.execute(db);
      return rows[0] === undefined ? null : toRow(rows[0], language);
    },
  };
}

function views(db: Database<'desk'>) {
  return {
    async raw(id: string): Promise<{ blobId: string; sizeBytes: number } | null> {
      const { rows } = await sql<{
        blobId: string;
        sizeBytes: number;
      }>`select b.id as "blobId", b.size_bytes as "sizeBytes"
        from desk.mail_in i join desk.blob b on b.id = i.raw_id where i.id = ${id}`.execute(db);
      return rows[0] ?? null;
    },
    /** Whether a mail's bytes are all here and were understood. */
    async readable(id: string): Promise<boolean> {
      const { rows } = await sql<{ can: boolean }>`select not cut and state = 'done' as can
        from desk.mail_in where id = ${id}`.execute(db);
      return rows[0]?.can ?? false;
    },
    /** Mails that began a conversation since then, newest first: what rules can be tried on. */
    async begun(since: Date, most: number): Promise<MailInRow[]> {
      return db
        .selectFrom('desk.mail_in')
        .selectAll()
        .where('received_at', '>=', since)
        .where('state', '=', 'done')
        .where(sql<boolean>`(facts ->> 'begins')::boolean`)
        .orderBy('received_at', 'desc')
        .limit(most)
        .execute();
    },
    /** Mails of a ticket that stand in its conversation. */
    async ofTicket(ticketId: string): Promise<MailOfMessage[]> {
      const { rows } = await sql<MailInRow & { written_id: string }>`select i.* from desk.mail_in i
        join desk.message m on m.id = i.written_id where m.ticket_id = ${ticketId} and i.outcome in ('ticket', 'reply', 'note')
        order by i.received_at limit 1000`.execute(db);
      return rows.map((row) => {
        const facts = mailFacts.parse(row.facts);
        return {
          mailId: row.id,
          messageId: row.written_id,
          kind: mailKind.nullable().parse(row.kind),
          from: personIn(row),
          spoofed: row.spoofed,
          trusted: row.standing === 'participant',
          formatted: facts.formatted,
          forwardedFrom: facts.forwardedFrom,
          calendar: facts.calendar,
        };
      });
    },
  };
}

/** All SQL that shows mails that came in. */
export function mailListStore(db: Database<'desk'>) {
  return { ...lists(db), ...views(db) };
}
