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

/** Between which results the truth changed: the last that agreed with the state before, and the first that did not. */
export interface ChangeBounds {
  readonly agreed: Date | null;
  readonly first: Date | null;
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
    async addChange(checkNumber: number, change: StoredChange, bounds: ChangeBounds): Promise<void> {
      await db
        .insertInto('watch.state_change')
        .values({
          check_number: checkNumber,
          at: change.at,
          from_state: change.from,
          to_state: change.to,
          because_kind: change.because?.kind ?? null,
          because_id: change.because?.id ?? null,
          because_name: change.because?.name ?? null,
          reason: writeReason(change.reason),
          first_at: bounds.first,
          agreed_at: bounds.agreed,
        })
        .execute();
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
    async add(alert: StoredAlert): Promise<void> {
      await db
        .insertInto('watch.alert')
        .values({
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
        })
        .execute();
    },
    async worsen(
      id: string,
      now: { readonly state: State; readonly reason: Reason; readonly output: string },
    ): Promise<void> {
      await db
        .updateTable('watch.alert')
        .set({ state: now.state, reason: writeReason(now.reason), output: now.output })
        .where('id', '=', id)
        .execute();
    },
    async setCause(id: string, cause: NamedThing, causeKey: string): Promise<void> {
      await db
        .updateTable('watch.alert')
        .set({ cause_kind: cause.kind, cause_id: cause.id, cause_name: cause.name, cause_key: causeKey })
        .where('id', '=', id)
        .execute();
    },
    async clear(id: string, goodSince: Date, at: Date): Promise<void> {
      await db.updateTable('watch.alert').set({ good_since: goodSince, cleared_at: at }).where('id', '=', id).execute();
    },
    /** Notes which silence or maintenance window holds it back. */
    async noteHolder(id: string, by: string): Promise<void> {
      await db.updateTable('watch.alert').set({ held_by: by }).where('id', '=', id).execute();
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
    /** The open alert of a check, kept from others until the transaction ends. */
    async holdOpen(checkId: string): Promise<StoredAlert | null> {
      const row = await alertRows(db)
        .where('check_id', '=', checkId)
        .where('cleared_at', 'is', null)
        .forUpdate()
        .executeTakeFirst();
      return row === undefined ? null : toAlert(row);
    },
    /** Open alerts that were raised in silence. */
    async openSilenced(): Promise<StoredAlert[]> {
      return (
        await alertRows(db).where('cleared_at', 'is', null).where('silenced', '=', true).limit(10_000).execute()
      ).map(toAlert);
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
