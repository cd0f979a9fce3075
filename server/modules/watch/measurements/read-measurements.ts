import type { Database } from '#platform/database.ts';
import { readColumns } from './read-samples.ts';
import { StepFold, type FoldedSeries, type Point } from './step-fold.ts';
import { grainSeconds, pointStore, type Grain } from './store-points.ts';
import { rollStore, type Retention } from './store-roll.ts';

/** Series of one check over a span, folded into steps. */
export interface WantedSeries {
  readonly checkNumber: number;
  readonly intervalMs: number;
  readonly positions: readonly number[];
}

export interface Span {
  readonly from: Date;
  readonly until: Date;
  /** How many steps there may be at most. */
  readonly points: number;
}

/** The plan of a chart: from what, and in steps of which length. */
export interface ChartPlan {
  readonly source: 'raw' | Grain;
  readonly stepS: number;
}

const dayMs = 86_400_000;
/** So many values are unpacked for one chart at most; beyond, the next coarser grain answers. */
const mostSamples = 150_000;
const mostPoints = 600_000;
/** Checks whose measurements are read at the same time: the requests of others need connections too. */
const checksAtOnce = 3;
const mostSteps = 5_000;

/** Steps that people read easily. */
const steps = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 43_200, 86_400,
];

/** The shortest easy step with which a span has no more than so many points. */
export function stepFor(spanSeconds: number, points: number, leastSeconds: number): number {
  const wanted = Math.max(leastSeconds, spanSeconds / points);
  return steps.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
}

/** From the finest that is still kept for the whole span and not too much to read. */
export function planChart(
  { from, until, points }: Span,
  series: readonly WantedSeries[],
  { retention, now }: { readonly retention: Retention; readonly now: Date },
): ChartPlan {
  const spanS = (until.getTime() - from.getTime()) / 1_000;
  const ageDays = (now.getTime() - from.getTime()) / dayMs;
  const width = series.reduce((sum, { positions }) => sum + positions.length, 0);
  const shortestS = series.reduce((least, { intervalMs }) => Math.min(least, intervalMs / 1_000), 86_400);
  const samples = series.reduce(
    (sum, { intervalMs, positions }) => sum + (spanS / (intervalMs / 1_000)) * Math.max(1, positions.length),
    0,
  );
  if (ageDays <= retention.rawDays && samples <= mostSamples)
    return { source: 'raw', stepS: stepFor(spanS, points, shortestS) };
  const fits = (grain: Grain): boolean => (spanS / grainSeconds[grain]) * width <= mostPoints;
  if (ageDays <= retention.fiveMinuteDays && fits('five_minutes') && spanS / points <= 3_600)
    return { source: 'five_minutes', stepS: stepFor(spanS, points, 300) };
  if (ageDays <= retention.hourDays && fits('hours') && spanS / points <= 43_200)
    return { source: 'hours', stepS: stepFor(spanS, points, 3_600) };
  return { source: 'days', stepS: stepFor(spanS, points, 86_400) };
}

function foldOf(span: Span, stepS: number, width: number): StepFold {
  const firstS = Math.floor(span.from.getTime() / 1_000 / stepS) * stepS;
  const count = Math.ceil((span.until.getTime() / 1_000 - firstS) / stepS);
  return new StepFold({ firstS, stepS, steps: Math.max(1, Math.min(mostSteps, count)) }, width);
}

/** Adds samples of a span to a fold; values of before the span belong to no step of it. */
async function addSamples(
  db: Database<'watch'>,
  fold: StepFold,
  { checkNumber, positions }: WantedSeries,
  { from, until }: Pick<Span, 'from' | 'until'>,
): Promise<void> {
  if (from >= until) return;
  for (const { times, values } of await readColumns(db, { checkNumber, positions, from, until }))
    for (const [place, column] of values.entries())
      for (let index = 0; index < times.length; index += 1) {
        const atMs = times[index] ?? 0;
        if (atMs >= from.getTime() && atMs < until.getTime())
          fold.addSample(place, atMs / 1_000, column[index] ?? Number.NaN);
      }
}

function addPoints(fold: StepFold, positions: readonly number[], found: ReadonlyMap<number, readonly Point[]>): void {
  for (const [place, position] of positions.entries())
    for (const point of found.get(position) ?? []) fold.addPoint(place, point);
}

/** Hours that were brought along, of which nothing finer is known. */
function loneHours(
  fold: StepFold,
  { positions }: WantedSeries,
  hours: ReadonlyMap<number, readonly Point[]>,
): { place: number; point: Point }[] {
  const lone: { place: number; point: Point }[] = [];
  for (const [place, position] of positions.entries())
    for (const point of hours.get(position) ?? []) {
      const first = fold.stepOf(point.time);
      const last = Math.max(first, fold.stepOf(point.time + 3_599));
      let known = false;
      for (let step = Math.max(0, first); step <= last && !known; step += 1) known = fold.has(place, step);
      if (!known) lone.push({ place, point });
    }
  return lone;
}

async function foldSeries(
  db: Database<'watch'>,
  wanted: WantedSeries,
  span: Span,
  { source, stepS }: ChartPlan,
  rolledUntil: Date | null,
): Promise<StepFold> {
  const fold = foldOf(span, stepS, wanted.positions.length);
  const from = new Date(fold.firstS * 1_000);
  if (source === 'raw') {
    await addSamples(db, fold, wanted, { from, until: span.until });
    return fold;
  }
  const rolled = rolledUntil ?? from;
  const middle = new Date(Math.min(span.until.getTime(), Math.max(from.getTime(), rolled.getTime())));
  addPoints(fold, wanted.positions, await pointStore(db).points(source, wanted.checkNumber, from, middle));
  await addSamples(db, fold, wanted, { from: middle, until: span.until });
  return fold;
}

/** Measurements of one check, folded; `stepS` is longer than planned where only hours are known. */
export interface Measured {
  readonly stepS: number;
  readonly firstS: number;
  readonly steps: number;
  readonly columns: readonly FoldedSeries[];
}

/** Folds the measurements of several checks by one plan. Gaps stay gaps. */
export async function readMeasurements(
  db: Database<'watch'>,
  series: readonly WantedSeries[],
  span: Span,
  plan: ChartPlan,
): Promise<Measured[]> {
  const rolledUntil = (await rollStore(db).rolled())?.until ?? null;
  const fine = plan.source === 'raw' || plan.source === 'five_minutes';
  const folds: { fold: StepFold; lone: ReturnType<typeof loneHours> }[] = [];
  for (let first = 0; first < series.length; first += checksAtOnce)
    folds.push(
      ...(await Promise.all(
        series.slice(first, first + checksAtOnce).map(async (wanted) => {
          const fold = await foldSeries(db, wanted, span, plan, rolledUntil);
          if (!fine) return { fold, lone: [] };
          const hours = await pointStore(db).points('hours', wanted.checkNumber, span.from, span.until);
          return { fold, lone: loneHours(fold, wanted, hours) };
        }),
      )),
    );
  // Hours are no dots between gaps: all is drawn in steps as long as they are.
  if (plan.stepS < 3_600 && folds.some(({ lone }) => lone.length > 0))
    return readMeasurements(db, series, span, { ...plan, stepS: 3_600 });
  for (const { fold, lone } of folds) for (const { place, point } of lone) fold.addPoint(place, point);
  return folds.map(({ fold }, index) => ({
    stepS: fold.stepS,
    firstS: fold.firstS,
    steps: fold.steps,
    columns: (series[index]?.positions ?? []).map((_position, place) => fold.columns(place)),
  }));
}
