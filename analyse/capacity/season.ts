import { SortedWindow } from './spread.ts';

/** What comes again at a fixed distance: a nightly copy, a weekly backup, a rotation every 30 hours. */
export interface Season {
  readonly periodDays: number;
  /** Deviation from the trend by phase, evenly over the period; mean 0. */
  readonly profile: readonly number[];
}

/** The share of the deviations that a period has to foretell from its other turns. */
const leastForetold = 0.06;
/** So much better than a day or a week an unusual period has to be. */
const leastBetter = 0.02;
const mostBins = 96;
const mostRough = 5;

/** The season's deviation on a day. */
export function seasonOn({ periodDays, profile }: Season, day: number): number {
  return profile[binOf(day, periodDays, profile.length)] ?? 0;
}

/**
 * Finds the period whose other turns best foretell each turn of what is left beside the trend; null when none does. Days
 * and weeks are tried, and whatever distance the deviations themselves repeat at.
 */
export function findSeason(days: Float64Array, left: Float64Array, stepDays: number): Season | null {
  const span = (days.at(-1) ?? 0) - (days[0] ?? 0);
  let found: { periodDays: number; foretold: number } | null = null;
  for (const rough of candidates(left, stepDays, span)) {
    for (let i = -10; i <= 10; i += 1) {
      const periodDays = rough.isExact ? rough.days : rough.days * (1 + i * 0.004);
      if (periodDays * 3 > span || periodDays < stepDays * 4) continue;
      const foretold = foretells(days, left, periodDays, stepDays);
      if (foretold > (found === null ? leastForetold : found.foretold + (rough.isExact ? 0 : leastBetter)))
        found = { periodDays, foretold };
      if (rough.isExact) break;
    }
  }
  if (found === null) return null;
  const { periodDays } = found;
  const { sums, counts } = fold(days, left, periodDays, binsOf(periodDays, stepDays));
  const profile = Array.from(sums, (sum, i) => ((counts[i] ?? 0) > 0 ? sum / (counts[i] ?? 1) : 0));
  const mean = profile.reduce((sum, each) => sum + each, 0) / profile.length;
  return { periodDays, profile: profile.map((each) => each - mean) };
}

/** What is left beside a running median: a first look for seasons, before anything else is known. NaN where half a window is missing. */
export function besideMedian(values: Float64Array, stepDays: number, windowDays: number): Float64Array {
  const half = Math.max(2, Math.round(windowDays / stepDays / 2));
  const window = new SortedWindow(2 * half + 1);
  return values.map((_, i) => {
    if (i === half)
      for (let at = 0; at < Math.min(2 * half, values.length); at += 1) window.put(values[at] ?? Number.NaN);
    if (i < half || i + half >= values.length) return Number.NaN;
    window.put(values[i + half] ?? Number.NaN);
    const beside = (values[i] ?? 0) - window.median();
    window.take(values[i - half] ?? Number.NaN);
    return beside;
  });
}

function candidates(left: Float64Array, stepDays: number, span: number): { days: number; isExact: boolean }[] {
  const found = [1, 7].map((days) => ({ days, isExact: true }));
  const most = Math.floor(span / 3 / stepDays);
  const known = left.map((each) => (Number.isNaN(each) ? 0 : each));
  let square = 0;
  for (let i = 0; i < known.length; i += 1) square += (known[i] ?? 0) ** 2;
  const alike = Float64Array.from({ length: most + 2 }, (_, lag) => (lag < 3 ? 0 : likeness(known, lag, square)));
  for (let lag = 4; lag <= most; lag += 1) {
    const here = alike[lag] ?? 0;
    if (here > 0.15 && here >= (alike[lag - 1] ?? 0) && here >= (alike[lag + 1] ?? 0))
      found.push({ days: lag * stepDays, isExact: false });
  }
  const rough = found.filter(({ isExact }) => !isExact);
  const likeliest = rough.toSorted(
    (a, b) => (alike[Math.round(b.days / stepDays)] ?? 0) - (alike[Math.round(a.days / stepDays)] ?? 0),
  );
  return [...found.filter(({ isExact }) => isExact), ...likeliest.slice(0, mostRough)];
}

/** Autocorrelation at a lag of values around 0, of which `square` is the sum of squares. */
function likeness(left: Float64Array, lag: number, square: number): number {
  let product = 0;
  for (let i = lag; i < left.length; i += 1) product += (left[i] ?? 0) * (left[i - lag] ?? 0);
  return square > 0 ? (product / square) * (left.length / (left.length - lag)) : 0;
}

/** How much of the squared deviations the other turns of a period foretell: at most 1, below 0 for a period that is none. */
function foretells(days: Float64Array, left: Float64Array, periodDays: number, stepDays: number): number {
  const { sums, counts, binAt } = fold(days, left, periodDays, binsOf(periodDays, stepDays));
  let [missed, all] = [0, 0];
  for (let i = 0; i < left.length; i += 1) {
    const value = left[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const bin = binAt[i] ?? 0;
    const others = (counts[bin] ?? 0) - 1;
    if (others < 2) continue;
    missed += (value - ((sums[bin] ?? 0) - value) / others) ** 2;
    all += value ** 2;
  }
  return all > 0 ? 1 - missed / all : 0;
}

/** Sum and count of each part of the period, and which part each value is of. */
interface Folded {
  readonly sums: Float64Array;
  readonly counts: Int32Array;
  readonly binAt: Int32Array;
}

function fold(days: Float64Array, left: Float64Array, periodDays: number, bins: number): Folded {
  const folded = { sums: new Float64Array(bins), counts: new Int32Array(bins), binAt: new Int32Array(days.length) };
  const { sums, counts, binAt } = folded;
  for (let i = 0; i < days.length; i += 1) {
    const value = left[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const bin = binOf(days[i] ?? 0, periodDays, bins);
    binAt[i] = bin;
    sums[bin] = (sums[bin] ?? 0) + value;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return folded;
}

function binsOf(periodDays: number, stepDays: number): number {
  return Math.max(4, Math.min(mostBins, Math.floor(periodDays / stepDays)));
}

function binOf(day: number, periodDays: number, bins: number): number {
  const phase = day / periodDays - Math.floor(day / periodDays);
  return Math.min(bins - 1, Math.floor(phase * bins + 1e-9));
}
