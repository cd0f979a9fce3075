import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import type { CheckResult } from '#probe/check-kind.ts';
import { addCheck, type NewCheck } from '../checks/keep-check.ts';
import { seriesUnits } from '../running/recorder.ts';
import { checkStore } from '../checks/store-check.ts';
import { resultStore, verdictNumber, type ResultRow, type SeriesRow } from '../running/store-result.ts';
import { settleStates } from '../states/settle-state.ts';
import type { Settled } from '../states/settled.ts';
import { mergeHours } from './roll-up-days.ts';
import type { Point } from './step-fold.ts';
import { writeReason } from '../states/reason-text.ts';
import { chunkStore, dayOf } from './store-chunk.ts';
import { rollStore } from './store-roll.ts';
import { windowMs, windowStore } from './store-window.ts';

/**
 * How what was measured before Vigie watched is taken over. The rules are those of the present: a change of state raises
 * and clears alerts and publishes its facts, at the time that the clock says.
 */

interface Parts {
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
}

/** One run of a check, long ago. */
export interface PastRun {
  readonly at: Date;
  readonly outcome: CheckResult;
}

/** Means, least and most of one measurement, each beginning at its hour. */
export interface PastHours {
  readonly name: string;
  readonly unit: CheckResult['metrics'][number]['unit'];
  readonly hours: readonly {
    readonly at: Date;
    readonly count: number;
    readonly mean: number;
    readonly min: number;
    readonly max: number;
    /** 95th percentile; NaN when it is not known. */
    readonly p95: number;
  }[];
}

/** What a module that connects others may ask for the past. */
export interface WatchHistory {
  /** Runs that are older than that have no room. */
  readonly keptDays: number;
  /** Adds checks without looking at their addresses; returns their ids in the order given. */
  readonly addChecks: (checks: readonly NewCheck[]) => Promise<readonly string[]>;
  /** A change of state that was confirmed at the time the clock says. */
  readonly settle: (settled: Settled) => Promise<void>;
  /** Runs of one check and its hours; the hours are told apart from the runs by time, not checked against them. */
  readonly addMeasurements: (checkId: string, runs: readonly PastRun[], series: readonly PastHours[]) => Promise<void>;
  /** Comes first: makes room for results of the days for which they are kept; hours before `until` are brought along. */
  readonly begin: (until: Date) => Promise<void>;
}

const mostRows = 5_000;
/** Days for which runs are kept when nobody says otherwise, as in the migration. */
const retainedDays = 14;

/** Places for all measurements that a check brings along, those of its runs first. */
function seriesOf(checkNumber: number, runs: readonly PastRun[], series: readonly PastHours[]): SeriesRow[] {
  const seen = new Map<string, PastHours['unit']>();
  for (const { outcome } of runs) for (const { name, unit } of outcome.metrics) seen.set(name, unit);
  for (const { name, unit } of series) seen.set(name, unit);
  return [...seen].map(([name, unit], index) => ({ checkNumber, position: index + 1, name, unit: seriesUnits[unit] }));
}

function rowsOf(runs: readonly PastRun[], series: readonly SeriesRow[]): ResultRow[] {
  const places = new Map(series.map(({ name, position }) => [name, position - 1]));
  return runs.map(({ at, outcome }) => {
    const values: (number | undefined)[] = [];
    for (const { name, value } of outcome.metrics) {
      const place = places.get(name);
      if (place !== undefined) values[place] = value;
    }
    return { ...outcome, at, confirming: false, checkNumber: series[0]?.checkNumber ?? 0, values };
  });
}

function hoursByPosition(series: readonly SeriesRow[], hours: readonly PastHours[]): Map<number, readonly Point[]> {
  return new Map(
    hours.flatMap((each) => {
      const found = series.find(({ name }) => name === each.name);
      if (found === undefined) return [];
      const points = each.hours.map(({ at, ...hour }) => ({ ...hour, time: at.getTime() / 1_000 }));
      return [[found.position, points.toSorted((one, other) => one.time - other.time)] as const];
    }),
  );
}

/** Where results stay as rows: the window of that moment and the one before it. */
function openFrom(nowMs: number): number {
  return Math.floor(nowMs / windowMs) * windowMs - windowMs;
}

function packable(row: ResultRow) {
  return {
    atMs: row.at.getTime(),
    verdict: verdictNumber(row.verdict),
    confirming: row.confirming,
    durationMs: row.durationMs,
    reason: writeReason(row.reason),
    output: row.output === '' ? null : row.output,
    values: Array.from(row.values, (value) => (value === undefined || !Number.isFinite(value) ? null : value)),
  };
}

/** Runs of windows that are over are packed at once; their days are rolled up when the server has time. */
async function addRuns(db: Database<'watch'>, rows: readonly ResultRow[], nowMs: number): Promise<void> {
  const edge = openFrom(nowMs);
  const newest = rows.at(-1);
  const open = rows.filter((row) => row.at.getTime() >= edge || row === newest);
  for (let from = 0; from < open.length; from += mostRows)
    await resultStore(db).addAll(open.slice(from, from + mostRows));
  const old = rows.filter((row) => row.at.getTime() < edge && row !== newest);
  const windows = Map.groupBy(old, ({ at }) => Math.floor(at.getTime() / windowMs));
  const chunks = [...windows.values()].map((some) => ({
    checkNumber: some[0]?.checkNumber ?? 0,
    samples: some.map(packable).toSorted((one, other) => one.atMs - other.atMs),
  }));
  await chunkStore(db).add(chunks);
  const days = new Set(old.map(({ at }) => dayOf(at.getTime()).getTime()));
  await rollStore(db).again([...days].map((day) => ({ checkNumber: newest?.checkNumber ?? 0, day: new Date(day) })));
}

/** What the past is written with; every act is a transaction of its own. */
export function importHistory(parts: Parts): WatchHistory {
  const { transact, clock } = parts;
  return {
    keptDays: retainedDays,
    addChecks: (checks) =>
      transact(async (unit) => {
        const ids: string[] = [];
        for (const check of checks) ids.push(await addCheck(unit, check, clock.now()));
        return ids;
      }),
    async settle(settled) {
      await settleStates(parts, [settled]);
    },
    addMeasurements: (checkId, runs, hours) =>
      transact(async ({ db }) => {
        const check = await checkStore(db).get(checkId);
        if (check === null) return;
        const results = resultStore(db);
        const series = seriesOf(check.number, runs, hours);
        await results.addSeries(series);
        const rows = rowsOf(runs, series);
        await addRuns(db, rows, clock.now().getTime());
        await mergeHours(db, check.number, hoursByPosition(series, hours));
      }),
    begin: (until) =>
      transact(async ({ db }) => {
        const edge = openFrom(clock.now().getTime());
        for (const beginMs of [edge, edge + windowMs]) {
          const begin = new Date(beginMs);
          const name = `result_${begin.toISOString().slice(0, 13).replaceAll('-', '').replace('T', '_')}`;
          await windowStore(db).makePart('result', name, begin, new Date(beginMs + windowMs));
        }
        await resultStore(db).keepDays(clock.now());
        await rollStore(db).setRolled({ until: dayOf(until.getTime()), afterCheck: 0 });
      }),
  };
}
