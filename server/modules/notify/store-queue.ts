import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { about as aboutWords } from '#contract/notify.ts';
import type { Database, Tables } from '#platform/database.ts';
import { notice as noticeWords, type Notice } from './notice.ts';
import type { WaitingNotice } from './pack-notices.ts';
import type { Reason, Receipt } from './retry.ts';
import type { HeldFor } from './store-deliveries.ts';

/** A notice in its channel's queue. */
export interface QueuedDelivery extends WaitingNotice {
  readonly channelId: string;
  readonly round: number;
  readonly notice: Notice;
  readonly subject: string;
  readonly attempts: number;
  /** For when it was due: another moment by now means that somebody hurried it while it was being sent. */
  readonly dueAt: Date | null;
}

type DeliveryRow = Selectable<Tables<'notify'>['notify.delivery']>;

/** A crash between sending and writing it down delays a notice by this; sending is bound to take less. */
export const claimMs = 90_000;
/** So many are looked at together; the rest follow. */
const mostQueued = 500;

const receipt = z.record(z.string(), z.string());

function toQueued(row: DeliveryRow): QueuedDelivery {
  return {
    id: row.id,
    channelId: row.channel_id ?? '',
    about: aboutWords.parse(row.about),
    ticketId: row.ticket_id,
    round: row.round,
    notice: noticeWords.parse(row.notice),
    subject: row.subject,
    attempts: row.attempts,
    at: row.at,
    dueAt: row.next_at,
    toldIn: row.told_in,
  };
}

