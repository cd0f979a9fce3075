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

/** What a ticket's alerts say together; the outage's bounds are the first failing and the last first good result. */
export interface AlertSum {
  readonly all: number;
  readonly open: number;
  readonly failingSince: Date | null;
  readonly goodSince: Date | null;
}

/** An alert with the ticket that it belongs to; null for none yet. */
export type JoinedAlert = AlertRecord & { readonly ticketId: string | null };

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

function toRow(alert: AlertRecord) {
  return {
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
  };
}

function alertReader(db: Database<'desk'>) {
  return {
    async find(id: string): Promise<JoinedAlert | null> {
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
    /** What the alerts of each of these tickets say together; a ticket without any is not among them. */
    async sums(ticketIds: readonly string[]): Promise<ReadonlyMap<string, AlertSum>> {
      const rows = await db
        .selectFrom('desk.alert')
        .select([
          'ticket_id',
          sql<number>`count(*)`.as('all'),
          sql<number>`count(*) filter (where cleared_at is null)`.as('open'),
          sql<Date | null>`min(failing_since)`.as('failing_since'),
          sql<Date | null>`max(good_since)`.as('good_since'),
        ])
        .where('ticket_id', '=', sql<string>`any(${[...ticketIds]}::uuid[])`)
        .groupBy('ticket_id')
        .execute();
      return new Map(
        rows.map(({ ticket_id, all, open, failing_since, good_since }) => [
          ticket_id ?? '',
          { all, open, failingSince: failing_since, goodSince: good_since },
        ]),
      );
    },
  };
}

function alertWriter(db: Database<'desk'>) {
  return {
    /** Keeps alerts as they were heard of first; returns each as it is now, held until the end of the transaction. */
    async keep(alerts: readonly AlertRecord[]): Promise<ReadonlyMap<string, JoinedAlert>> {
      if (alerts.length === 0) return new Map();
      await db
        .insertInto('desk.alert')
        // Whoever holds several alerts takes them in the order of their ids.
        .values(alerts.map(toRow).toSorted((one, other) => (one.id < other.id ? -1 : 1)))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const rows = await db
        .selectFrom('desk.alert')
        .selectAll()
        .where('id', '=', sql<string>`any(${alerts.map(({ id }) => id)}::uuid[])`)
        .orderBy('id')
        .forUpdate()
        .execute();
      return new Map(rows.map((row) => [row.id, { ...toAlert(row), ticketId: row.ticket_id }]));
    },
    /** Each to its ticket, with one statement for all. */
    async joinEach(joins: readonly { readonly alertId: string; readonly ticketId: string }[]): Promise<void> {
      if (joins.length === 0) return;
      await sql`update desk.alert a set ticket_id = wanted.ticket_id
        from unnest(${joins.map(({ alertId }) => alertId)}::uuid[], ${joins.map(({ ticketId }) => ticketId)}::uuid[])
          as wanted (alert_id, ticket_id)
        where a.id = wanted.alert_id`.execute(db);
    },
    /** Clears what is not cleared yet, each with its own first good result. */
    async clear(
      cleared: readonly { readonly id: string; readonly goodSince: Date; readonly at: Date }[],
    ): Promise<void> {
      if (cleared.length === 0) return;
      await sql`update desk.alert a set good_since = ended.good_since, cleared_at = ended.at
        from unnest(${cleared.map(({ id }) => id)}::uuid[], ${cleared.map(({ goodSince }) => goodSince)}::timestamptz[],
          ${cleared.map(({ at }) => at)}::timestamptz[]) as ended (id, good_since, at)
        where a.id = ended.id and a.cleared_at is null`.execute(db);
    },
  };
}

/** All SQL about alerts. */
export function alertStore(db: Database<'desk'>) {
  return { ...alertReader(db), ...alertWriter(db) };
}
