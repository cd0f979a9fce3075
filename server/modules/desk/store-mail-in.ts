import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { mailKind, mailOutcome, type MailOfMessage, type MailRow } from '#contract/desk-mail-words.ts';
import type { Language } from '#contract/words.ts';
import type { FlightStep } from '#mail/flight-record.ts';
import { likePattern } from '#platform/cursor.ts';
import type { Database, Tables } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';

/** What rules look at in a mail, and what the screen shows of it beside its words. */
export const mailFacts = z.object({
  to: z.array(z.string()).default([]),
  /** The beginning of what its writer wrote. */
  words: z.string().default(''),
  forwardedFrom: z.object({ name: z.string(), address: z.string() }).nullable().default(null),
  calendar: z
    .object({ summary: z.string(), start: z.string(), end: z.string(), location: z.string(), method: z.string() })
    .nullable()
    .default(null),
  references: z.array(z.string()).default([]),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  /** It began a conversation: only such a mail do rules look at. */
  begins: z.boolean().default(false),
});
export type MailFacts = z.infer<typeof mailFacts>;

/** A mail that was taken in and not looked at yet. */
export interface ArrivedMail {
  readonly id: string;
  readonly mailboxId: string | null;
  readonly via: 'imap' | 'smtp' | 'lmtp';
  readonly envelopeFrom: string | null;
  readonly envelopeTo: readonly string[];
  readonly remote: string;
  readonly rawId: string;
  readonly sizeBytes: number;
  readonly cut: boolean;
  readonly at: Date;
}

/** What was found out about it. */
export interface JudgedMail {
  readonly key: string | null;
  readonly messageId: string | null;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly subject: string;
  readonly kind: z.infer<typeof mailKind> | null;
  readonly spoofed: boolean;
  readonly standing: 'participant' | 'stranger' | 'spoofed' | null;
  readonly wordsPrint: string;
  readonly facts: MailFacts;
}

/** What became of it. */
export interface FiledMail {
  readonly state: 'done' | 'aside';
  readonly outcome: z.infer<typeof mailOutcome> | null;
  readonly reason: string;
  readonly ticketId: string | null;
  readonly writtenId: string | null;
}

export type MailInRow = Selectable<Tables<'desk'>['desk.mail_in']>;

function domainOf(address: string): string {
  return address.split('@').at(-1)?.toLowerCase() ?? '';
}

