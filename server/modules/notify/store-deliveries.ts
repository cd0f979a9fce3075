import { sql, type Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { about as aboutWords, delivery as deliveryWords, type Delivery } from '#contract/notify.ts';
import type { Language } from '#contract/words.ts';
import { likePattern } from '#platform/cursor.ts';
import type { Database, Tables } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Way } from './audience.ts';
import type { Hold, PastNotice } from './due-notices.ts';
import { notice as noticeWords, type Notice } from './notice.ts';
import type { ChannelRecord } from './store-channels.ts';
import { answerText, waysText, wordNotice } from './wording.ts';

export type About = Delivery['about'];
export type HeldFor =
  | Hold
  | 'acknowledged'
  | 'decided'
  | 'removed'
  | 'overtaken'
  | 'no_route'
  | 'no_channel'
  | 'dependency'
  | 'own_line';

/** A notice to be written into the log. `subjectId` is what it is about: a ticket, a run, or the notice itself. */
export interface NewDelivery {
  /** Null where nobody was to be told. */
  readonly channel: ChannelRecord | null;
  readonly about: About;
  readonly subjectId: string;
  readonly round: number;
  readonly ticketId: string | null;
  readonly notice: Notice;
  readonly subject: string;
  readonly hold: HeldFor | null;
  /** Beside the reason, in no language: the name of the work, the reason of the silence. */
  readonly detail?: string | undefined;
  readonly because: readonly (readonly Way[])[];
  readonly at: Date;
}

type DeliveryRow = Selectable<Tables<'notify'>['notify.delivery']>;

const state = deliveryWords.shape.state;
const channelKind = deliveryWords.shape.channel.unwrap().shape.kind;
const told = aboutWords.exclude(['test', 'approval', 'decided', 'unrouted', 'joined', 'cover', 'promise', 'mention']);
const ways = z.array(
  z.array(
    z.object({
      code: z.enum(['everything', 'route', 'policy', 'rota', 'team', 'person']),
      name: z.string(),
      step: z.number().optional(),
      tag: z.string().optional(),
    }),
  ),
);

/** So far back it is looked whether somebody is still to be told of a recovery. */
const recentDays = 7;

function toDelivery(row: DeliveryRow, language: Language): Delivery {
  return {
    id: row.id,
    at: row.at.toISOString(),
    channel:
      row.channel_id === null
        ? null
        : { id: row.channel_id, name: row.channel_name, kind: channelKind.parse(row.channel_kind) },
    about: aboutWords.parse(row.about),
    ticketId: row.ticket_id,
    // What went to nobody was worded for nobody: its reader's language is as good as any.
    subject: row.channel_id === null ? wordNotice(noticeWords.parse(row.notice), language, '').subject : row.subject,
    state: state.parse(row.state),
    attempts: row.attempts,
    answer: answerText(row.reason, row.answer, language),
    because: waysText(ways.parse(row.because), language),
    toldIn: row.told_in,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
  };
}

