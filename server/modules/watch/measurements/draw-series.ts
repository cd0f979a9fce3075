import type { z } from 'zod';
import type { ChartSource, seriesChart } from '#contract/measurement.ts';
import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import {
  planChart,
  readMeasurements,
  stepFor,
  type Measured,
  type Span,
  type WantedSeries,
} from './read-measurements.ts';
import { readRemote } from './read-remote.ts';
import { seriesLabel } from './series-label.ts';
import { remoteStore } from './store-remote.ts';
import { rollStore } from './store-roll.ts';
import { seriesStore, type FullSeries } from './store-series.ts';
import { tellMarks } from './tell-marks.ts';

/** Series by the check that measures them: each check is read once. */
export function byCheck(series: readonly FullSeries[]): (WantedSeries & { readonly members: readonly FullSeries[] })[] {
  return [...Map.groupBy(series, ({ check }) => check.number)].map(([checkNumber, members]) => ({
    checkNumber,
    intervalMs: members[0]?.check.intervalMs ?? 60_000,
    positions: members.map(({ position }) => position),
    members,
  }));
}

/** What drawing needs. */
export interface DrawParts {
  readonly db: Database<'watch'>;
  readonly clock: Clock;
  readonly vault: Pick<Vault, 'unseal'>;
  readonly log: Log;
}

const dayMs = 86_400_000;

/** Folds what was measured: from what is kept here, or from the store that it was sent on to where that is chosen. */
export async function measureGroups(
  { db, clock, vault, log }: DrawParts,
  groups: readonly (WantedSeries & { readonly members: readonly FullSeries[] })[],
  span: Span,
): Promise<{ measured: Measured[]; source: ChartSource }> {
  const retention = await rollStore(db).retention();
  const now = clock.now();
  const plan = planChart(span, groups, { retention, now });
  const old = now.getTime() - span.from.getTime() > retention.rawDays * dayMs;
  const remote = old ? await remoteStore(db).get() : null;
  if (remote !== null && remote.readBack && remote.queryUrl !== '') {
    const spanS = (span.until.getTime() - span.from.getTime()) / 1_000;
    const found = await readRemote({ remote, vault, log }, groups, span, stepFor(spanS, span.points, 60));
    if (found !== null) return { measured: found, source: 'remote' };
  }
  return { measured: await readMeasurements(db, groups, span, plan), source: plan.source };
}

/** Series of any checks as columns of one chart. Throws Refusal `not_found` when none of them is known. */
export async function drawSeries(
  parts: DrawParts,
  asked: { readonly series: readonly number[]; readonly from: string; readonly until: string; readonly points: number },
  language: Language,
): Promise<z.infer<typeof seriesChart>> {
  const { db } = parts;
  const series = await seriesStore(db).byIds([...new Set(asked.series)]);
  if (series.length === 0) throw new Refusal('not_found');
  const from = new Date(asked.from);
  const until = new Date(Math.max(new Date(asked.until).getTime(), from.getTime() + 1_000));
  const span: Span = { from, until, points: asked.points };
  const wanted = byCheck(series);
  const { measured, source } = await measureGroups(parts, wanted, span);
  const [first] = measured;
  if (first === undefined) throw new Error('series were measured as none');
  const columns = new Map(
    wanted.flatMap(({ members }, index) => members.map((each, place) => [each.id, columnsOf(measured[index], place)])),
  );
  const checks = [...new Map(series.map(({ check }) => [check.id, check])).values()];
  return {
    stepSeconds: first.stepS,
    source,
    times: Array.from({ length: first.steps }, (_none, step) => first.firstS + step * first.stepS),
    series: series.map((each) => ({
      id: each.id,
      checkId: each.check.id,
      checkName: each.check.name,
      targetName: each.targetName,
      label: seriesLabel(each.check.kind, each.name, language),
      unit: each.unit,
      ...(columns.get(each.id) ?? columnsOf(undefined, 0)),
    })),
    marks: await tellMarks(db, checks, span, language),
  };
}

type Columns = Record<'mean' | 'min' | 'max' | 'p95', (number | null)[]>;

/** Stored values have seven digits; what a double adds to them would only make the answer longer. */
function short(column: readonly (number | null)[] = []): (number | null)[] {
  return column.map((value) => (value === null ? null : Number(value.toPrecision(7))));
}

/** The columns of one series as the contract has them. */
export function columnsOf(measured: Measured | undefined, place: number): Columns {
  const found = measured?.columns[place];
  return { mean: short(found?.mean), min: short(found?.min), max: short(found?.max), p95: short(found?.p95) };
}
