import { sql, type Selectable } from 'kysely';
import { thingKind, type InBoth, type NamedThing } from '#contract/words.ts';
import type { Database, Tables } from '#platform/database.ts';

/** So many alerts of one ticket are shown, those that still last first. */
const mostAlerts = 500;

/** An alert as watch told it. */
export interface AlertRecord {
  readonly id: string;
  readonly checkId: string;
  readonly checkName: string;
  readonly checkKind: string;
  readonly target: NamedThing;
  readonly failingSince: Date;
  readonly raisedAt: Date;
  readonly goodSince: Date | null;
  readonly clearedAt: Date | null;
  readonly summary: InBoth;
}

function toAlert(row: Selectable<Tables<'desk'>['desk.alert']>): AlertRecord {
  return {
    id: row.id,
    checkId: row.check_id,
    checkName: row.check_name,
    checkKind: row.check_kind,
    target: { kind: thingKind.parse(row.target_kind), id: row.target_id, name: row.target_name },
    failingSince: row.failing_since,
    raisedAt: row.raised_at,
    goodSince: row.good_since,
    clearedAt: row.cleared_at,
    summary: { en: row.summary_en, fr: row.summary_fr },
  };
}

function alertReader(db: Database<'desk'>) {
  return {
    async find(id: string): Promise<(AlertRecord & { readonly ticketId: string | null }) | null> {
      const row = await db.selectFrom('desk.alert').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      return row === undefined ? null : { ...toAlert(row), ticketId: row.ticket_id };
    },
    async ofTicket(ticketId: string): Promise<AlertRecord[]> {
      const rows = await db
        .selectFrom('desk.alert')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .orderBy(sql`cleared_at is not null`)
        .orderBy('failing_since')
        .orderBy('id')
        .limit(mostAlerts)
        .execute();
      return rows.map(toAlert);
    },
    /** The checks to run again for proof: of the alerts that last, else of all. */
    async checksToProve(ticketId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('desk.alert')
        .select(['check_id', sql<boolean>`bool_or(cleared_at is null)`.as('open')])
        .where('ticket_id', '=', ticketId)
        .groupBy('check_id')
        .orderBy('open', 'desc')
        .limit(mostAlerts)
        .execute();
      const open = rows.filter((row) => row.open);
      return (open.length > 0 ? open : rows).map((row) => row.check_id);
    },
    /** What a ticket's alerts say together; the outage's bounds are the first failing and the last first good result. */
    async sumOf(ticketId: string): Promise<{
      readonly all: number;
      readonly open: number;
      readonly failingSince: Date | null;
      readonly goodSince: Date | null;
    }> {
      const row = await db
        .selectFrom('desk.alert')
        .select([
          sql<number>`count(*)`.as('all'),
          sql<number>`count(*) filter (where cleared_at is null)`.as('open'),
          sql<Date | null>`min(failing_since)`.as('failing_since'),
          sql<Date | null>`max(good_since)`.as('good_since'),
        ])
        .where('ticket_id', '=', ticketId)
        .executeTakeFirstOrThrow();
      return { all: row.all, open: row.open, failingSince: row.failing_since, goodSince: row.good_since };
    },
  };
}

function alertWriter(db: Database<'desk'>) {
  return {
    /** Keeps an alert as it was heard of first; returns it as it is now, held until the end of the transaction. */
    async keep(alert: AlertRecord): Promise<AlertRecord & { readonly ticketId: string | null }> {
      await db
        .insertInto('desk.alert')
        .values({
          id: alert.id,
          check_id: alert.checkId,
          check_name: alert.checkName,
          check_kind: alert.checkKind,
          target_kind: alert.target.kind,
          target_id: alert.target.id,
          target_name: alert.target.name,
          failing_since: alert.failingSince,
          raised_at: alert.raisedAt,
          good_since: alert.goodSince,
          cleared_at: alert.clearedAt,
          summary_en: alert.summary.en,
          summary_fr: alert.summary.fr,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await db
        .selectFrom('desk.alert')
        .selectAll()
        .where('id', '=', alert.id)
        .forUpdate()
        .executeTakeFirstOrThrow();
      return { ...toAlert(row), ticketId: row.ticket_id };
    },
    async join(id: string, ticketId: string): Promise<void> {
      await db.updateTable('desk.alert').set({ ticket_id: ticketId }).where('id', '=', id).execute();
    },
    async clear(id: string, goodSince: Date, clearedAt: Date): Promise<void> {
      await db
        .updateTable('desk.alert')
        .set({ good_since: goodSince, cleared_at: clearedAt })
        .where('id', '=', id)
        .execute();
    },
  };
}

/** All SQL about alerts. */
export function alertStore(db: Database<'desk'>) {
  return { ...alertReader(db), ...alertWriter(db) };
}
