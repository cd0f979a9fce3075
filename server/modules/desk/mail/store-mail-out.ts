import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { mailDelivery, type MailDelivery } from '#contract/desk-mail-words.ts';
import { language as languages, type Language } from '#contract/words.ts';
import type { FlightStep } from '#mail/flight-record.ts';
import type { SendCounts } from '#mail/send-budget.ts';
import type { Database, Tables } from '#platform/database.ts';
import { tellFlight } from './mail-step.ts';

const person = z.object({ name: z.string(), address: z.string() });
const people = z.object({ to: z.array(person), cc: z.array(person).default([]) });
export type MailPeople = z.infer<typeof people>;

/** A mail that is to go out. */
export interface NewMailOut {
  readonly id: string;
  readonly ticketId: string;
  readonly messageId: string | null;
  readonly mailboxId: string | null;
  readonly kind: MailDelivery['kind'];
  readonly recipients: MailPeople;
  readonly language: Language;
  readonly automatic: boolean;
  readonly answersId: string | null;
  readonly state: 'waiting' | 'held' | 'failed';
  readonly at: Date;
  readonly steps: readonly FlightStep[];
}

/** One that waits, as whoever sends it needs it. */
export interface QueuedMail {
  readonly id: string;
  readonly ticketId: string;
  readonly messageId: string | null;
  readonly mailboxId: string | null;
  readonly kind: MailDelivery['kind'];
  readonly recipients: MailPeople;
  readonly language: Language;
  readonly automatic: boolean;
  readonly answersId: string | null;
  readonly tries: number;
  readonly createdAt: Date;
}

type Row = Selectable<Tables<'desk'>['desk.mail_out']>;
const kinds = mailDelivery.shape.kind;
const states = z.enum(['waiting', 'sent', 'failed', 'bounced', 'held']);

function toQueued(row: Row): QueuedMail {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    messageId: row.message_id,
    mailboxId: row.mailbox_id,
    kind: kinds.parse(row.kind),
    recipients: people.parse(row.recipients),
    language: languages.parse(row.language),
    automatic: row.automatic,
    answersId: row.answers_id,
    tries: row.tries,
    createdAt: row.created_at,
  };
}

function queue(db: Database<'desk'>) {
  return {
    async add(mail: NewMailOut): Promise<void> {
      const address = mail.recipients.to[0]?.address.toLowerCase() ?? '';
      await db
        .insertInto('desk.mail_out')
        .values({
          id: mail.id,
          ticket_id: mail.ticketId,
          message_id: mail.messageId,
          mailbox_id: mail.mailboxId,
          kind: mail.kind,
          recipients: JSON.stringify(mail.recipients),
          address,
          domain: address.split('@').at(-1) ?? '',
          language: mail.language,
          automatic: mail.automatic,
          answers_id: mail.answersId,
          state: mail.state,
          next_at: mail.at,
          created_at: mail.at,
          steps: JSON.stringify(mail.steps),
        })
        .execute();
    },
    async claim(now: Date, until: Date, most: number): Promise<QueuedMail[]> {
      const { rows } = await sql<Row>`update desk.mail_out set next_at = ${until}, tries = tries + 1
        where id in (select id from desk.mail_out where state = 'waiting' and next_at <= ${now}
          order by next_at, id limit ${most} for update skip locked) returning *`.execute(db);
      return rows.map(toQueued);
    },
    async nextAt(): Promise<Date | null> {
      const { rows } = await sql<{
        at: Date | null;
      }>`select min(next_at) as at from desk.mail_out where state = 'waiting'`.execute(db);
      return rows[0]?.at ?? null;
    },
  };
}

/** What a message says of its mails: the worst of them. */
async function settleMessage(db: Database<'desk'>, messageId: string): Promise<void> {
  await sql`update desk.message m set mail_state = s.state, mail_id = coalesce(m.mail_id, s.mail_id) from (
      select case when bool_or(state = 'bounced') then 'bounced' when bool_or(state = 'failed') then 'failed'
        when bool_or(state = 'waiting') then 'waiting' when bool_or(state = 'sent') then 'sent' end as state,
        min(mail_id) as mail_id
      from desk.mail_out where message_id = ${messageId}) s where m.id = ${messageId}`.execute(db);
}

function ends(db: Database<'desk'>) {
  return {
    async note(
      id: string,
      to: {
        state: 'waiting' | 'sent' | 'failed' | 'bounced';
        at: Date;
        nextAt?: Date;
        mailId?: string;
        said: string;
        steps: readonly FlightStep[];
      },
    ): Promise<{ ticketId: string; messageId: string | null } | null> {
      const row = await db
        .updateTable('desk.mail_out')
        .set({
          state: to.state,
          said: to.said,
          // The last attempts are enough of a record.
          steps: sql`(case when jsonb_array_length(steps) > 30 then '[]'::jsonb else steps end) || ${JSON.stringify(to.steps)}::jsonb`,
          ...(to.nextAt === undefined ? {} : { next_at: to.nextAt }),
          ...(to.mailId === undefined ? {} : { mail_id: to.mailId }),
          ...(to.state === 'sent' ? { sent_at: to.at } : {}),
        })
        .where('id', '=', id)
        .returning(['ticket_id', 'message_id', 'mail_id'])
        .executeTakeFirst();
      if (row === undefined) return null;
      if (row.message_id !== null) await settleMessage(db, row.message_id);
      return { ticketId: row.ticket_id, messageId: row.message_id };
    },
    async again(id: string, at: Date): Promise<{ ticketId: string; messageId: string | null } | null> {
      const row = await db
        .updateTable('desk.mail_out')
        .set({ state: 'waiting', next_at: at, tries: 0, created_at: at })
        .where('id', '=', id)
        .where('state', 'in', ['failed', 'bounced'])
        .returning(['ticket_id', 'message_id'])
        .executeTakeFirst();
      if (row === undefined) return null;
      if (row.message_id !== null) await settleMessage(db, row.message_id);
      return { ticketId: row.ticket_id, messageId: row.message_id };
    },
    settleMessage: (messageId: string): Promise<void> => settleMessage(db, messageId),
  };
}

