import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';

/** A series to be judged, with the check that it belongs to. */
export interface JudgedSeriesRow {
  readonly id: number;
  readonly checkNumber: number;
  readonly position: number;
  readonly name: string;
  readonly unit: string;
}

/** A check whose series are judged. */
export interface JudgedCheck {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly profileId: string | null;
}

/** A check that was measured. */
export interface MeasuredCheck extends JudgedCheck {
  /** When it was made, or earlier when its state is known from earlier; milliseconds since 1970. */
  readonly measuredSinceMs: number;
}

/** What is remembered of a series. */
export interface Memory {
  readonly seriesId: number;
  readonly checkNumber: number;
  readonly firstAt: Date;
  readonly until: Date;
  readonly samples: number;
  readonly state: Uint8Array;
}

/** How many series there are, are judged, and are young; and when the youngest was first measured. */
interface Counts {
  readonly series: number;
  readonly judged: number;
  readonly young: number;
  readonly youngest: Date | null;
}

/** A batch of one check is at most so many samples; what is more comes with the next. */
const mostSamples = 2_000;

function arrivalSql(db: Database<'advice'>) {
  return {
    /** Checks that were measured after a moment, with their newest sample. */
    async arrived(after: Date): Promise<{ checkNumber: number; atMs: number }[]> {
      const { rows } = await sql<{ checkNumber: number; atMs: number }>`
        select check_number as "checkNumber", floor(extract(epoch from at) * 1000)::float8 as "atMs"
        from watch.pub_last where at > ${after}`.execute(db);
      return rows;
    },
    /**
     * Samples that are not packed yet, after a moment of each check: `milliseconds{values}` with semicolons between.
     * As text, because it is read in another thread: this one only passes it on.
     */
    async fresh(
      wanted: readonly { readonly checkNumber: number; readonly after: Date }[],
    ): Promise<Map<number, string>> {
      const { rows } = await sql<{ check_number: number; samples: string }>`
        select w.check_number, string_agg(s.ms || s.values, ';' order by s.ms) as samples
        from unnest(
          ${wanted.map(({ checkNumber }) => checkNumber)}::integer[], ${wanted.map(({ after }) => after)}::timestamptz[]
        ) as w (check_number, after_at)
        cross join lateral (
          select (extract(epoch from p.at) * 1000)::bigint as ms, p.values::text as values from watch.pub_sample p
          where p.check_number = w.check_number and p.at > w.after_at order by p.at limit ${mostSamples}
        ) s
        group by w.check_number`.execute(db);
      return new Map(rows.map((row) => [row.check_number, row.samples]));
    },
    async series(checkNumbers: readonly number[]): Promise<JudgedSeriesRow[]> {
      const rows = await db
        .selectFrom('watch.pub_series')
        .select(['id', 'check_number', 'position', 'name', 'unit'])
        .where('check_number', '=', sql<number>`any(${[...checkNumbers]}::integer[])`)
        .execute();
      return rows.map((row) => ({
        id: row.id ?? 0,
        checkNumber: row.check_number ?? 0,
        position: row.position ?? 0,
        name: row.name ?? '',
        unit: row.unit ?? '',
      }));
    },
    async checks(numbers: readonly number[]): Promise<MeasuredCheck[]> {
      const rows = await db
        .selectFrom('watch.pub_check')
        .select(['id', 'number', 'kind', 'profile_id', 'created_at', 'since'])
        .where('number', '=', sql<number>`any(${[...numbers]}::integer[])`)
        .execute();
      return rows.map((row) => ({
        id: row.id ?? '',
        number: row.number ?? 0,
        kind: row.kind ?? '',
        profileId: row.profile_id,
        measuredSinceMs: Math.min(row.created_at?.getTime() ?? 0, row.since?.getTime() ?? 0),
      }));
    },
  };
}

