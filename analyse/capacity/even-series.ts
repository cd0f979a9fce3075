import { median, robustDeviation } from './spread.ts';

/** One measured value. */
export interface Point {
  /** Milliseconds since 1970. */
  readonly timeMs: number;
  readonly value: number;
}

/** Values at even steps; NaN where nothing was measured. */
export interface EvenSeries {
  /** Days before the newest value, so all ≤ 0; even. */
  readonly days: Float64Array;
  readonly values: Float64Array;
  readonly stepDays: number;
  readonly lastMs: number;
}

/** More steps than this tell nothing new about weeks to come. */
const mostSteps = 1_000;

/** Squares of larger values are beyond all numbers. */
const mostValue = 1e100;

const dayMs = 86_400_000;

/** Brings measurements onto even steps of their usual distance (or coarser, a thousand steps at most): the mean of each step. */
export function evenOut(points: readonly Point[]): EvenSeries | null {
  const sorted = points
    .filter(({ timeMs, value }) => Number.isFinite(timeMs) && Math.abs(value) < mostValue)
    .toSorted((a, b) => a.timeMs - b.timeMs);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined || last.timeMs <= first.timeMs) return null;
  const apart = sorted
    .slice(1)
    .map(({ timeMs }, i) => timeMs - (sorted[i]?.timeMs ?? timeMs))
    .filter((each) => each > 0)
    .toSorted((a, b) => a - b);
  const usualMs = apart[Math.floor(apart.length / 2)] ?? dayMs;
  const spanMs = last.timeMs - first.timeMs;
  const stepMs = Math.max(usualMs, spanMs / (mostSteps - 1));
  const count = Math.round(spanMs / stepMs) + 1;
  const sums = new Float64Array(count);
  const counts = new Uint32Array(count);
  for (const { timeMs, value } of sorted) {
    const at = count - 1 - Math.min(count - 1, Math.round((last.timeMs - timeMs) / stepMs));
    sums[at] = (sums[at] ?? 0) + value;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return {
    days: Float64Array.from({ length: count }, (_, i) => ((i - count + 1) * stepMs) / dayMs),
    values: sums.map((sum, i) => ((counts[i] ?? 0) > 0 ? sum / (counts[i] ?? 1) : Number.NaN)),
    stepDays: stepMs / dayMs,
    lastMs: last.timeMs,
  };
}

/** A dead past, all one value, tells nothing but when it ended: all but its last few values are left out. */
export function withoutDeadPast(series: EvenSeries): EvenSeries {
  const { values } = series;
  let end = 0;
  while (end + 1 < values.length && values[end + 1] === values[0]) end += 1;
  const from = end - keptOfDead;
  if (from <= 0 || end > values.length - 24) return series;
  return { ...series, days: series.days.subarray(from), values: values.subarray(from) };
}

const keptOfDead = 6;

/** Values far from their neighbours on both sides count as not measured: one or two alone are no course. */
export function withoutSpikes(series: EvenSeries): EvenSeries {
  const { values } = series;
  const beside = values.map((value, i) => value - median(values.subarray(Math.max(0, i - 3), i + 4)));
  const changes = values.slice(1).map((value, i) => value - (values[i] ?? Number.NaN));
  const most = Math.max(8 * robustDeviation(beside), 3 * robustDeviation(changes));
  if (!(most > 0)) return series;
  return { ...series, values: values.map((value, i) => (Math.abs(beside[i] ?? 0) > most ? Number.NaN : value)) };
}
