import { sql } from 'kysely';
import { state, type State } from '#contract/alert.ts';
import type { NamedThing, ThingRef } from '#contract/words.ts';
import { numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import type { Reason } from '#probe/check-kind.ts';
import { readReason, writeReason } from './reason-text.ts';
import { namedThing } from '../checks/store-check.ts';

/** An alert as it is stored: names as they were when it was raised. */
export interface StoredAlert {
  readonly id: string;
  readonly check: { readonly id: string; readonly name: string; readonly kind: string };
  readonly target: NamedThing;
  readonly cause: NamedThing;
  readonly causeKey: string;
  readonly state: State;
  readonly failingSince: Date;
  readonly raisedAt: Date;
  readonly goodSince: Date | null;
  readonly clearedAt: Date | null;
  readonly reason: Reason;
  readonly output: string;
  readonly silenced: boolean;
}

/** One change of a check's state. */
export interface StoredChange {
  readonly at: Date;
  readonly from: State;
  readonly to: State;
  readonly because: NamedThing | null;
  readonly reason: Reason;
}

/** A change to be stored, with the results between which the truth changed. */
export interface BoundedChange extends StoredChange {
  readonly checkNumber: number;
  /** The last that agreed with the state before. */
  readonly agreed: Date | null;
  /** The first that did not. */
  readonly first: Date | null;
}

/** An alert that is raised, and which silence or maintenance window holds it back. */
export interface RaisedAlert extends StoredAlert {
  readonly heldBy: string | null;
}

function alertRows(db: Database<'watch'>) {
  return db.selectFrom('watch.alert').selectAll();
}

type AlertRow = Awaited<ReturnType<ReturnType<typeof alertRows>['executeTakeFirstOrThrow']>>;

function toAlert(row: AlertRow): StoredAlert {
  const target = namedThing(row.target_kind, row.target_id, row.target_name);
  const cause = namedThing(row.cause_kind, row.cause_id, row.cause_name);
  if (target === null || cause === null) throw new Error(`alert ${row.id} has no target`);
  return {
    id: row.id,
    check: { id: row.check_id, name: row.check_name, kind: row.check_kind },
    target,
    cause,
    causeKey: row.cause_key,
    state: state.parse(row.state),
    failingSince: row.failing_since,
    raisedAt: row.raised_at,
    goodSince: row.good_since,
    clearedAt: row.cleared_at,
    reason: readReason(row.reason),
    output: row.output,
    silenced: row.silenced,
  };
}

function changeStore(db: Database<'watch'>) {
  return {
    async addChanges(changes: readonly BoundedChange[]): Promise<void> {
      if (changes.length === 0) return;
      const rows = changes.map(({ checkNumber, at, from, to, because, reason, first, agreed }) => ({
        check_number: checkNumber,
        at,
        from_state: from,
        to_state: to,
        because_kind: because?.kind ?? null,
        because_id: because?.id ?? null,
        because_name: because?.name ?? null,
        reason: writeReason(reason),
        first_at: first,
        agreed_at: agreed,
      }));
      await db.insertInto('watch.state_change').values(rows).execute();
    },
    /** Many changes from unknown to up. */
    async addFirstChanges(
      changes: readonly { readonly number: number; readonly reason: Reason; readonly first: Date }[],
      at: Date,
    ): Promise<void> {
      await sql`
        insert into watch.state_change (check_number, at, from_state, to_state, reason, first_at)
        select number, ${at}, 'unknown', 'up', reason, first
        from unnest(${changes.map(({ number }) => number)}::integer[], ${changes.map(({ reason }) => writeReason(reason))}::text[],
          ${changes.map(({ first }) => first)}::timestamptz[])
          as n (number, reason, first)`.execute(db);
    },
    async changes(
      checkNumber: number,
      limit: number,
      within?: { readonly from: Date; readonly until: Date },
    ): Promise<StoredChange[]> {
      let query = db.selectFrom('watch.state_change').selectAll().where('check_number', '=', checkNumber);
      if (within !== undefined) query = query.where('at', '>=', within.from).where('at', '<', within.until);
      const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map((row) => ({
        at: row.at,
        from: state.parse(row.from_state),
        to: state.parse(row.to_state),
        because: namedThing(row.because_kind, row.because_id, row.because_name),
        reason: readReason(row.reason),
      }));
    },
  };
}

function alertWriter(db: Database<'watch'>) {
  return {
    async addAll(alerts: readonly RaisedAlert[]): Promise<void> {
      if (alerts.length === 0) return;
      const rows = alerts.map((alert) => ({
        id: alert.id,
        check_id: alert.check.id,
        check_name: alert.check.name,
        check_kind: alert.check.kind,
        target_kind: alert.target.kind,
        target_id: alert.target.id,
        target_name: alert.target.name,
        cause_kind: alert.cause.kind,
        cause_id: alert.cause.id,
        cause_name: alert.cause.name,
        cause_key: alert.causeKey,
        state: alert.state,
        failing_since: alert.failingSince,
        raised_at: alert.raisedAt,
        reason: writeReason(alert.reason),
        output: alert.output,
        silenced: alert.silenced,
        held_by: alert.heldBy,
      }));
      await db.insertInto('watch.alert').values(rows).execute();
    },
    /** Writes all that may change of alerts, which are held already. */
    async saveAll(alerts: readonly StoredAlert[]): Promise<void> {
      if (alerts.length === 0) return;
      const rows = alerts.map(
        ({ id, state: now, reason, output, silenced, cause, causeKey, goodSince, clearedAt }) => ({
          id,
          state: now,
          reason: writeReason(reason),
          output,
          silenced,
          cause_kind: cause.kind,
          cause_id: cause.id,
          cause_name: cause.name,
          cause_key: causeKey,
          good_since: goodSince,
          cleared_at: clearedAt,
        }),
      );
      await sql`
        update watch.alert a set state = n.state, reason = n.reason, output = n.output, silenced = n.silenced,
          cause_kind = n.cause_kind, cause_id = n.cause_id, cause_name = n.cause_name, cause_key = n.cause_key,
          good_since = n.good_since, cleared_at = n.cleared_at
        from json_to_recordset(${JSON.stringify(rows)}::json) as n (id uuid, state text, reason text, output text,
          silenced boolean, cause_kind text, cause_id uuid, cause_name text, cause_key text, good_since timestamptz,
          cleared_at timestamptz)
        where a.id = n.id`.execute(db);
    },
    async unsilence(id: string): Promise<void> {
      await db.updateTable('watch.alert').set({ silenced: false }).where('id', '=', id).execute();
    },
  };
}

/** All SQL about alerts and changes of state. */
export function alertStore(db: Database<'watch'>) {
  return {
    ...changeStore(db),
    ...alertWriter(db),
    /** The open alerts of checks, by check, kept from others until the transaction ends; taken in one order. */
    async holdOpen(checkIds: readonly string[]): Promise<Map<string, StoredAlert>> {
      if (checkIds.length === 0) return new Map();
      const rows = await alertRows(db)
        .where('check_id', '=', sql<string>`any(${[...checkIds]}::uuid[])`)
        .where('cleared_at', 'is', null)
        .orderBy('check_id')
        .forUpdate()
        .execute();
      return new Map(rows.map((row) => [row.check_id, toAlert(row)]));
    },
    /** Open alerts that were raised in silence, in the order in which they are held. */
    async openSilenced(): Promise<StoredAlert[]> {
      const silenced = alertRows(db).where('cleared_at', 'is', null).where('silenced', '=', true);
      return (await silenced.orderBy('check_id').limit(10_000).execute()).map(toAlert);
    },
    /** Checks with an open alert on a thing or caused by it. */
    async openCheckIds(thing: ThingRef, limit: number): Promise<string[]> {
      const rows = await db
        .selectFrom('watch.alert')
        .select('check_id')
        .where('cleared_at', 'is', null)
        .where((where) =>
          where.or([
            where.and([where('target_kind', '=', thing.kind), where('target_id', '=', thing.id)]),
            where.and([where('cause_kind', '=', thing.kind), where('cause_id', '=', thing.id)]),
          ]),
        )
        .limit(limit)
        .execute();
      return rows.map((row) => row.check_id);
    },
    async list(asked: {
      readonly open?: boolean | undefined;
      readonly causeKey?: string | undefined;
      readonly ids?: readonly string[] | undefined;
      readonly after?: string | undefined;
      readonly limit: number;
    }): Promise<{ items: StoredAlert[]; total: number }> {
      let all = db.selectFrom('watch.alert');
      if (asked.open !== undefined) all = all.where('cleared_at', asked.open ? 'is' : 'is not', null);
      if (asked.causeKey !== undefined) all = all.where('cause_key', '=', asked.causeKey);
      if (asked.ids !== undefined) all = all.where('id', '=', sql<string>`any(${[...asked.ids]}::uuid[])`);
      const counted = await all.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
      const rows = await all
        .selectAll()
        .orderBy('raised_at', 'desc')
        .orderBy('id', 'desc')
        .limit(asked.limit)
        .offset(numberCursor(asked.after) ?? 0)
        .execute();
      return { items: rows.map(toAlert), total: counted.count };
    },
  };
}
