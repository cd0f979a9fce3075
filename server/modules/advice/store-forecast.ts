import { sql } from 'kysely';
import type { ToldForecast } from '#contract/advice-forecasts.ts';
import { thingKind, type NamedThing } from '#contract/words.ts';
import { nextOffset, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { toldJumps, type ToldJumps } from './jumps.ts';

/** A series that may have a limit. */
export interface BoundedSeries {
  readonly id: number;
  readonly name: string;
  readonly unit: string;
  /** As somebody said. */
  readonly hand: { readonly capacity: number; readonly falling: boolean } | null;
  readonly madeAt: Date | null;
  readonly hasDate: boolean;
}

export interface NewForecast {
  readonly seriesId: number;
  readonly madeAt: Date;
  readonly capacity: number;
  readonly falling: boolean;
  readonly byHand: boolean;
  readonly fullAt: Date | null;
  readonly lowAt: Date | null;
  readonly highAt: Date | null;
  readonly within30Days: number;
  /** Change a day in the long run, what jumps come to included. */
  readonly perDay: number;
  readonly jumps: ToldJumps | null;
  readonly why: ToldForecast['why'];
  readonly pastDays: number;
  readonly last: number | null;
}

/** A forecast with what it is about. */
export interface FullForecast extends NewForecast {
  readonly checkId: string;
  readonly checkName: string;
  readonly checkKind: string;
  readonly target: NamedThing | null;
  readonly series: string;
  readonly unit: string;
}

interface Read {
  series_id: number;
  made_at: Date;
  capacity: number;
  falling: boolean;
  by_hand: boolean;
  full_at: Date | null;
  low_at: Date | null;
  high_at: Date | null;
  within_30_days: number;
  per_day: number;
  jumps: unknown;
  why: ToldForecast['why'];
  past_days: number;
  last: number | null;
  check_id: string;
  check_name: string;
  check_kind: string;
  target_kind: string;
  target_id: string;
  target_name: string | null;
  series: string;
  unit: string;
}

function tellRow(row: Read): FullForecast {
  return {
    seriesId: row.series_id,
    madeAt: row.made_at,
    capacity: row.capacity,
    falling: row.falling,
    byHand: row.by_hand,
    fullAt: row.full_at,
    lowAt: row.low_at,
    highAt: row.high_at,
    within30Days: Number(row.within_30_days.toPrecision(4)),
    perDay: row.per_day,
    jumps: toldJumps.nullable().parse(row.jumps),
    why: row.why,
    pastDays: Number(row.past_days.toPrecision(4)),
    last: row.last,
    checkId: row.check_id,
    checkName: row.check_name,
    checkKind: row.check_kind,
    target: { kind: thingKind.parse(row.target_kind), id: row.target_id, name: row.target_name ?? '' },
    series: row.series,
    unit: row.unit,
  };
}

/** What a list of forecasts is asked for. */
export interface ForecastQuery {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly thingKind?: string | undefined;
  readonly thingId?: string | undefined;
  readonly checkId?: string | undefined;
  /** Only what is full before it. */
  readonly before?: Date | undefined;
}

const full = sql`f.*, c.id as check_id, c.name as check_name, c.kind as check_kind, c.target_kind, c.target_id, t.name as target_name, s.name as series, s.unit`;
const joined = sql`advice.forecast f
  join watch.pub_series s on s.id = f.series_id
  join watch.pub_check c on c.id = s.check_id
  left join estate.pub_thing t on t.kind = c.target_kind and t.id = c.target_id`;

function boundedSql(db: Database<'advice'>) {
  return {
    /** Series that may have a limit: shares, what is left of something, and what somebody gave one. */
    async bounded(): Promise<BoundedSeries[]> {
      const rows = await db
        .selectFrom('watch.pub_series as series')
        .innerJoin('watch.pub_check as check', 'check.id', 'series.check_id')
        .leftJoin('advice.bound as bound', 'bound.series_id', 'series.id')
        .leftJoin('advice.forecast as forecast', 'forecast.series_id', 'series.id')
        .select([
          'series.id',
          'series.name',
          'series.unit',
          'bound.capacity',
          'bound.falling',
          'forecast.made_at',
          'forecast.full_at',
        ])
        .where('check.paused', '=', false)
        .where((where) =>
          where.or([
            where('bound.capacity', 'is not', null),
            where('series.unit', '=', '%'),
            where(sql<string>`split_part(series.name, ':', 1)`, 'in', ['diskFree', 'supply', 'toner', 'paper']),
          ]),
        )
        .execute();
      return rows.map((row) => ({
        id: row.id ?? 0,
        name: row.name ?? '',
        unit: row.unit ?? '',
        hand: row.capacity === null ? null : { capacity: row.capacity, falling: row.falling === true },
        madeAt: row.made_at,
        hasDate: row.full_at !== null,
      }));
    },
    async save(forecasts: readonly NewForecast[]): Promise<void> {
      for (const each of forecasts.toSorted((one, other) => one.seriesId - other.seriesId)) {
        const values = {
          made_at: each.madeAt,
          capacity: each.capacity,
          falling: each.falling,
          by_hand: each.byHand,
          full_at: each.fullAt,
          low_at: each.lowAt,
          high_at: each.highAt,
          within_30_days: each.within30Days,
          per_day: each.perDay,
          jumps: each.jumps === null ? null : JSON.stringify(each.jumps),
          why: each.why,
          past_days: each.pastDays,
          last: each.last,
        };
        await db
          .insertInto('advice.forecast')
          .values({ series_id: each.seriesId, ...values })
          .onConflict((conflict) => conflict.column('series_id').doUpdateSet(values))
          .execute();
      }
    },
  };
}

function readSql(db: Database<'advice'>) {
  return {
    /** The earliest date first, then what has none. */
    async list(asked: ForecastQuery): Promise<{ items: FullForecast[]; total: number; next: string | null }> {
      const all = [sql`true`];
      if (asked.thingKind !== undefined) all.push(sql`c.target_kind = ${asked.thingKind}`);
      if (asked.thingId !== undefined) all.push(sql`c.target_id = ${asked.thingId}`);
      if (asked.checkId !== undefined) all.push(sql`c.id = ${asked.checkId}`);
      if (asked.before !== undefined) all.push(sql`f.full_at < ${asked.before}`);
      const { rows } = await sql<Read & { total: number }>`
        select ${full}, count(*) over ()::int as total from ${joined} where ${sql.join(all, sql` and `)}
        order by f.full_at nulls last, f.why, f.per_day desc, f.series_id
        limit ${asked.limit} offset ${numberCursor(asked.after) ?? 0}`.execute(db);
      const total = rows[0]?.total ?? 0;
      return { items: rows.map(tellRow), total, next: nextOffset(asked.after, rows.length, total) };
    },
    async get(seriesId: number): Promise<FullForecast | null> {
      const { rows } = await sql<Read>`select ${full} from ${joined} where f.series_id = ${seriesId}`.execute(db);
      return rows[0] === undefined ? null : tellRow(rows[0]);
    },
    /** False when there is no such series. */
    async setLimit(
      seriesId: number,
      limit: { readonly capacity: number; readonly falling: boolean },
      by: string,
      at: Date,
    ): Promise<boolean> {
      const there = await db.selectFrom('watch.pub_series').select('id').where('id', '=', seriesId).executeTakeFirst();
      if (there === undefined) return false;
      const values = { capacity: limit.capacity, falling: limit.falling, by_name: by, at };
      await db
        .insertInto('advice.bound')
        .values({ series_id: seriesId, ...values })
        .onConflict((conflict) => conflict.column('series_id').doUpdateSet(values))
        .execute();
      await db.deleteFrom('advice.forecast').where('series_id', '=', seriesId).execute();
      return true;
    },
    async removeLimit(seriesId: number): Promise<boolean> {
      const done = await db.deleteFrom('advice.bound').where('series_id', '=', seriesId).executeTakeFirst();
      await db.deleteFrom('advice.forecast').where('series_id', '=', seriesId).execute();
      return done.numDeletedRows > 0n;
    },
    /** Forecasts of what is measured no more. */
    async forgetGone(): Promise<void> {
      await sql`delete from advice.forecast f where not exists (select from watch.pub_series s where s.id = f.series_id)`.execute(
        db,
      );
      await sql`delete from advice.bound b where not exists (select from watch.pub_series s where s.id = b.series_id)`.execute(
        db,
      );
    },
  };
}

/** All SQL about limits and forecasts. */
export function forecastStore(db: Database<'advice'>) {
  return { ...boundedSql(db), ...readSql(db) };
}
