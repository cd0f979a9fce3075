import { sql } from 'kysely';
import type { Verdict } from '#contract/watch.ts';
import type { Database } from '#platform/database.ts';
import { liveChannel, livePayload } from '#platform/live-line.ts';
import { readReason, writeReason } from '../states/reason-text.ts';
import { chunkStore } from '../measurements/store-chunk.ts';
import { windowStore } from '../measurements/store-window.ts';
import type { StoredResult } from '../watched-check.ts';

const verdicts = ['up', 'degraded', 'down', 'unknown'] as const;

/** A verdict from its number in the tables. */
export function verdictOf(number: number): Verdict {
  return verdicts[number] ?? 'unknown';
}

/** A verdict as the tables hold it. */
export function verdictNumber(verdict: Verdict): number {
  return verdicts.indexOf(verdict);
}

/** One run, ready to be written; `values` stand at the positions of the check's series. */
export interface ResultRow extends StoredResult {
  readonly checkNumber: number;
  readonly values: readonly (number | undefined)[];
}

/** One kind of measurement of one check. */
export interface SeriesRow {
  readonly checkNumber: number;
  readonly position: number;
  readonly name: string;
  readonly unit: string;
}

// PostgreSQL cannot unnest rows of arrays of different lengths; as text they can be cast one by one.
function arrayText(values: readonly (number | undefined)[]): string {
  let text = '{';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (index > 0) text += ',';
    text += value === undefined || !Number.isFinite(value) ? 'NULL' : String(Math.fround(value));
  }
  return `${text}}`;
}

/** A column as PostgreSQL writes arrays of what needs no quotes: pg would look at each value again and quote it. */
function column(rows: readonly ResultRow[], valueOf: (row: ResultRow) => number | string): string {
  let text = '{';
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index];
    if (row !== undefined) text += index === 0 ? valueOf(row) : `,${valueOf(row)}`;
  }
  return `${text}}`;
}

const newLine = '\n';

/** A column of texts without line breaks. */
function lines(rows: readonly ResultRow[], textOf: (row: ResultRow) => string): string {
  return rows.map(textOf).join(newLine);
}

function seriesStore(db: Database<'watch'>) {
  return {
    async series(checkNumbers: readonly number[]): Promise<(SeriesRow & { readonly id: number })[]> {
      if (checkNumbers.length === 0) return [];
      const rows = await db
        .selectFrom('watch.series')
        .selectAll()
        .where('check_number', '=', sql<number>`any(${[...checkNumbers]}::integer[])`)
        .orderBy('check_number')
        .orderBy('position')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        checkNumber: row.check_number,
        position: row.position,
        name: row.name,
        unit: row.unit,
      }));
    },
    async addSeries(rows: readonly SeriesRow[]): Promise<void> {
      if (rows.length === 0) return;
      // A check may have been removed since it ran: its series then have nothing to belong to.
      await sql`
        insert into watch.series (check_number, position, name, unit)
        select n.check_number, n.position, n.name, n.unit
        from unnest(
          ${rows.map((row) => row.checkNumber)}::integer[], ${rows.map((row) => row.position)}::smallint[],
          ${rows.map((row) => row.name)}::text[], ${rows.map((row) => row.unit)}::text[]
        ) as n (check_number, position, name, unit)
        join watch.check on "check".number = n.check_number
        on conflict do nothing`.execute(db);
    },
  };
}

/** That there are results is told to the screens, naming some of the checks. */
interface ResultNews {
  readonly at: Date;
  readonly checks: readonly string[];
}

/**
 * Writes many runs with one statement, and the newest of each check for the lists. `news` are told with them: by themselves
 * they would be one more commit each second.
 */
