import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { priority } from '#contract/desk.ts';
import { thingKind, type InBoth, type ThingRef } from '#contract/words.ts';
import type { Database, Tables } from '#platform/database.ts';
import type { TicketNow } from './due-notices.ts';

/** A ticket as the desk shows it to others, with what a notice tells of it. */
export interface TicketShown extends TicketNow {
  readonly id: string;
  readonly number: number;
  readonly title: InBoth;
  readonly cause: string | null;
  readonly causeThing: ThingRef | null;
  readonly acknowledgedBy: string;
  readonly resolvedAt: Date | null;
  readonly failingSince: Date;
  readonly outageSeconds: number | null;
  readonly causeText: string;
  readonly remedyText: string;
  readonly resolvedBy: string;
}

/** What the desk shows of an incident's state; one that waits is one that somebody has. */
const shownState = z.enum(['open', 'in_progress', 'solved', 'resolved']).catch('in_progress');

/** So many open incidents are looked after at once, the newest first. */
const mostOpen = 1_000;

function toTicket(row: Selectable<Tables<'notify'>['desk.pub_ticket']>): TicketShown {
  return {
    id: row.id,
    number: row.number,
    title: { en: row.title_en, fr: row.title_fr },
    state: shownState.parse(row.state),
    priority: priority.parse(row.priority),
    silenced: row.silenced,
    round: row.round,
    openedAt: row.opened_at,
    acknowledgedAt: row.acknowledged_at,
    goodSince: row.good_since,
    cause: row.cause_name,
    causeThing:
      row.cause_kind === null || row.cause_id === null
        ? null
        : { kind: thingKind.parse(row.cause_kind), id: row.cause_id },
    acknowledgedBy: row.acknowledged_by_name ?? '',
    resolvedAt: row.resolved_at,
    failingSince: row.failing_since,
    outageSeconds: row.outage_seconds,
    causeText: row.cause_text,
    remedyText: row.remedy_text,
    resolvedBy: row.resolved_by_name ?? '',
  };
}

/** Of other things that an incident tells of in place of notices of their own: why, how many, and the first names. */
export interface Joined {
  readonly ticketId: string;
  readonly reason: 'dependency' | 'own_line';
  readonly count: number;
  readonly names: readonly string[];
}

const mostNames = 5;

/** Why incidents are told to nobody, or in place of others. */
export function holdReader(db: Database<'notify'>) {
  return {
    /** By which silence or agreed work the alerts of these incidents are held back, in its maker's words. */
    async heldFor(
      ticketIds: readonly string[],
    ): Promise<ReadonlyMap<string, { readonly reason: 'silenced' | 'maintenance'; readonly why: string }>> {
      if (ticketIds.length === 0) return new Map();
      const { rows } = await sql<{ ticket_id: string; reason: string; why: string }>`
        select a.ticket_id, (array_agg(h.reason order by a.raised_at))[1] as reason,
          coalesce(string_agg(distinct nullif(h.why, ''), '; '), '') as why
        from desk.pub_alert a join watch.pub_held h on h.alert_id = a.id
        where a.ticket_id = any(${[...ticketIds]}::uuid[])
        group by a.ticket_id`.execute(db);
      return new Map(
        rows.map(({ ticket_id, reason, why }) => [
          ticket_id,
          { reason: reason === 'maintenance' ? 'maintenance' : 'silenced', why },
        ]),
      );
    },
    /** What these incidents tell of in place of others: what is unreachable because of their cause, and our own line. */
    async joined(tickets: readonly TicketShown[]): Promise<Joined[]> {
      const caused = tickets.filter(({ causeThing }) => causeThing !== null);
      if (caused.length === 0) return [];
      const { rows } = await sql<{ ticket_id: string; reason: Joined['reason']; count: number; names: string[] }>`
        with asked as (
          select * from unnest(
            ${caused.map(({ id }) => id)}::uuid[], ${caused.map(({ causeThing }) => causeThing?.id ?? '')}::uuid[],
            ${caused.map(({ failingSince }) => failingSince)}::timestamptz[]
          ) as n (ticket_id, cause_id, since)
        )
        select asked.ticket_id, 'dependency' as reason, count(*)::int as count,
          (array_agg(distinct t.name))[1:${mostNames}] as names
        from asked join watch.pub_unreachable u on u.because_id = asked.cause_id
        left join estate.pub_thing t on t.kind = u.target_kind and t.id = u.target_id
        group by asked.ticket_id
        union all
        select asked.ticket_id, 'own_line', count(distinct o.check_number)::int, '{}'
        from asked join watch.pub_line_outage o on o.at >= asked.since - interval '10 minutes'
        where exists (
          select from desk.pub_alert a where a.ticket_id = asked.ticket_id and a.check_kind = 'own-line'
        )
        group by asked.ticket_id`.execute(db);
      return rows.map((row) => ({
        ticketId: row.ticket_id,
        reason: row.reason,
        count: row.count,
        names: row.names.filter((name) => name !== null),
      }));
    },
  };
}

/** What the desk shows of its tickets. */
export function ticketReader(db: Database<'notify'>) {
  return {
    async get(id: string): Promise<TicketShown | null> {
      const row = await db.selectFrom('desk.pub_ticket').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toTicket(row);
    },
    async open(): Promise<TicketShown[]> {
      const rows = await db
        .selectFrom('desk.pub_ticket')
        .selectAll()
        .where('state', 'in', ['open', 'in_progress'])
        .orderBy(sql`number desc`)
        .limit(mostOpen)
        .execute();
      return rows.map(toTicket);
    },
    async some(ids: readonly string[]): Promise<TicketShown[]> {
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('desk.pub_ticket')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute();
      return rows.map(toTicket);
    },
  };
}
