import { sql } from 'kysely';
import { z } from 'zod';
import { state, type State } from '#contract/alert.ts';
import { rules, sensitivity, type Rule, type Sensitivity } from '#contract/rule.ts';
import { importance } from '#contract/profile.ts';
import { thingKind, type NamedThing, type ThingRef } from '#contract/words.ts';
import { likePattern, nextOffset, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { verdictOf } from '../running/store-result.ts';
import { stateWriter } from '../states/store-state.ts';
import { usualSensitivity } from '../running/confirm.ts';
import type { ReasonData } from '#probe/check-kind.ts';
import { readReason, reasonData } from '../states/reason-text.ts';
import type { CheckFields, LastResult, StoredCheck } from '../watched-check.ts';

interface CheckRow {
  id: string;
  number: number;
  name: string;
  kind: string;
  target_kind: string;
  target_id: string;
  settings: unknown;
  interval_ms: number;
  paused: boolean;
  special_allowed: boolean;
  special_address: string | null;
  secret_address: string | null;
  importance: string;
  state: string;
  since: Date;
  failing_since: Date | null;
  flapping: boolean;
  because_kind: string | null;
  because_id: string | null;
  because_name: string | null;
  changed_at: Date;
  rules: unknown;
  sensitivity: unknown;
  odd: unknown;
}

const settingsShape = z.record(z.string(), z.unknown());

/** A thing from its three columns; null when they are empty. */
export function namedThing(kind: string | null, id: string | null, name: string | null): NamedThing | null {
  return kind === null || id === null ? null : { kind: thingKind.parse(kind), id, name: name ?? '' };
}

function toCheck(row: CheckRow): StoredCheck {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    kind: row.kind,
    target: { kind: thingKind.parse(row.target_kind), id: row.target_id },
    settings: settingsShape.parse(row.settings),
    intervalMs: row.interval_ms,
    paused: row.paused,
    specialAllowed: row.special_allowed,
    specialAddress: row.special_address,
    secretAddress: row.secret_address,
    importance: importance.parse(row.importance),
    state: state.parse(row.state),
    since: row.since,
    failingSince: row.failing_since,
    flapping: row.flapping,
    because: namedThing(row.because_kind, row.because_id, row.because_name),
    changedAt: row.changed_at,
    rules: readRules(row.rules),
    sensitivity: readSensitivity(row.sensitivity),
    odd: readOdd(row.odd),
  };
}

// Most checks have none, and ten thousand of them are read at once.
function readRules(stored: unknown): readonly Rule[] {
  return Array.isArray(stored) && stored.length === 0 ? [] : rules.parse(stored);
}

// Null for nearly all of ten thousand.
function readOdd(stored: unknown): ReasonData | null {
  return stored === null ? null : reasonData.parse(stored);
}

function readSensitivity(stored: unknown): Sensitivity {
  return typeof stored === 'object' && stored !== null && Object.keys(stored).length === 0
    ? usualSensitivity
    : sensitivity.parse(stored);
}

/** A check for a list: with the name of its target and its newest result. */
export interface ListedCheck {
  readonly check: StoredCheck;
  readonly targetName: string;
  readonly last: LastResult | null;
}

