import { sql } from 'kysely';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

/** An incident that somebody took, worked on or explained, with the alert of one check in it. */
export interface MatteringTicket {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly failingSince: Date;
  readonly raisedAt: Date;
  readonly clearedAt: Date | null;
}

/** What one check has cost in a period. */
export interface NoiseRow {
  readonly checkId: string;
  readonly alerts: number;
  readonly messages: number;
  readonly selfHealed: number;
  readonly acknowledged: number;
  readonly actedUpon: number;
}

/** All SQL about what came of alerts. */
export function rehearsalStore(db: Database<'watch'>) {
  return {
    async mattering(checkId: string, since: Date, language: Language, most: number): Promise<MatteringTicket[]> {
      const { rows } = await sql<{
        id: string;
        number: number;
        title: string;
        failing_since: Date;
        raised_at: Date;
        cleared_at: Date | null;
      }>`
        select t.id, t.number, ${language === 'fr' ? sql`t.title_fr` : sql`t.title_en`} as title, a.failing_since, a.raised_at, a.cleared_at
        from desk.pub_alert a join desk.pub_ticket t on t.id = a.ticket_id
        where a.check_id = ${checkId} and a.raised_at >= ${since}
          and (t.acknowledged_at is not null or t.cause_text <> '' or exists (select from desk.pub_run r where r.ticket_id = t.id))
        order by a.raised_at desc limit ${most}`.execute(db);
      return rows.map((row) => ({
        id: row.id,
        number: row.number,
        title: row.title,
        failingSince: row.failing_since,
        raisedAt: row.raised_at,
        clearedAt: row.cleared_at,
      }));
    },
    /** The noisiest checks since a moment. Messages of an incident are shared among its checks. */
    async noise(since: Date, most: number): Promise<NoiseRow[]> {
      const { rows } = await sql<{
        check_id: string;
        alerts: number;
        messages: number;
        self_healed: number;
        acknowledged: number;
        acted_upon: number;
      }>`
        with told as (
          select a.check_id, a.id, a.ticket_id, a.cleared_at from desk.pub_alert a where a.raised_at >= ${since}
        ), tickets as (
          select t.id, t.acknowledged_at is not null as acknowledged,
            t.cause_text <> '' or exists (select from desk.pub_run r where r.ticket_id = t.id) as acted,
            (select count(*) from notify.pub_delivery d where d.ticket_id = t.id and d.state = 'delivered') as messages,
            (select count(*) from told where told.ticket_id = t.id) as alerts
          from desk.pub_ticket t where t.id in (select ticket_id from told)
        )
        select told.check_id, count(*)::int as alerts,
          sum(tickets.messages::float8 / greatest(1, tickets.alerts)) as messages,
          count(*) filter (where told.cleared_at is not null and not tickets.acted)::int as self_healed,
          count(*) filter (where tickets.acknowledged and not tickets.acted)::int as acknowledged,
          count(*) filter (where tickets.acted)::int as acted_upon
        from told join tickets on tickets.id = told.ticket_id
        where exists (select from watch.check c where c.id = told.check_id)
        group by told.check_id order by 3 desc nulls last, 2 desc limit ${most}`.execute(db);
      return rows.map((row) => ({
        checkId: row.check_id,
        alerts: row.alerts,
        messages: Math.round(row.messages * 10) / 10,
        selfHealed: row.self_healed,
        acknowledged: row.acknowledged,
        actedUpon: row.acted_upon,
      }));
    },
  };
}