function queueReader(db: Database<'notify'>) {
  return {
    /**
     * Channels whose oldest waiting notice may be sent now. Only the oldest counts, so that notices arrive in their
     * order, and a channel that is down is tried with one notice and not with all.
     */
    async dueChannels(now: Date, busy: readonly string[], most: number): Promise<string[]> {
      const { rows } = await sql<{ channel_id: string }>`
        select channel_id from (
          select distinct on (channel_id) channel_id, next_at, claimed_until, at from notify.delivery
          where state = 'waiting' and channel_id <> all(${[...busy]}::uuid[])
          order by channel_id, at, id
        ) head
        where next_at <= ${now} and (claimed_until is null or claimed_until < ${now})
        order by at limit ${most}`.execute(db);
      return rows.map(({ channel_id }) => channel_id);
    },
    /** When the next channel that is not busy has something to send; null when none waits. */
    async nextAt(busy: readonly string[]): Promise<Date | null> {
      const { rows } = await sql<{ at: Date | null }>`
        select min(greatest(next_at, claimed_until)) as at from (
          select distinct on (channel_id) next_at, claimed_until from notify.delivery
          where state = 'waiting' and channel_id <> all(${[...busy]}::uuid[])
          order by channel_id, at, id
        ) head`.execute(db);
      return rows[0]?.at ?? null;
    },
    /** What waits for a channel, oldest first, held by this transaction; empty while somebody else sends to it. */
    async ofChannel(channelId: string, now: Date): Promise<QueuedDelivery[]> {
      await sql`select pg_advisory_xact_lock(hashtext('vigie notify channel'), hashtext(${channelId}))`.execute(db);
      const rows = await db
        .selectFrom('notify.delivery')
        .selectAll()
        .where('channel_id', '=', channelId)
        .where('state', '=', 'waiting')
        .orderBy('at')
        .orderBy('id')
        .limit(mostQueued)
        .execute();
      if (rows.some((row) => row.claimed_until !== null && row.claimed_until >= now)) return [];
      const [head] = rows;
      return head === undefined || head.next_at === null || head.next_at > now ? [] : rows.map(toQueued);
    },
    /** When messages were sent to a channel since a moment, oldest first. Tests are not counted. */
    async sentSince(channelId: string, since: Date): Promise<Date[]> {
      const rows = await db
        .selectFrom('notify.delivery')
        .select(sql<Date>`min(delivered_at)`.as('at'))
        .where('channel_id', '=', channelId)
        .where('delivered_at', '>', since)
        .where('about', '!=', 'test')
        .groupBy(sql`coalesce(told_in, id)`)
        .orderBy('at')
        .limit(1_000)
        .execute();
      return rows.map(({ at }) => at);
    },
    /** What the service gave for the opening of an incident, in its newest round. */
    async receiptOf(channelId: string, ticketId: string): Promise<Receipt | null> {
      const row = await db
        .selectFrom('notify.delivery')
        .select('receipt')
        .where('channel_id', '=', channelId)
        .where('ticket_id', '=', ticketId)
        .where('about', '=', 'opened')
        .where('receipt', 'is not', null)
        .orderBy('round', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : receipt.parse(row.receipt);
    },
  };
}

function askedReader(db: Database<'notify'>) {
  return {
    /** Whether a channel was asked for the approval of a run. */
    async wasAsked(channelId: string, runId: string): Promise<boolean> {
      const row = await db
        .selectFrom('notify.delivery')
        .select('id')
        .where('key', '=', `${channelId} approval ${runId} 1`)
        .where('state', '=', 'delivered')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function queueWriter(db: Database<'notify'>) {
  const end = async (ids: readonly string[], set: Partial<DeliveryRow>): Promise<void> => {
    if (ids.length === 0) return;
    await db
      .updateTable('notify.delivery')
      .set({ next_at: null, claimed_until: null, ...set })
      .where('id', 'in', [...ids])
      .where('state', '=', 'waiting')
      .execute();
  };
  return {
    /** Claims what is to be sent in one message; the first of many lends it its id. */
    async claim(ids: readonly string[], now: Date): Promise<void> {
      await db
        .updateTable('notify.delivery')
        .set((set) => ({
          claimed_until: new Date(now.getTime() + claimMs),
          attempts: set('attempts', '+', 1),
          told_in: ids.length > 1 ? (ids[0] ?? null) : null,
        }))
        .where('id', 'in', [...ids])
        .execute();
    },
    delivered: (ids: readonly string[], answer: string, at: Date, given: Receipt | null) =>
      end(ids, {
        state: 'delivered',
        reason: null,
        answer,
        delivered_at: at,
        ...(given === null ? {} : { receipt: JSON.stringify(given) }),
      }),
    failed: (ids: readonly string[], reason: Reason | null, answer: string) =>
      end(ids, { state: 'failed', reason, answer }),
    held: (ids: readonly string[], reason: HeldFor) => end(ids, { state: 'held', reason }),
    /** To be looked at again then; all that waits beside it waits for the same reason. */
    async postpone(id: string, until: Date, beside: readonly string[]): Promise<void> {
      await db
        .updateTable('notify.delivery')
        .set({ reason: 'storm' })
        .where('id', 'in', [id, ...beside])
        .where('state', '=', 'waiting')
        .where('reason', 'is', null)
        .execute();
      await db
        .updateTable('notify.delivery')
        .set({ next_at: until })
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .execute();
    },
    /** To be tried again at `nextAt`, or as soon as whoever hurried it meanwhile wants. */
    async later(
      { ids, dueAt }: { ids: readonly string[]; dueAt: Date | null },
      { reason, answer, nextAt }: { reason: Reason | null; answer: string; nextAt: Date },
    ): Promise<void> {
      await db
        .updateTable('notify.delivery')
        .set({
          reason,
          answer,
          claimed_until: null,
          next_at: sql<Date>`case when next_at is not distinct from ${dueAt}::timestamptz or id <> ${ids[0] ?? null}::uuid then ${nextAt}::timestamptz else next_at end`,
        })
        .where('id', 'in', [...ids])
        .where('state', '=', 'waiting')
        .execute();
    },
  };
}

/** All SQL about what waits to be sent. */
export function queueStore(db: Database<'notify'>) {
  return { ...queueReader(db), ...askedReader(db), ...queueWriter(db) };
}