export interface CheckQuery {
  readonly search?: string | undefined;
  readonly state?: State | undefined;
  readonly kind?: string | undefined;
  readonly thingKind?: string | undefined;
  readonly thingId?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly changedSince?: string | undefined;
  readonly order?: 'name' | 'worst' | 'made' | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The order in which lists show states: what wants a hand first. */
const severity = sql`array_position(array['down', 'unreachable', 'degraded', 'unknown', 'up'], "check".state)`;

function listedRows(db: Database<'watch'>) {
  return db
    .selectFrom('watch.check as check')
    .leftJoin('estate.pub_thing as thing', (join) =>
      join.onRef('thing.kind', '=', 'check.target_kind').onRef('thing.id', '=', 'check.target_id'),
    )
    .leftJoin('watch.check_last as last', 'last.check_number', 'check.number');
}

const listedColumns = ['thing.name as target_name', 'last.at', 'last.verdict', 'last.reason'] as const;

interface ListedRow extends CheckRow {
  target_name: string | null;
  at: Date | null;
  verdict: number | null;
  reason: string | null;
}

function toListed(row: ListedRow): ListedCheck {
  const { at, verdict, reason } = row;
  return {
    check: toCheck(row),
    targetName: row.target_name ?? '',
    last:
      at === null || verdict === null || reason === null
        ? null
        : { at, verdict: verdictOf(verdict), reason: readReason(reason) },
  };
}

function checkLists(db: Database<'watch'>) {
  return {
    async list(asked: CheckQuery): Promise<{ items: ListedCheck[]; total: number; next: string | null }> {
      let all = listedRows(db);
      const { ids, changedSince } = asked;
      if (ids !== undefined) all = all.where('check.id', '=', sql<string>`any(${[...ids]}::uuid[])`);
      if (changedSince !== undefined) {
        const since = new Date(changedSince);
        all = all.where((where) => where.or([where('check.changed_at', '>', since), where('check.since', '>', since)]));
      }
      if (asked.state !== undefined) all = all.where('check.state', '=', asked.state).where('check.paused', '=', false);
      if (asked.kind !== undefined) all = all.where('check.kind', '=', asked.kind);
      if (asked.thingKind !== undefined) all = all.where('check.target_kind', '=', asked.thingKind);
      if (asked.thingId !== undefined) all = all.where('check.target_id', '=', asked.thingId);
      if (asked.search !== undefined && asked.search !== '') {
        const pattern = likePattern(asked.search);
        all = all.where((where) =>
          where.or([where('check.name', 'ilike', pattern), where('thing.name', 'ilike', pattern)]),
        );
      }
      const from = numberCursor(asked.after) ?? 0;
      const isByNumber = asked.order === 'made';
      const ordered = asked.order === 'worst' ? all.orderBy('check.paused').orderBy(severity) : all;
      const page = isByNumber
        ? // Goes on where the last page ended: nothing is sorted or read in vain.
          all.where('check.number', '>', from).orderBy('check.number')
        : ordered.orderBy('thing.name').orderBy('check.name').orderBy('check.id').offset(from);
      const rows = await page.selectAll('check').select(listedColumns).limit(asked.limit).execute();
      const items = rows.map(toListed);
      const isFull = items.length >= asked.limit;
      // A page that is not full ends the list: unless it is known where it began, nothing needs to be counted.
      const isCounted = isFull || (from > 0 && (isByNumber || items.length === 0));
      const counted = isCounted
        ? await all.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()
        : { count: from + items.length };
      const total = counted.count;
      if (isByNumber) return { items, total, next: isFull ? String(items.at(-1)?.check.number) : null };
      return { items, total, next: nextOffset(asked.after, items.length, total) };
    },
    async listed(ids: readonly string[]): Promise<ListedCheck[]> {
      if (ids.length === 0) return [];
      const rows = await listedRows(db)
        .selectAll('check')
        .select(listedColumns)
        .where('check.id', '=', sql<string>`any(${[...ids]}::uuid[])`)
        .orderBy('check.number')
        .execute();
      return rows.map(toListed);
    },
    /** True when no check was ever made in this database. */
    async isFirst(): Promise<boolean> {
      const { rows } = await sql<{ first: boolean }>`
        select last_value = 1 and not is_called as first from watch.check_number_seq`.execute(db);
      return rows[0]?.first ?? false;
    },
    async counts(): Promise<readonly { state: State | 'paused'; count: number }[]> {
      const rows = await db
        .selectFrom('watch.check')
        .select(['state', 'paused', sql<number>`count(*)`.as('count')])
        .groupBy(['state', 'paused'])
        .execute();
      return rows.map((row) => ({ state: row.paused ? 'paused' : state.parse(row.state), count: row.count }));
    },
    async lastResults(since: Date): Promise<{ count: number; lastAt: Date | null }> {
      const row = await db
        .selectFrom('watch.check_last')
        .select([sql<number>`count(*) filter (where at > ${since})`.as('count'), sql<Date | null>`max(at)`.as('last')])
        .executeTakeFirstOrThrow();
      return { count: row.count, lastAt: row.last };
    },
  };
}

function givenColumns(check: CheckFields) {
  return {
    name: check.name,
    settings: JSON.stringify(check.settings),
    interval_ms: check.intervalMs,
    paused: check.paused,
    special_allowed: check.specialAllowed,
    special_address: check.specialAddress ?? null,
  };
}

function checkWriter(db: Database<'watch'>) {
  return {
    async add(
      id: string,
      check: CheckFields & { readonly kind: string; readonly target: ThingRef },
      at: Date,
    ): Promise<void> {
      await db
        .insertInto('watch.check')
        .values({
          id,
          ...givenColumns(check),
          kind: check.kind,
          target_kind: check.target.kind,
          target_id: check.target.id,
          importance: check.importance ?? 'normal',
          state: 'unknown',
          since: at,
          created_at: at,
          changed_at: at,
        })
        .execute();
    },
    async change(id: string, check: CheckFields, at: Date): Promise<void> {
      await db
        .updateTable('watch.check')
        .set({
          ...givenColumns(check),
          ...(check.importance === undefined ? {} : { importance: check.importance }),
          ...(check.secretsMoved === true ? { secret_address: null } : {}),
          changed_at: at,
        })
        .where('id', '=', id)
        .execute();
    },
    /** Sets how the check's numbers are judged; what is left out stays. */
    async setRules(
      id: string,
      now: {
        readonly rules?: readonly Rule[] | undefined;
        readonly sensitivity?: Sensitivity | undefined;
        readonly intervalMs?: number | undefined;
      },
      at: Date,
    ): Promise<void> {
      await db
        .updateTable('watch.check')
        .set({
          ...(now.rules === undefined ? {} : { rules: JSON.stringify(now.rules) }),
          ...(now.sensitivity === undefined ? {} : { sensitivity: JSON.stringify(now.sensitivity) }),
          ...(now.intervalMs === undefined ? {} : { interval_ms: now.intervalMs }),
          changed_at: at,
        })
        .where('id', '=', id)
        .execute();
    },
    /** False when there is no such check. */
    async setOdd(id: string, odd: ReasonData | null, at: Date): Promise<boolean> {
      const done = await db
        .updateTable('watch.check')
        .set({ odd: odd === null ? null : JSON.stringify(odd), changed_at: at })
        .where('id', '=', id)
        .executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },
    async remove(id: string): Promise<void> {
      const gone = await db.deleteFrom('watch.check').where('id', '=', id).returning('number').executeTakeFirst();
      if (gone !== undefined) await db.deleteFrom('watch.check_last').where('check_number', '=', gone.number).execute();
    },
  };
}

/** All SQL about checks themselves. */
export function checkStore(db: Database<'watch'>) {
  return {
    ...checkLists(db),
    ...stateWriter(db),
    ...checkWriter(db),
    async all(): Promise<StoredCheck[]> {
      return (await db.selectFrom('watch.check').selectAll().execute()).map(toCheck);
    },
    async byIds(ids: readonly string[]): Promise<StoredCheck[]> {
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('watch.check')
        .selectAll()
        .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
        .execute();
      return rows.map(toCheck);
    },
    async idsOfKind(kind: string): Promise<{ id: string; name: string }[]> {
      return db.selectFrom('watch.check').select(['id', 'name']).where('kind', '=', kind).orderBy('number').execute();
    },
    /** Until the transaction ends, nobody else puts this machine under watch. */
    async aloneWithThisMachine(): Promise<void> {
      await sql`select pg_advisory_xact_lock(hashtext('vigie watch this machine'))`.execute(db);
    },
    /** Settings of all checks of a kind, by id. */
    async settingsOf(kind: string): Promise<Map<string, Readonly<Record<string, unknown>>>> {
      const rows = await db.selectFrom('watch.check').select(['id', 'settings']).where('kind', '=', kind).execute();
      return new Map(rows.map((row) => [row.id, settingsShape.parse(row.settings)]));
    },
    async get(id: string): Promise<StoredCheck | null> {
      const row = await db.selectFrom('watch.check').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toCheck(row);
    },
    /** The check, kept from others' changes until the transaction ends. */
    async hold(id: string): Promise<StoredCheck | null> {
      const row = await db.selectFrom('watch.check').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      return row === undefined ? null : toCheck(row);
    },
    /** The same for many, in one order, so that two changes of many do not wait for each other. */
    async holdAll(ids: readonly string[]): Promise<StoredCheck[]> {
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('watch.check')
        .selectAll()
        .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
        .orderBy('id')
        .forUpdate()
        .execute();
      return rows.map(toCheck);
    },
    async setPaused(ids: readonly string[], paused: boolean, at: Date): Promise<void> {
      if (ids.length === 0) return;
      await db
        .updateTable('watch.check')
        .set({ paused, changed_at: at })
        .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
        .execute();
    },
    async ofThing(thing: ThingRef): Promise<StoredCheck[]> {
      const rows = await db
        .selectFrom('watch.check')
        .selectAll()
        .where('target_kind', '=', thing.kind)
        .where('target_id', '=', thing.id)
        .orderBy('number')
        .limit(500)
        .execute();
      return rows.map(toCheck);
    },
  };
}