async function addResults(db: Database<'watch'>, rows: readonly ResultRow[], news?: ResultNews): Promise<void> {
  if (rows.length === 0) return;
  const told =
    news === undefined
      ? []
      : [livePayload({ topic: 'watch.results', id: null, extra: { checks: [...news.checks] } }, news.at)];
  // Unnested beside longer columns, an empty one gives null in each row.
  const isQuiet = rows.every(({ output }) => output === '');
  const outputs = isQuiet ? '{}' : rows.map((row) => (row.output === '' ? null : row.output));
  await sql`
    with new as (
      select n.check_number, to_timestamp(n.at_ms / 1000.0) as at, n.verdict, n.confirming, n.duration_ms, n.value_text::real[] as values, n.reason, n.output
      from unnest(
        ${column(rows, (row) => row.checkNumber)}::integer[],
        ${column(rows, (row) => row.at.getTime())}::bigint[],
        ${column(rows, (row) => verdicts.indexOf(row.verdict))}::smallint[],
        ${column(rows, (row) => (row.confirming ? 't' : 'f'))}::boolean[],
        ${column(rows, (row) => Math.fround(row.durationMs))}::real[],
        string_to_array(${lines(rows, (row) => arrayText(row.values))}::text, ${newLine}),
        string_to_array(${lines(rows, (row) => writeReason(row.reason))}::text, ${newLine}),
        ${outputs}::text[]
      ) as n (check_number, at_ms, verdict, confirming, duration_ms, value_text, reason, output)
    ), kept as (
      insert into watch.result (check_number, at, verdict, confirming, duration_ms, values, reason, output)
      select * from new
    ), late as (
      -- What is around them was sent on already.
      insert into watch.remote_late (check_number, from_at, until_at)
      select check_number, min(at), max(at) from new
      join watch.remote_write on active and at < until
      group by check_number, date_bin('10 minutes', at, 'epoch')
      on conflict do nothing
    ), newest as (
      insert into watch.check_last (check_number, at, verdict, reason, values)
      select distinct on (check_number) check_number, at, verdict, reason, values from new order by check_number, at desc
      on conflict (check_number) do update set
        at = excluded.at, verdict = excluded.verdict, reason = excluded.reason, values = excluded.values
      -- What claims to be of the future was written by a clock that was ahead.
      where excluded.at >= check_last.at or check_last.at > now() + interval '10 minutes'
    )
    select pg_notify(${liveChannel}, payload) from unnest(${told}::text[]) as payload`.execute(db);
}

/** All SQL about results and series. */
export function resultStore(db: Database<'watch'>) {
  return {
    ...seriesStore(db),
    /** Writes many runs, and the newest of each check for the lists; tells the screens of it when there are `news`. */
    addAll: (rows: readonly ResultRow[], news?: ResultNews): Promise<void> => addResults(db, rows, news),
    /** The newest results of a check, those that are packed included. */
    async list(checkNumber: number, limit: number, before: Date | undefined): Promise<StoredResult[]> {
      const open = await windowStore(db).newestOpen(checkNumber, before, limit);
      const packed =
        open.length >= limit ? [] : await chunkStore(db).newest(checkNumber, before ?? new Date(8.64e15), limit);
      const byTime = new Map([...packed, ...open].map((sample) => [sample.atMs, sample]));
      return [...byTime.values()]
        .toSorted((one, other) => other.atMs - one.atMs)
        .slice(0, limit)
        .map((sample) => ({
          at: new Date(sample.atMs),
          verdict: verdictOf(sample.verdict),
          reason: readReason(sample.reason),
          confirming: sample.confirming,
          durationMs: sample.durationMs,
          output: sample.output ?? '',
        }));
    },
    async lastValues(checkNumber: number): Promise<{ at: Date; values: (number | null)[] } | null> {
      const row = await db
        .selectFrom('watch.check_last')
        .select(['at', 'values'])
        .where('check_number', '=', checkNumber)
        .executeTakeFirst();
      return row === undefined ? null : { at: row.at, values: row.values };
    },
    /** Makes the windows that results of this day and the next are written to. */
    async keepDays(now: Date): Promise<void> {
      await sql`select watch.keep_days(${now}, 1, 0)`.execute(db);
    },
  };
}
