import { sql, type Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { delivery as deliveryWords } from '#contract/notify.ts';
import type { Language } from '#contract/words.ts';
import type { Database, Tables } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Hold, PastNotice } from './due-notices.ts';
import { notice as noticeWords, type Notice } from './notice.ts';
import type { Reason } from './retry.ts';
import type { ChannelRecord } from './store-channels.ts';
import { answerText } from './wording.ts';

export type Delivery = z.infer<typeof deliveryWords>;
export type About = Delivery['about'];

/** A notice to be written into the log. `subjectId` is what it is about: a ticket, a run, or the notice itself. */
export interface NewDelivery {
  readonly channel: ChannelRecord;
  readonly about: About;
  readonly subjectId: string;
  readonly round: number;
  readonly ticketId: string | null;
  readonly notice: Notice;
  readonly subject: string;
  readonly hold: Hold | null;
  readonly at: Date;
}

/** A delivery that was claimed in order to be sent. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly channelId: string;
  readonly about: About;
  readonly ticketId: string | null;
  readonly notice: Notice;
  readonly attempts: number;
  readonly at: Date;
  /** For when it was due: another moment by now means that somebody hurried it while it was being sent. */
  readonly dueAt: Date | null;
}

export type HeldFor = Hold | 'acknowledged' | 'decided' | 'removed';

type DeliveryRow = Selectable<Tables<'notify'>['notify.delivery']>;

/** A crash between sending and writing it down delays a notice by this; sending is bound to take less. */
const claimMs = 90_000;
const claimedAtOnce = 8;

const about = deliveryWords.shape.about;
const state = deliveryWords.shape.state;

function toDelivery(row: DeliveryRow, language: Language): Delivery {
  return {
    id: row.id,
    at: row.at.toISOString(),
    channel: {
      id: row.channel_id ?? row.id,
      name: row.channel_name,
      kind: deliveryWords.shape.channel.shape.kind.parse(row.channel_kind),
    },
    about: about.parse(row.about),
    ticketId: row.ticket_id,
    subject: row.subject,
    state: state.parse(row.state),
    attempts: row.attempts,
    answer: answerText(row.reason, row.answer, language),
    deliveredAt: row.delivered_at?.toISOString() ?? null,
  };
}

function toClaimed(row: DeliveryRow): ClaimedDelivery {
  return {
    id: row.id,
    channelId: row.channel_id ?? row.id,
    about: about.parse(row.about),
    ticketId: row.ticket_id,
    notice: noticeWords.parse(row.notice),
    attempts: row.attempts,
    at: row.at,
    dueAt: row.next_at,
  };
}

function deliveryReader(db: Database<'notify'>) {
  return {
    async get(id: string, language: Language): Promise<Delivery | null> {
      const row = await db.selectFrom('notify.delivery').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toDelivery(row, language);
    },
    /** Newest first; ids are ordered in time, so that the last one says where the next page begins. */
    async list(
      asked: {
        ticketId?: string | undefined;
        channelId?: string | undefined;
        after?: string | undefined;
        limit: number;
      },
      language: Language,
    ): Promise<{ items: Delivery[]; total: number }> {
      let all = db.selectFrom('notify.delivery');
      if (asked.ticketId !== undefined) all = all.where('ticket_id', '=', asked.ticketId);
      if (asked.channelId !== undefined) all = all.where('channel_id', '=', asked.channelId);
      const counted = await all.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
      if (asked.after !== undefined) {
        if (!z.uuid().safeParse(asked.after).success)
          throw new Refusal('bad_input', {}, [{ path: 'after', reason: 'cursor' }]);
        all = all.where('id', '<', asked.after);
      }
      const rows = await all.selectAll().orderBy('id', 'desc').limit(asked.limit).execute();
      return { items: rows.map((row) => toDelivery(row, language)), total: counted.count };
    },
    /** What each channel was told about these tickets, oldest first, by `pastKey`. */
    async pastOf(ticketIds: readonly string[]): Promise<ReadonlyMap<string, PastNotice[]>> {
      const past = new Map<string, PastNotice[]>();
      if (ticketIds.length === 0) return past;
      const rows = await db
        .selectFrom('notify.delivery')
        .select(['channel_id', 'ticket_id', 'about', 'round', 'state', 'at'])
        .where('ticket_id', '=', sql<string>`any(${[...ticketIds]}::uuid[])`)
        .where('about', 'in', ['opened', 'reminder', 'solved', 'resolved'])
        .orderBy('at')
        .orderBy('id')
        .execute();
      for (const row of rows) {
        const told = about.exclude(['test', 'approval']).parse(row.about);
        const one = { about: told, round: row.round, state: state.parse(row.state), at: row.at };
        const key = pastKey(row.channel_id ?? '', row.ticket_id ?? '');
        const known = past.get(key);
        if (known === undefined) past.set(key, [one]);
        else known.push(one);
      }
      return past;
    },
    /** When the next delivery can be sent; null when none waits. */
    async nextAt(): Promise<Date | null> {
      const row = await db
        .selectFrom('notify.delivery')
        .select(sql<Date | null>`min(greatest(next_at, claimed_until))`.as('at'))
        .where('state', '=', 'waiting')
        .executeTakeFirst();
      return row?.at ?? null;
    },
  };
}