function arrivals(db: Database<'desk'>) {
  return {
    /** Whether these very bytes came to this mailbox before; that they came again is noted. */
    async cameBefore(mailboxId: string, rawHash: Buffer): Promise<boolean> {
      const { rows } = await sql`update desk.mail_in i set again = i.again + 1 from desk.blob b
        where b.hash = ${rawHash} and i.raw_id = b.id and i.mailbox_id = ${mailboxId} and i.via = 'imap' returning i.id`.execute(
        db,
      );
      return rows.length > 0;
    },
    async add(mail: ArrivedMail): Promise<void> {
      await db
        .insertInto('desk.mail_in')
        .values({
          id: mail.id,
          mailbox_id: mail.mailboxId,
          via: mail.via,
          envelope_from: mail.envelopeFrom,
          envelope_to: [...mail.envelopeTo],
          remote: mail.remote,
          raw_id: mail.rawId,
          size_bytes: mail.sizeBytes,
          cut: mail.cut,
          received_at: mail.at,
          state: 'waiting',
          next_at: mail.at,
        })
        .execute();
    },
    /** Mails that wait to be looked at, each given to one who asks; one that is not finished by `until` comes again. */
    async claim(now: Date, until: Date, most: number): Promise<MailInRow[]> {
      const { rows } = await sql<MailInRow>`update desk.mail_in set next_at = ${until}, tries = tries + 1
        where id in (select id from desk.mail_in where state = 'waiting' and next_at <= ${now}
          order by next_at, id limit ${most} for update skip locked) returning *`.execute(db);
      return rows.toSorted((a, b) => a.received_at.getTime() - b.received_at.getTime() || (a.id < b.id ? -1 : 1));
    },
    async nextAt(): Promise<Date | null> {
      const { rows } = await sql<{
        at: Date | null;
      }>`select min(next_at) as at from desk.mail_in where state = 'waiting'`.execute(db);
      return rows[0]?.at ?? null;
    },
    async hold(id: string): Promise<MailInRow | null> {
      const row = await db.selectFrom('desk.mail_in').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      return row ?? null;
    },
    async get(id: string): Promise<MailInRow | null> {
      return (await db.selectFrom('desk.mail_in').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },
    async await(id: string, at: Date): Promise<void> {
      await db
        .updateTable('desk.mail_in')
        .set({ state: 'waiting', outcome: null, reason: '', next_at: at, tries: 0 })
        .where('id', '=', id)
        .execute();
    },
    /** The mail that this is, when it came before: by what makes a message itself. */
    async sameAs(key: string, id: string): Promise<string | null> {
      const { rows } = await sql<{ id: string }>`update desk.mail_in set again = again + 1
        where key = ${key} and id <> ${id} returning id`.execute(db);
      return rows[0]?.id ?? null;
    },
    async finish(
      id: string,
      {
        judged,
        filed,
        steps,
        at,
      }: { judged: JudgedMail | null; filed: FiledMail; steps: readonly FlightStep[]; at: Date },
    ): Promise<void> {
      await db
        .updateTable('desk.mail_in')
        .set({
          state: filed.state,
          outcome: filed.outcome,
          reason: filed.reason,
          ticket_id: filed.ticketId,
          written_id: filed.writtenId,
          steps: JSON.stringify(steps),
          processed_at: at,
          ...(judged === null
            ? {}
            : {
                key: judged.key,
                message_id: judged.messageId,
                from_name: judged.fromName,
                from_address: judged.fromAddress,
                subject: judged.subject,
                kind: judged.kind,
                spoofed: judged.spoofed,
                standing: judged.standing,
                domain: domainOf(judged.fromAddress),
                words_print: judged.wordsPrint,
                facts: JSON.stringify(judged.facts),
              }),
        })
        .where('id', '=', id)
        .execute();
    },
    async toTicket(
      id: string,
      { ticketId, writtenId, steps }: { ticketId: string; writtenId: string; steps: readonly FlightStep[] },
    ): Promise<void> {
      await db
        .updateTable('desk.mail_in')
        .set({
          state: 'done',
          outcome: 'ticket',
          ticket_id: ticketId,
          written_id: writtenId,
          steps: sql`steps || ${JSON.stringify(steps)}::jsonb`,
        })
        .where('id', '=', id)
        .execute();
    },
    async addSteps(
      id: string,
      steps: readonly FlightStep[],
      change: { standing?: 'participant'; outcome?: 'reply' } = {},
    ): Promise<void> {
      await db
        .updateTable('desk.mail_in')
        .set({ steps: sql`steps || ${JSON.stringify(steps)}::jsonb`, ...change })
        .where('id', '=', id)
        .execute();
    },
  };
}

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
    async raw(id: string): Promise<{ blobId: string; sizeBytes: number } | null> {
      const { rows } = await sql<{
        blobId: string;
        sizeBytes: number;
      }>`select b.id as "blobId", b.size_bytes as "sizeBytes"
        from desk.mail_in i join desk.blob b on b.id = i.raw_id where i.id = ${id}`.execute(db);
      return rows[0] ?? null;
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
          forwardedFrom: facts.forwardedFrom,
          calendar: facts.calendar,
        };
      });
    },
  };
}

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

/** All SQL about mails that came in. */
export function mailInStore(db: Database<'desk'>) {
  return { ...arrivals(db), ...lists(db), ...threads(db) };
}