interface Asked {
  readonly ticketId?: string | undefined;
  readonly channelId?: string | undefined;
  readonly personId?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly state?: Delivery['state'] | undefined;
  readonly about?: About | undefined;
  readonly search?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

function listOf(db: Database<'notify'>, asked: Asked) {
  let all = db.selectFrom('notify.delivery');
  if (asked.ticketId !== undefined) all = all.where('ticket_id', '=', asked.ticketId);
  if (asked.channelId !== undefined) all = all.where('channel_id', '=', asked.channelId);
  if (asked.personId !== undefined) {
    const { personId } = asked;
    all = all.where('channel_id', 'in', (from) =>
      from.selectFrom('notify.channel').select('id').where('person_id', '=', personId),
    );
  }
  if (asked.from !== undefined) all = all.where('at', '>=', new Date(asked.from));
  if (asked.until !== undefined) all = all.where('at', '<', new Date(asked.until));
  if (asked.state !== undefined) all = all.where('state', '=', asked.state);
  if (asked.about !== undefined) all = all.where('about', '=', asked.about);
  if (asked.search !== undefined && asked.search !== '') {
    const pattern = likePattern(asked.search);
    all = all.where((where) => where.or([where('subject', 'ilike', pattern), where('channel_name', 'ilike', pattern)]));
  }
  return all;
}

function deliveryReader(db: Database<'notify'>) {
  return {
    async get(id: string, language: Language): Promise<Delivery | null> {
      const row = await db.selectFrom('notify.delivery').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toDelivery(row, language);
    },
    /** Newest first; ids are ordered in time, so that the last one says where the next page begins. */
    async list(asked: Asked, language: Language): Promise<{ items: Delivery[]; total: number }> {
      const counted = await listOf(db, asked)
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirstOrThrow();
      return { items: await this.page(asked, language), total: counted.count };
    },
    async page(asked: Asked, language: Language): Promise<Delivery[]> {
      let page = listOf(db, asked);
      if (asked.after !== undefined) {
        if (!z.uuid().safeParse(asked.after).success)
          throw new Refusal('bad_input', {}, [{ path: 'after', reason: 'cursor' }]);
        page = page.where('id', '<', asked.after);
      }
      const rows = await page.selectAll().orderBy('id', 'desc').limit(asked.limit).execute();
      return rows.map((row) => toDelivery(row, language));
    },
    /** What each channel was told about these tickets, oldest first, by `pastKey`. */
    async pastOf(ticketIds: readonly string[]): Promise<ReadonlyMap<string, PastNotice[]>> {
      const past = new Map<string, PastNotice[]>();
      if (ticketIds.length === 0) return past;
      const rows = await db
        .selectFrom('notify.delivery')
        .select(['channel_id', 'ticket_id', 'about', 'round', 'state', 'at', 'reason'])
        .where('ticket_id', '=', sql<string>`any(${[...ticketIds]}::uuid[])`)
        .where('about', 'in', told.options)
        .orderBy('at')
        .orderBy('id')
        .execute();
      for (const row of rows) {
        const { round, at, reason } = row;
        const one = { about: told.parse(row.about), round, state: state.parse(row.state), at, reason };
        const key = pastKey(row.channel_id ?? '', row.ticket_id ?? '');
        const known = past.get(key);
        if (known === undefined) past.set(key, [one]);
        else known.push(one);
      }
      return past;
    },
    /** Tickets of which some channel was told that they fail, or has a notice held, and may be due another word. */
    async unsettledTickets(now: Date): Promise<string[]> {
      const since = new Date(now.getTime() - recentDays * 86_400_000);
      const { rows } = await sql<{ ticket_id: string }>`
        select distinct ticket_id from (
          select distinct on (channel_id, ticket_id) ticket_id, about from notify.delivery
          where ticket_id is not null and at > ${since} and state <> 'held' and about in ('opened', 'solved', 'resolved')
          order by channel_id, ticket_id, at desc, id desc
        ) last where about = 'opened'
        union
        select distinct ticket_id from notify.delivery
        where ticket_id is not null and state = 'held' and reason = 'quiet_hours' and at > ${since}
        limit 1000`.execute(db);
      return rows.map(({ ticket_id }) => ticket_id);
    },
  };
}

function heldReader(db: Database<'notify'>) {
  return {
    /** What was noted as told by these incidents in place of others, by ticket and reason: so many, and their names. */
    async joinedOf(ticketIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (ticketIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('notify.delivery')
        .select(['ticket_id', 'reason', 'answer'])
        .where('ticket_id', '=', sql<string>`any(${[...ticketIds]}::uuid[])`)
        .where('about', '=', 'joined')
        .execute();
      return new Map(rows.map((row) => [`${row.ticket_id ?? ''} ${row.reason ?? ''}`, row.answer]));
    },
    /** Channels that were, or may be at this moment, asked for the approval of a run. */
    async askedToApprove(runId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('notify.delivery')
        .select('channel_id')
        .where('about', '=', 'approval')
        .where('at', '>', sql<Date>`now() - interval '90 days'`)
        .where(sql<string>`notice->>'runId'`, '=', runId)
        .where((where) =>
          where.or([
            where('state', '=', 'delivered'),
            where.and([where('state', '=', 'waiting'), where('claimed_until', 'is not', null)]),
          ]),
        )
        .execute();
      return rows.flatMap(({ channel_id: channelId }) => channelId ?? []);
    },
    /** Notices that are no incident's and were held for the night, with their channels. */
    async heldForNight(since: Date): Promise<{ id: string; channelId: string }[]> {
      const rows = await db
        .selectFrom('notify.delivery')
        .select(['id', 'channel_id'])
        .where('state', '=', 'held')
        .where('reason', '=', 'quiet_hours')
        .where('about', 'in', ['approval', 'cover', 'promise', 'mention'])
        .where('at', '>', since)
        .limit(500)
        .execute();
      return rows.flatMap(({ id, channel_id: channelId }) => (channelId === null ? [] : { id, channelId }));
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
          key: `${channel?.id ?? 'nobody'} ${wanted.about} ${wanted.subjectId} ${wanted.round}`,
          channel_id: channel?.id ?? null,
          channel_name: channel?.name ?? '',
          channel_kind: channel?.kind ?? '',
          about: wanted.about,
          ticket_id: wanted.ticketId,
          round: wanted.round,
          notice: JSON.stringify(noticeWords.parse(wanted.notice)),
          subject: wanted.subject,
          state: hold === null ? 'waiting' : 'held',
          reason: hold,
          answer: hold === null ? '' : (wanted.detail ?? ''),
          because: JSON.stringify(wanted.because),
          at,
          next_at: hold === null ? at : null,
          claimed_until: claimedUntil,
        })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet((excluded) => ({
              state: excluded.ref('excluded.state'),
              reason: excluded.ref('excluded.reason'),
              answer: excluded.ref('excluded.answer'),
              notice: excluded.ref('excluded.notice'),
              subject: excluded.ref('excluded.subject'),
              because: excluded.ref('excluded.because'),
              at: excluded.ref('excluded.at'),
              next_at: excluded.ref('excluded.next_at'),
            }))
            .where('notify.delivery.state', '=', 'held')
            .where((where) =>
              where.or([
                where('excluded.state', '=', 'waiting'),
                where('excluded.reason', 'is distinct from', where.ref('notify.delivery.reason')),
                where('excluded.answer', '!=', where.ref('notify.delivery.answer')),
              ]),
            ),
        )
        .returning('id')
        .executeTakeFirst();
      return row?.id ?? null;
    },
    /** Has what was held sent now. */
    async release(id: string, now: Date): Promise<void> {
      await db
        .updateTable('notify.delivery')
        .set({ state: 'waiting', reason: null, next_at: now })
        .where('id', '=', id)
        .where('state', '=', 'held')
        .execute();
    },
    /** Two reactions to the same ticket come one after the other. */
    async lockTickets(ticketIds: readonly string[]): Promise<void> {
      // In the order of what is locked, so that two who tell of the same tickets never wait for each other in a circle.
      await sql`select pg_advisory_xact_lock(hashtext('vigie notify ticket'), key) from (
        select distinct hashtext(wanted) as key from unnest(${[...ticketIds]}::text[]) wanted order by 1 offset 0
      ) keys`.execute(db);
    },
  };
}

function deliveryHurrier(db: Database<'notify'>) {
  return {
    /** Has what failed or waits tried now; false when it was delivered, is held for a reason, or is being sent. */
    async retry(id: string, now: Date): Promise<boolean> {
      const row = await db
        .updateTable('notify.delivery')
        // In its old place: what came after it stays the last word.
        .set({ state: 'waiting', reason: null, next_at: now, told_in: null })
        .where('id', '=', id)
        .where('state', 'in', ['failed', 'waiting'])
        .where('channel_id', 'is not', null)
        .where((where) => where.or([where('claimed_until', 'is', null), where('claimed_until', '<', now)]))
        .returning('channel_id')
        .executeTakeFirst();
      if (row === undefined) return false;
      // What stands before it in the queue goes first.
      await db
        .updateTable('notify.delivery')
        .set({ next_at: now })
        .where('channel_id', '=', row.channel_id)
        .where('state', '=', 'waiting')
        .execute();
      return true;
    },
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

/** All SQL about the log of deliveries. */
export function deliveryStore(db: Database<'notify'>) {
  return { ...deliveryReader(db), ...heldReader(db), ...deliveryWriter(db), ...deliveryHurrier(db) };
}
