import { sql, type Selectable } from 'kysely';
import { priority, ticketState } from '#contract/desk.ts';
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

/** So many open incidents are looked after at once, the newest first. */
const mostOpen = 1_000;

function toTicket(row: Selectable<Tables<'notify'>['desk.pub_ticket']>): TicketShown {
  return {
    id: row.id,
    number: row.number,
    title: { en: row.title_en, fr: row.title_fr },
    state: ticketState.parse(row.state),
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
