import { drawFactors } from './least-squares.ts';
import { evenOut, withoutDeadPast, withoutSpikes, type EvenSeries, type Point } from './even-series.ts';
import { findSteps, type LevelStep, type StepsFound } from './level-steps.ts';
import { drawsFrom, type Draws } from './random.ts';
import { besideMedian, findSeason, seasonOn, type Season } from './season.ts';
import { fitCourses, levelOn, type FittedCourse } from './trend-models.ts';

/** What is asked: when will this be full. */
export interface CapacityQuestion {
  /** The value at which it is full, in the unit of the measurements. */
  readonly capacity: number;
  /** How far ahead is looked, days. */
  readonly horizonDays: number;
}

/** When it will be full, as far as the past tells. */
export interface CapacityForecast {
  /** As likely before as after; null: not within the horizon. */
  readonly fullAtMs: number | null;
  /** In four of five cases between these two; null: not within the horizon. */
  readonly lowMs: number | null;
  readonly highMs: number | null;
  /** Probability that it is full within 30 days. */
  readonly within30Days: number;
  /** Change a day, now. */
  readonly slopePerDay: number;
  readonly season: Season | null;
  readonly once: readonly LevelStep[];
  readonly recurrent: readonly LevelStep[];
}

const dayMs = 86_400_000;
const drawsMade = 400;
/** Courses so much worse than the best are not worth a draw. */
const worstCriterion = 12;
/** How far the slope of weeks to come may differ from today's, for what no data show: one part in so many, one deviation. */
const slopeDoubt = 0.03;

export function forecastCapacity(points: readonly Point[], question: CapacityQuestion): CapacityForecast | null {
  const even = evenOut(points);
  if (even === null || even.values.length < 12) return null;
  const series = withoutSpikes(withoutDeadPast(even));
  let found = follow(series, null, question.capacity);
  const firstLooks = [14, 3].map((windowDays) => besideMedian(series.values, series.stepDays, windowDays));
  for (const look of firstLooks)
    found = better(found, series, findSeason(series.days, look, series.stepDays), question);
  for (let round = 0; round < 2; round += 1) {
    const from = Math.max(
      0,
      found.days.findIndex((day) => day >= Math.min(found.courses[0]?.course.turns.at(-1) ?? -Infinity, -15)),
    );
    found = better(
      found,
      series,
      findSeason(found.days.subarray(from), leftOf(found, null).subarray(from), series.stepDays),
      question,
    );
    const simple = found.courses.find(({ course }) => course.turns.length === 0);
    if (simple === undefined) continue;
    const besideSimple = leftOf({ ...found, courses: [simple] }, null);
    found = better(found, series, findSeason(found.days, besideSimple, series.stepDays), question);
  }
  return found.courses.length === 0 ? null : draw(series, question, found);
}

/** What is found with a season, if it tells more than it costs. */
function better(found: Found, series: EvenSeries, season: Season | null, { capacity }: CapacityQuestion): Found {
  if (season === null) return found;
  const other = follow(series, season, capacity);
  return priceOf(other) < priceOf(found) ? other : found;
}

/** A season costs what it has to say: a factor for each of its bins up to a dozen. */
function priceOf({ courses, season }: Found): number {
  const best = courses[0];
  return best === undefined
    ? Infinity
    : best.criterion + (season === null ? 0 : Math.min(12, season.profile.length) * Math.log(best.values));
}

/** What was found so far: the values that count, and the courses they may be on. */
interface Found {
  readonly days: Float64Array;
  readonly levels: Float64Array;
  readonly season: Season | null;
  readonly courses: readonly FittedCourse[];
  readonly steps: StepsFound;
  /** Variance that the level gathers each day beside course and season, as a random walk does. */
  readonly wander: number;
}

function follow(series: EvenSeries, season: Season | null, capacity: number): Found {
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
    steps.once.map(({ at }) => series.days[at] ?? 0),
    days,
  );
  const means = blockMeans(days, flat, changes);
  const courses = fitCourses(means.days, means.levels, changes);
  const rough = { days, levels, season, steps, courses, wander: 0 };
  return { ...rough, wander: wanderOf(days, leftOf(rough, season)) };
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

