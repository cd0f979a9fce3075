import type { EvenSeries } from './even-series.ts';
import { daysOf, type Jumps } from './jumps.ts';
import { findSteps, type StepsFound } from './level-steps.ts';
import { seasonOn, type Season } from './season.ts';
import { fitCourses, levelOn, type FittedCourse } from './trend-models.ts';

/** What was found so far: the values that count, and the courses they may be on. */
export interface Found {
  readonly days: Float64Array;
  readonly levels: Float64Array;
  readonly season: Season | null;
  readonly courses: readonly FittedCourse[];
  readonly steps: StepsFound;
  /** Variance that the level gathers each day beside course and season, as a random walk does. */
  readonly wander: number;
  /** Jumps that will come again; they are taken out of `levels`. */
  readonly jumps: Jumps | null;
}

/** Follows the level beside a season: its steps, and the courses it may be on. */
export function followLevel(
  series: EvenSeries,
  season: Season | null,
  capacity: number,
  jumps: Jumps | null = null,
): Found {
  const without = series.values.map(
    (value, i) => value - (season === null ? 0 : seasonOn(season, series.days[i] ?? 0)),
  );
  const steps = findSteps(without, series.stepDays, capacity);
  const known = [...series.values.keys()].filter(
    (i) => !Number.isNaN(without[i] ?? Number.NaN) && !steps.passing.has(i),
  );
  const days = Float64Array.from(known, (i) => series.days[i] ?? 0);
  const levels = Float64Array.from(known, (i) => series.values[i] ?? 0);
  const flat = Float64Array.from(known, (i) => without[i] ?? 0);
  const changes = apart(
    [...steps.once.map(({ at }) => series.days[at] ?? 0), ...fewDays(jumps)].toSorted((a, b) => a - b),
    days,
  );
  const means = blockMeans(days, flat, changes);
  const courses = fitCourses(means.days, means.levels, changes);
  const rough = { days, levels, season, steps, courses, wander: 0, jumps };
  return { ...rough, wander: wanderOf(days, leftOf(rough, season)) };
}

/** Jumps so few are fitted once more, for their sizes were told from a few values each. */
const mostRefitted = 4;

function fewDays(jumps: Jumps | null): readonly number[] {
  return jumps === null || jumps.sizes.length > mostRefitted ? [] : daysOf(jumps);
}

const mostMeans = 240;

/** Means of neighbours, at most a few hundred and none across a step: a course needs no finer. */
function blockMeans(
  days: Float64Array,
  levels: Float64Array,
  changes: readonly number[],
): { days: Float64Array; levels: Float64Array } {
  const size = Math.ceil(days.length / mostMeans);
  const [meanDays, means]: [number[], number[]] = [[], []];
  for (let from = 0; from < days.length;) {
    const change = changes.find((each) => each > (days[from] ?? 0)) ?? Number.POSITIVE_INFINITY;
    let to = from;
    let [day, level] = [0, 0];
    for (; to < Math.min(days.length, from + size) && (days[to] ?? 0) < change; to += 1) {
      day += days[to] ?? 0;
      level += levels[to] ?? 0;
    }
    meanDays.push(day / (to - from));
    means.push(level / (to - from));
    from = to;
  }
  return { days: Float64Array.from(meanDays), levels: Float64Array.from(means) };
}

/** A season costs what it has to say: a factor for each of its bins up to a dozen. */
export function priceOf({ courses, season }: Found): number {
  const best = courses[0];
  return best === undefined
    ? Infinity
    : best.criterion + (season === null ? 0 : Math.min(12, season.profile.length) * Math.log(best.values));
}

/** How much more two values differ that are days apart than two that are neighbours, for each day between: none beside a course kept to. */
function wanderOf(days: Float64Array, left: Float64Array): number {
  const stepDays = ((days.at(-1) ?? 0) - (days[0] ?? 0)) / Math.max(1, days.length - 1);
  const difference = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < left.length; i += 1) sum += ((left[i] ?? 0) - (left[i - lag] ?? 0)) ** 2;
    return sum / Math.max(1, left.length - lag);
  };
  const [near, far] = [Math.max(1, Math.round(3 / stepDays)), Math.round(12 / stepDays)];
  return far * 3 > left.length || far <= near
    ? 0
    : Math.max(0, (difference(far) - difference(near)) / ((far - near) * stepDays));
}

/** Steps with values of their own between them: two without any cannot be told apart. */
function apart(changes: readonly number[], days: Float64Array): number[] {
  const kept: number[] = [];
  for (const change of changes) {
    const from = kept.at(-1) ?? Number.NEGATIVE_INFINITY;
    const between = days.filter((day) => day >= from && day < change).length;
    if (between >= 3 && days.filter((day) => day >= change).length >= 3) kept.push(change);
  }
  return kept;
}

/** What is left of the values beside the best course and a season. */
export function leftOf({ courses, days, levels }: Found, season: Season | null): Float64Array {
  const best = courses[0];
  if (best === undefined) return levels;
  return levels.map((level, i) => {
    const day = days[i] ?? 0;
    return level - levelOn(best.course, best.fit.factors, day) - (season === null ? 0 : seasonOn(season, day));
  });
}