function lists(db: Database<'desk'>) {
  return {
    async ofTicket(ticketId: string, language: Language): Promise<MailDelivery[]> {
      const { rows } = await sql<Row>`select o.* from desk.mail_out o left join desk.message m on m.id = o.message_id
        where coalesce(m.ticket_id, o.ticket_id) = ${ticketId} order by o.created_at, o.id limit 1000`.execute(db);
      return rows.map((row) => {
        const { to, cc } = people.parse(row.recipients);
        const state = states.parse(row.state);
        return {
          id: row.id,
          kind: kinds.parse(row.kind),
          messageId: row.message_id,
          to: [...to, ...cc].map(({ address }) => address),
          state,
          tries: row.tries,
          at: row.created_at.toISOString(),
          sentAt: row.sent_at?.toISOString() ?? null,
          nextAt: state === 'waiting' ? row.next_at.toISOString() : null,
          said: row.said,
          flight: tellFlight(row.steps, language),
        };
      });
    },
    /** The mail that came back: by its own id, else the newest of a ticket to that address. */
    async returned(
      mailId: string | null,
      ticketId: string | null,
      addresses: readonly string[],
    ): Promise<string | null> {
      if (mailId !== null) {
        const row = await db.selectFrom('desk.mail_out').select('id').where('mail_id', '=', mailId).executeTakeFirst();
        if (row !== undefined) return row.id;
      }
      if (ticketId === null) return null;
      const { rows } = await sql<{ id: string }>`select id from desk.mail_out
        where ticket_id = ${ticketId} and state in ('sent', 'bounced')
        order by address = any(${addresses.map((each) => each.toLowerCase())}::text[]) desc, sent_at desc nulls last limit 1`.execute(
        db,
      );
      return rows[0]?.id ?? null;
    },
  };
}

const hourMs = 3_600_000;

/** When a person here last acted for somebody. */
function touched(who: string) {
  return sql`coalesce((select at from desk.mail_touch where who = ${who}), '-infinity'::timestamptz)`;
}

function budget(db: Database<'desk'>) {
  return {
    /** Whoever counts automatic mails before sending one does so alone, until the transaction ends. */
    async holdBudget(): Promise<void> {
      await sql`select pg_advisory_xact_lock(hashtext('desk.mail.budget'))`.execute(db);
    },
    async counts(
      {
        address,
        domain,
        ticketId,
        sameWordsDay,
      }: { address: string; domain: string; ticketId: string; sameWordsDay: number },
      now: Date,
    ): Promise<SendCounts> {
      const hour = new Date(now.getTime() - hourMs);
      const day = new Date(now.getTime() - 24 * hourMs);
      const ours = sql`automatic and state <> 'held'`;
      const { rows } = await sql<Omit<SendCounts, 'sameWordsDay'>>`select
        (select count(*)::int from desk.mail_out where ${ours} and address = ${address} and created_at > ${hour}) as "addressHour",
        (select count(*)::int from desk.mail_out where ${ours} and address = ${address} and created_at > ${day}) as "addressDay",
        (select count(*)::int from desk.mail_out where ${ours} and domain = ${domain} and created_at > ${hour}) as "domainHour",
        (select count(*)::int from desk.mail_out where ${ours} and domain = ${domain} and created_at > ${day}) as "domainDay",
        (select count(*)::int from desk.mail_out where ${ours} and ticket_id = ${ticketId} and created_at > ${hour}) as "ticketHour",
        (select count(*)::int from desk.mail_out where ${ours} and ticket_id = ${ticketId} and created_at > ${day}) as "ticketDay",
        (select count(*)::int from desk.mail_out where ${ours} and created_at > ${hour}) as "overallHour",
        (select count(*)::int from desk.mail_out where ${ours} and created_at > ${day}) as "overallDay",
        (select count(*)::int from desk.mail_out where ${ours} and address = ${address} and created_at > ${touched(`a:${address}`)}) as "addressUntouched",
        (select count(*)::int from desk.mail_out where ${ours} and domain = ${domain} and created_at > ${touched(`d:${domain}`)}) as "domainUntouched"`.execute(
        db,
      );
      const [found] = rows;
      if (found === undefined) throw new Error('counting gave no row');
      return { ...found, sameWordsDay };
    },
    /** A person here acted for these addresses: the counts since then begin anew. */
    async touch(addresses: readonly string[], at: Date): Promise<void> {
      const whos = addresses.flatMap((address) => {
        const low = address.toLowerCase();
        return [`a:${low}`, `d:${low.split('@').at(-1) ?? ''}`];
      });
      if (whos.length === 0) return;
      await sql`insert into desk.mail_touch (who, at) select w, ${at} from unnest(${[...new Set(whos)].toSorted()}::text[]) w
        on conflict (who) do update set at = greatest(mail_touch.at, excluded.at)`.execute(db);
    },
  };
}

/** All SQL about mails that go out. */
export function mailOutStore(db: Database<'desk'>) {
  return { ...queue(db), ...ends(db), ...lists(db), ...budget(db) };
}