function leftOf({ courses, days, levels }: Found, season: Season | null): Float64Array {
  const best = courses[0];
  if (best === undefined) return levels;
  return levels.map((level, i) => {
    const day = days[i] ?? 0;
    return level - levelOn(best.course, best.fit.factors, day) - (season === null ? 0 : seasonOn(season, day));
  });
}

function draw(series: EvenSeries, question: CapacityQuestion, found: Found): CapacityForecast {
  const { courses, season, days } = found;
  const left = leftOf(found, season);
  const draws = drawsFrom(20_240_229);
  const best = courses[0]?.criterion ?? 0;
  const likely = courses.filter(({ criterion }) => criterion < best + worstCriterion);
  const weights = likely.map(({ criterion }) => Math.exp((best - criterion) / 2));
  const all = weights.reduce((sum, each) => sum + each, 0);
  const crossings: number[] = [];
  for (let i = 0; i < drawsMade; i += 1) {
    const one = pick(likely, weights, all * ((i + 0.5) / drawsMade));
    const since = one.course.turns.at(-1) ?? days[0] ?? 0;
    crossings.push(
      crossing({
        question,
        series,
        season,
        left: left.subarray(
          Math.max(
            0,
            days.findIndex((d) => d >= Math.min(since, -10)),
          ),
        ),
        one,
        draws,
        wander: found.wander,
      }),
    );
  }
  crossings.sort((a, b) => a - b);
  const at = (share: number): number | null => {
    const day = crossings[Math.min(crossings.length - 1, Math.floor(share * crossings.length))] ?? Infinity;
    return day === Infinity ? null : series.lastMs + day * dayMs;
  };
  return {
    fullAtMs: at(0.5),
    lowMs: at(0.1),
    highMs: at(0.9),
    within30Days: crossings.filter((day) => day <= 30).length / crossings.length,
    slopePerDay: courses[0] === undefined || courses[0].course.isLevel ? 0 : (courses[0].fit.factors[1] ?? 0),
    season,
    once: found.steps.once,
    recurrent: found.steps.recurrent,
  };
}

function pick(likely: readonly FittedCourse[], weights: readonly number[], at: number): FittedCourse {
  let passed = 0;
  for (const [i, weight] of weights.entries()) {
    passed += weight;
    const one = likely[i];
    if (passed >= at && one !== undefined) return one;
  }
  const first = likely[0];
  if (first === undefined) throw new Error('No course was fitted.');
  return first;
}

interface OneDraw {
  readonly question: CapacityQuestion;
  readonly series: EvenSeries;
  readonly season: Season | null;
  readonly left: Float64Array;
  readonly one: FittedCourse;
  readonly draws: Draws;
  readonly wander: number;
}

/** The first day on which a drawn future is full; infinity: not within the horizon. */
function crossing({ question, series, season, left, one, draws, wander }: OneDraw): number {
  const { residualSum, likeness } = one.fit;
  const deviation = Math.sqrt(
    ((residualSum / Math.max(1, one.values - one.fit.factors.length)) * (1 + likeness)) / (1 - likeness),
  );
  const factors = drawFactors(
    one.fit,
    deviation,
    one.fit.factors.map(() => draws.normal()),
  );
  const doubt = Math.exp(slopeDoubt * draws.normal());
  const now = levelOn(one.course, factors, 0);
  const blockSteps = Math.max(1, Math.round(1 / series.stepDays));
  let offset = 0;
  let walked = 0;
  const stride = Math.sqrt(wander * series.stepDays);
  const steps = Math.ceil(question.horizonDays / series.stepDays);
  for (let i = 1; i <= steps; i += 1) {
    const day = i * series.stepDays;
    if ((i - 1) % blockSteps === 0) offset = Math.floor(draws.even() * Math.max(1, left.length - blockSteps));
    const noise = left[Math.min(left.length - 1, offset + ((i - 1) % blockSteps))] ?? 0;
    if (stride > 0) walked += stride * draws.normal();
    const level =
      now +
      walked +
      (levelOn(one.course, factors, day) - now) * doubt +
      (season === null ? 0 : seasonOn(season, day)) +
      noise;
    if (level >= question.capacity) return day;
  }
  return Infinity;
}
