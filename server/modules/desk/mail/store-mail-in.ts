import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import type { mailKind, mailOutcome } from '#contract/desk-mail-words.ts';
import type { FlightStep } from '#mail/flight-record.ts';
import type { Database, Tables } from '#platform/database.ts';

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
  /** It was written with HTML. */
  formatted: z.boolean().default(true),
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
  };
}

function filing(db: Database<'desk'>) {
  return {
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
  };
}

function later(db: Database<'desk'>) {
  return {
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

/** All SQL about mails that came in, until they are filed. */
export function mailInStore(db: Database<'desk'>) {
  return { ...arrivals(db), ...filing(db), ...later(db) };
}
