import { evenOut, withoutDeadPast, withoutSpikes, type EvenSeries, type Point } from './even-series.ts';
import { drawFutures } from './draw-futures.ts';
import { followLevel, leftOf, priceOf, type Found } from './follow-level.ts';
import type { LevelStep } from './level-steps.ts';
import { besideMedian, findSeason, type Season } from './season.ts';

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

/** Foresees when something will be full; null where there are too few values (a dozen) to say anything. */
export function forecastCapacity(points: readonly Point[], question: CapacityQuestion): CapacityForecast | null {
  const even = evenOut(points);
  if (even === null || even.values.length < 12) return null;
  const series = withoutSpikes(withoutDeadPast(even));
  let found = followLevel(series, null, question.capacity);
  const firstLooks = [14, 3].map((windowDays) => besideMedian(series.values, series.stepDays, windowDays));
  for (const look of firstLooks)
    found = better(found, series, findSeason(series.days, look, series.stepDays), question);
  for (let round = 0; round < 2; round += 1) {
    const before = found;
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
    if (simple !== undefined) {
      const besideSimple = leftOf({ ...found, courses: [simple] }, null);
      found = better(found, series, findSeason(found.days, besideSimple, series.stepDays), question);
    }
    // A second look at the same would see the same.
    if (found === before) break;
  }
  const [best] = found.courses;
  if (best === undefined) return null;
  return {
    ...drawFutures(series, question, found),
    slopePerDay: best.course.isLevel ? 0 : (best.fit.factors[1] ?? 0),
    season: found.season,
    once: found.steps.once,
    recurrent: found.steps.recurrent,
  };
}

/** What is found with a season, if it tells more than it costs. */
function better(found: Found, series: EvenSeries, season: Season | null, { capacity }: CapacityQuestion): Found {
  if (season === null) return found;
  const other = followLevel(series, season, capacity);
  return priceOf(other) < priceOf(found) ? other : found;
}
