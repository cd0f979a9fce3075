import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import type { CheckResult } from '#probe/check-kind.ts';
import { addCheck, type NewCheck } from './keep-check.ts';
import { retainedDays } from './draw-chart.ts';
import { seriesUnits } from './recorder.ts';
import { checkStore } from './store-check.ts';
import { historyStore, type HourRow } from './store-history.ts';
import { resultStore, type ResultRow, type SeriesRow } from './store-result.ts';
import { settleState, type Settled } from './settle-state.ts';

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
const dayMs = 86_400_000;

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

function hourRows(series: readonly SeriesRow[], hours: readonly PastHours[]): HourRow[] {
  return hours.flatMap((each) => {
    const found = series.find(({ name }) => name === each.name);
    return found === undefined ? [] : each.hours.map((hour) => ({ ...hour, ...found }));
  });
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
      await settleState(parts, settled);
    },
    addMeasurements: (checkId, runs, hours) =>
      transact(async ({ db }) => {
        const check = await checkStore(db).get(checkId);
        if (check === null) return;
        const results = resultStore(db);
        const series = seriesOf(check.number, runs, hours);
        await results.addSeries(series);
        const rows = rowsOf(runs, series);
        for (let from = 0; from < rows.length; from += mostRows)
          await results.addAll(rows.slice(from, from + mostRows));
        await historyStore(db).addHours(hourRows(series, hours));
      }),
    begin: (until) =>
      transact(async ({ db }) => {
        const nowMs = clock.now().getTime();
        for (let ago = retainedDays - 1; ago >= 0; ago -= 1)
          await resultStore(db).keepDays(new Date(nowMs - ago * dayMs), retainedDays);
        await historyStore(db).setProgress(until);
      }),
  };
}