/** Under what `pastOf` keeps the notices of one ticket to one channel. */
export function pastKey(channelId: string, ticketId: string): string {
  return `${channelId} ${ticketId}`;
}

function deliveryWriter(db: Database<'notify'>) {
  return {
    /** Writes a notice into the log; one that was held there is released when it may now be sent. Says which it is. */
    async write(wanted: NewDelivery, claimedUntil: Date | null = null): Promise<string | null> {
      const { channel, hold, at } = wanted;
      const row = await db
        .insertInto('notify.delivery')
        .values({
          id: uuid(),
          key: `${channel.id} ${wanted.about} ${wanted.subjectId} ${wanted.round}`,
          channel_id: channel.id,
          channel_name: channel.name,
          channel_kind: channel.kind,
          about: wanted.about,
          ticket_id: wanted.ticketId,
          round: wanted.round,
          notice: JSON.stringify(wanted.notice),
          subject: wanted.subject,
          state: hold === null ? 'waiting' : 'held',
          reason: hold,
          at,
          next_at: hold === null ? at : null,
          claimed_until: claimedUntil,
        })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet((excluded) => ({
              state: 'waiting',
              reason: null,
              notice: excluded.ref('excluded.notice'),
              subject: excluded.ref('excluded.subject'),
              at: excluded.ref('excluded.at'),
              next_at: excluded.ref('excluded.next_at'),
            }))
            .where('notify.delivery.state', '=', 'held')
            .where('excluded.state', '=', 'waiting'),
        )
        .returning('id')
        .executeTakeFirst();
      return row?.id ?? null;
    },
    /** Two reactions to the same ticket come one after the other. */
    async lockTicket(ticketId: string): Promise<void> {
      await sql`select pg_advisory_xact_lock(hashtext('vigie notify ticket'), hashtext(${ticketId}))`.execute(db);
    },
  };
}

function deliveryClaimer(db: Database<'notify'>) {
  return {
    /**
     * Claims what is to be sent now. Of each channel only the oldest, so that its notices arrive in their order, and a
     * channel that is down is tried with one notice and not with all.
     */
    async claim(now: Date): Promise<ClaimedDelivery[]> {
      const rows = await db
        .updateTable('notify.delivery')
        .set((set) => ({ claimed_until: new Date(now.getTime() + claimMs), attempts: set('attempts', '+', 1) }))
        .where('id', 'in', (from) =>
          from
            .selectFrom('notify.delivery as due')
            .select('due.id')
            .where('due.state', '=', 'waiting')
            .where('due.next_at', '<=', now)
            .where((where) => where.or([where('due.claimed_until', 'is', null), where('due.claimed_until', '<', now)]))
            .where((where) =>
              where.not(
                where.exists(
                  where
                    .selectFrom('notify.delivery as older')
                    .select('older.id')
                    .whereRef('older.channel_id', '=', 'due.channel_id')
                    .where('older.state', '=', 'waiting')
                    .where(sql<boolean>`(older.at, older.id) < (due.at, due.id)`),
                ),
              ),
            )
            .orderBy('due.at')
            .limit(claimedAtOnce)
            .forUpdate()
            .skipLocked(),
        )
        .returningAll()
        .execute();
      return rows.map(toClaimed);
    },
  };
}

function deliveryEnder(db: Database<'notify'>) {
  const end = async (id: string, set: Partial<DeliveryRow>): Promise<void> => {
    await db
      .updateTable('notify.delivery')
      .set({ next_at: null, claimed_until: null, ...set })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .execute();
  };
  return {
    delivered: (id: string, answer: string, at: Date) =>
      end(id, { state: 'delivered', reason: null, answer, delivered_at: at }),
    /** All that waits was sent two seconds after it was written. */
    async sentBefore(answer: string): Promise<void> {
      await db
        .updateTable('notify.delivery')
        .set({
          state: 'delivered',
          attempts: 1,
          answer,
          next_at: null,
          delivered_at: sql<Date>`at + interval '2 seconds'`,
        })
        .where('state', '=', 'waiting')
        .execute();
    },
    failed: (id: string, reason: Reason | null, answer: string) => end(id, { state: 'failed', reason, answer }),
    held: (id: string, reason: HeldFor) => end(id, { state: 'held', reason }),
    /** To be tried again at `nextAt`, or as soon as whoever hurried it meanwhile wants. */
    async later(
      { id, dueAt }: Pick<ClaimedDelivery, 'id' | 'dueAt'>,
      { reason, answer, nextAt }: { reason: Reason | null; answer: string; nextAt: Date },
    ): Promise<void> {
      await db
        .updateTable('notify.delivery')
        .set({
          reason,
          answer,
          claimed_until: null,
          next_at: sql<Date>`case when next_at is not distinct from ${dueAt}::timestamptz then ${nextAt}::timestamptz else next_at end`,
        })
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .execute();
    },
    /** Tries what waits for mail at once: the mail server was set anew. */
    async hurryMail(now: Date): Promise<void> {
      await db
        .updateTable('notify.delivery')
        .set({ next_at: now })
        .where('state', '=', 'waiting')
        .where('channel_kind', '=', 'mail')
        .execute();
    },
  };
}

/** All SQL about deliveries. */
export function deliveryStore(db: Database<'notify'>) {
  return { ...deliveryReader(db), ...deliveryWriter(db), ...deliveryClaimer(db), ...deliveryEnder(db) };
}
