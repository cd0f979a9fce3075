import { sql } from 'kysely';
import { state, type State } from '#contract/alert.ts';
import { thingKind, type ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

/** A change of state as availability needs it; `reason` only where nothing is known from then on. */
export interface PastChange {
  readonly checkNumber: number;
  /** Epoch milliseconds, as all times here: a year of a thousand checks has no need of a Date each. */
  readonly atMs: number;
  readonly firstMs: number | null;
  readonly agreedMs: number | null;
  readonly from: State;
  readonly to: State;
  readonly reason: string | null;
}

/** A check as availability needs it. */
export interface PastCheck {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly kind: string;
  readonly target: ThingRef;
  readonly targetName: string;
  readonly intervalMs: number;
  readonly state: State;
  readonly createdAt: Date;
}

/** A span in which nobody looked; of all checks when it names none. */
export interface BlindSpan {
  readonly checkNumber: number | null;
  readonly from: Date;
  readonly until: Date;
}

/** A turn of a maintenance window that lies in a period. */
export interface PastTurn {
  readonly from: Date;
  readonly until: Date;
  readonly name: string;
  readonly checkNumbers: readonly number[];
}

interface ChangeRow {
  check_number: number;
  at_ms: number;
  first_ms: number | null;
  agreed_ms: number | null;
  from_state: string;
  to_state: string;
  reason: string | null;
}

const states = new Map<string, State>(state.options.map((each) => [each, each]));
const mostBlind = 20_000;
const mostTurns = 5_000;

function pastReader(db: Database<'watch'>) {
  return {
    /** The changes of a period and the last one before it, of many checks with one statement; each check's oldest first. */
    async changes(numbers: readonly number[], from: Date, until: Date): Promise<PastChange[]> {
      if (numbers.length === 0) return [];
      const { rows } = await sql<ChangeRow>`
        select c.check_number, (extract(epoch from c.at) * 1000)::float8 as at_ms,
          (extract(epoch from c.first_at) * 1000)::float8 as first_ms, (extract(epoch from c.agreed_at) * 1000)::float8 as agreed_ms,
          c.from_state, c.to_state,
          case when c.to_state = 'unknown' then c.reason end as reason
        from unnest(${[...numbers]}::integer[]) as wanted (number)
        cross join lateral (
          (select * from watch.state_change where check_number = wanted.number and at < ${from} order by at desc limit 1)
          union all
          (select * from watch.state_change where check_number = wanted.number and at >= ${from} and at < ${until})
        ) c
        order by c.check_number, c.at, c.id`.execute(db);
      return rows.map((row) => ({
        checkNumber: row.check_number,
        atMs: row.at_ms,
        firstMs: row.first_ms,
        agreedMs: row.agreed_ms,
        from: states.get(row.from_state) ?? 'unknown',
        to: states.get(row.to_state) ?? 'unknown',
        reason: row.reason,
      }));
    },
    async blind(numbers: readonly number[], from: Date, until: Date): Promise<BlindSpan[]> {
      const rows = await db
        .selectFrom('watch.blind')
        .selectAll()
        .where('until_at', '>', from)
        .where('from_at', '<', until)
        .where((where) =>
          where.or([
            where('check_number', 'is', null),
            where('check_number', '=', sql<number>`any(${[...numbers]}::integer[])`),
          ]),
        )
        .orderBy('from_at')
        .limit(mostBlind)
        .execute();
      return rows.map((row) => ({ checkNumber: row.check_number, from: row.from_at, until: row.until_at }));
    },
    /** Turns of maintenance windows that touch a period; those that go on end with it. */
    async turns(from: Date, until: Date): Promise<PastTurn[]> {
      const rows = await db
        .selectFrom('watch.window_turn')
        .select(['from_at', 'until_at', 'ended_at', 'name', 'check_numbers'])
        .where('until_at', '>', from)
        .where('from_at', '<', until)
        .orderBy('from_at')
        .limit(mostTurns)
        .execute();
      return rows.map((row) => ({
        from: row.from_at,
        until: row.ended_at ?? row.until_at,
        name: row.name,
        checkNumbers: row.check_numbers,
      }));
    },
  };
}

function blindWriter(db: Database<'watch'>) {
  return {
    async addBlind(spans: readonly (BlindSpan & { readonly why: 'stopped' | 'late' })[]): Promise<void> {
      if (spans.length === 0) return;
      await sql`
        insert into watch.blind (check_number, from_at, until_at, why)
        select number, from_at, until_at, why
        from unnest(${spans.map((each) => each.checkNumber)}::integer[], ${spans.map((each) => each.from)}::timestamptz[],
          ${spans.map((each) => each.until)}::timestamptz[], ${spans.map((each) => each.why)}::text[])
          as n (number, from_at, until_at, why)
        where number is null or exists (select from watch.check where "check".number = n.number)`.execute(db);
    },
    /** Notes that somebody watches; returns when somebody did before. */
    async beat(at: Date): Promise<Date | null> {
      const { rows } = await sql<{ before: Date | null }>`
        with before as (select at from watch.watching)
        insert into watch.watching (at) values (${at})
        on conflict (only_row) do update set at = excluded.at
        returning (select at from before) as before`.execute(db);
      const before = rows[0]?.before ?? null;
      if (before !== null && before.getTime() - at.getTime() > setBackMs) await forgetAhead(db, at);
      return before;
    },
    /** For how long nobody watched until a moment ago, or does still; in milliseconds. */
    async lastPauseMs(now: Date): Promise<number> {
      const recently = new Date(now.getTime() - 600_000);
      const { rows } = await sql<{ ms: number | null }>`
        select greatest(
          (select extract(epoch from ${now}::timestamptz - at) * 1000 from watch.watching),
          (select max(extract(epoch from until_at - from_at)) * 1000 from watch.blind
            where check_number is null and until_at > ${recently})
        )::float8 as ms`.execute(db);
      return rows[0]?.ms ?? 0;
    },
  };
}

/** A clock that goes back by more was ahead. */
const setBackMs = 60_000;

/** Spans that a clock which was ahead has written: of what is still to come, nobody knows yet whether it is watched. */
async function forgetAhead(db: Database<'watch'>, now: Date): Promise<void> {
  await db.deleteFrom('watch.blind').where('from_at', '>=', now).execute();
  await db.updateTable('watch.blind').set({ until_at: now }).where('until_at', '>', now).execute();
}

function thingReader(db: Database<'watch'>) {
  return {
    /** Hosts of sites, and of the services that need them: `id` is the site or the service. */
    async hostsBelow(kind: 'site' | 'service'): Promise<{ id: string; hostId: string }[]> {
      const rows =
        kind === 'site'
          ? await db
              .selectFrom('estate.pub_dependency')
              .select(['on_id as id', 'dependent_id as host_id'])
              .where('on_kind', '=', 'site')
              .where('dependent_kind', '=', 'host')
              .execute()
          : await db
              .selectFrom('estate.pub_dependency')
              .select(['dependent_id as id', 'on_id as host_id'])
              .where('dependent_kind', '=', 'service')
              .where('on_kind', '=', 'host')
              .execute();
      return rows.flatMap(({ id, host_id: hostId }) => (id === null || hostId === null ? [] : { id, hostId }));
    },
    async names(
      kind: 'site' | 'host' | 'service',
      ids: readonly string[] | null,
      limit: number,
    ): Promise<{ id: string; name: string }[]> {
      let query = db.selectFrom('estate.pub_thing').select(['id', 'name']).where('kind', '=', kind);
      if (ids !== null) query = query.where('id', '=', sql<string>`any(${[...ids]}::uuid[])`);
      const rows = await query.orderBy('name').limit(limit).execute();
      return rows.flatMap(({ id, name }) => (id === null ? [] : { id, name: name ?? '' }));
    },
  };
}

/** All SQL about how much of a period something was there. */
export function availabilityStore(db: Database<'watch'>) {
  return {
    ...pastReader(db),
    ...blindWriter(db),
    ...thingReader(db),
    /** The checks themselves: named ones, or all on things of a kind. */
    async checks(
      asked: { readonly ids?: readonly string[]; readonly targets?: readonly string[]; readonly kind?: string },
      limit: number,
    ): Promise<PastCheck[]> {
      let rows = db
        .selectFrom('watch.check as check')
        .leftJoin('estate.pub_thing as thing', (join) =>
          join.onRef('thing.kind', '=', 'check.target_kind').onRef('thing.id', '=', 'check.target_id'),
        );
      if (asked.ids !== undefined) rows = rows.where('check.id', '=', sql<string>`any(${[...asked.ids]}::uuid[])`);
      if (asked.targets !== undefined)
        rows = rows.where('check.target_id', '=', sql<string>`any(${[...asked.targets]}::uuid[])`);
      if (asked.kind !== undefined) rows = rows.where('check.target_kind', '=', asked.kind);
      const found = await rows
        .select([
          'check.id',
          'check.number',
          'check.name',
          'check.kind',
          'check.target_kind',
          'check.target_id',
          'check.interval_ms',
          'check.state',
          'check.created_at',
          'thing.name as target_name',
        ])
        .orderBy('thing.name')
        .orderBy('check.number')
        .limit(limit)
        .execute();
      return found.map((row) => ({
        id: row.id,
        number: row.number,
        name: row.name,
        kind: row.kind,
        target: { kind: thingKind.parse(row.target_kind), id: row.target_id },
        targetName: row.target_name ?? '',
        intervalMs: row.interval_ms,
        state: state.parse(row.state),
        createdAt: row.created_at,
      }));
    },
  };
}