function countingSql(db: Database<'advice'>) {
  return {
    /** How many series there are, are judged, and were first measured after a moment; and the newest of these. */
    async counts(firstAfter: Date): Promise<Counts> {
      const { rows } = await sql<Counts>`
        select (select count(*)::int from watch.pub_series) as series, count(*)::int as judged,
          count(*) filter (where first_at > ${firstAfter})::int as young, max(first_at) as youngest
        from advice.memory`.execute(db);
      return rows[0] ?? { series: 0, judged: 0, young: 0, youngest: null };
    },
    async ofCheck(checkNumber: number): Promise<Omit<Memory, 'state'>[]> {
      const rows = await db
        .selectFrom('advice.memory')
        .select(['series_id', 'check_number', 'first_at', 'until', 'samples'])
        .where('check_number', '=', checkNumber)
        .execute();
      return rows.map((row) => ({
        seriesId: row.series_id,
        checkNumber: row.check_number,
        firstAt: row.first_at,
        until: row.until,
        samples: row.samples,
      }));
    },
  };
}

/** All SQL about what detectors know, and about what came since. */
export function memoryStore(db: Database<'advice'>) {
  return {
    ...arrivalSql(db),
    ...countingSql(db),
    /** Until when each check is judged; the least of its series. */
    async progress(): Promise<Map<number, number>> {
      const { rows } = await sql<{ check_number: number; ms: number }>`
        select check_number, (extract(epoch from min(until)) * 1000)::float8 as ms from advice.memory group by 1`.execute(
        db,
      );
      return new Map(rows.map((row) => [row.check_number, Math.round(row.ms)]));
    },
    async memories(seriesIds: readonly number[]): Promise<Memory[]> {
      if (seriesIds.length === 0) return [];
      const rows = await db
        .selectFrom('advice.memory')
        .selectAll()
        .where('series_id', '=', sql<number>`any(${[...seriesIds]}::integer[])`)
        .execute();
      return rows.map((row) => ({
        seriesId: row.series_id,
        checkNumber: row.check_number,
        firstAt: row.first_at,
        until: row.until,
        samples: row.samples,
        state: new Uint8Array(row.state),
      }));
    },
    /** In the order of the ids, so that nobody waits in a circle. */
    async save(memories: readonly Memory[]): Promise<void> {
      if (memories.length === 0) return;
      const all = memories.toSorted((one, other) => one.seriesId - other.seriesId);
      // As one value: it travels as it is, where each value of an array would be written in hexadecimal and read again.
      const states = Buffer.concat(all.map(({ state }) => state));
      let next = 1;
      const begins = all.map(({ state }) => (next += state.byteLength) - state.byteLength);
      await sql`
        insert into advice.memory (series_id, check_number, first_at, until, samples, state)
        select series_id, check_number, first_at, until, samples, substring(${states}::bytea from begins for bytes)
        from unnest(
          ${all.map(({ seriesId }) => seriesId)}::integer[], ${all.map(({ checkNumber }) => checkNumber)}::integer[],
          ${all.map(({ firstAt }) => firstAt)}::timestamptz[], ${all.map(({ until }) => until)}::timestamptz[],
          ${all.map(({ samples }) => samples)}::bigint[],
          ${begins}::integer[], ${all.map(({ state }) => state.byteLength)}::integer[]
        ) as saved (series_id, check_number, first_at, until, samples, begins, bytes)
        on conflict (series_id) do update set
          first_at = excluded.first_at, until = excluded.until, samples = excluded.samples, state = excluded.state
        where memory.until <= excluded.until`.execute(db);
    },
    /** Series that are measured no more, and anomalies that were over before a moment. */
    async forgetGone(before: Date): Promise<void> {
      await sql`delete from advice.anomaly where over_at < ${before}`.execute(db);
      await sql`
        delete from advice.memory m where not exists (select from watch.pub_series s where s.id = m.series_id)`.execute(
        db,
      );
      await sql`
        update advice.anomaly a set over_at = noticed_at, over_why = 'removed'
        where over_at is null and not exists (select from watch.pub_series s where s.id = a.series_id)`.execute(db);
    },
  };
}
