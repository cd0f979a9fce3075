import { evenOut, withoutDeadPast, withoutSpikes, type EvenSeries, type Point } from './even-series.ts';
import { drawFutures } from './draw-futures.ts';
import { followLevel, leftOf, priceOf, type Found } from './follow-level.ts';
import { findJumps, withoutJumps, type Jumps } from './jumps.ts';
import type { LevelStep } from './level-steps.ts';
import { besideMedian, findSeason, seasonOn, type Season } from './season.ts';

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
  /** Jumps that come again to no calendar, and are expected to. */
  readonly jumps: Jumps | null;
}

/** Foresees when something will be full; null where there are too few values (a dozen) to say anything. */
export function forecastCapacity(points: readonly Point[], question: CapacityQuestion): CapacityForecast | null {
  const even = evenOut(points);
  if (even === null || even.values.length < 12) return null;
  const series = withoutSpikes(withoutDeadPast(even));
  const plain = followLevel(series, null, question.capacity);
  let found = plain;
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
  found = withJumps({ base: plain, isFall: true }, found, series, question);
  for (const isFall of [true, false])
    if (found.jumps === null) found = withJumps({ base: found, isFall }, found, series, question);
  const [best] = found.courses;
  if (best === undefined) return null;
  return {
    ...drawFutures(series, question, found),
    slopePerDay: best.course.isLevel ? 0 : (best.fit.factors[1] ?? 0),
    season: found.season,
    once: found.steps.once,
    recurrent: found.steps.recurrent,
    jumps: found.jumps,
  };
}

/** What is found once jumps beside `base` that come again are taken out of the past, if that is as likely as what was found. */
function withJumps(
  { base, isFall }: { readonly base: Found; readonly isFall: boolean },
  found: Found,
  series: EvenSeries,
  { capacity }: CapacityQuestion,
): Found {
  const { season, steps } = base;
  const without = series.values.map(
    (value, at) => value - (season === null ? 0 : seasonOn(season, series.days[at] ?? 0)),
  );
  const jumps = findJumps(series, without, steps.alone, isFall);
  if (jumps === null) return found;
  const other = followLevel(withoutJumps(series, jumps), season, capacity, jumps);
  const price = jumps.sizes.length * Math.log(found.courses[0]?.values ?? 1);
  // Jumps in the place of a season have to be told from it; beside it, only whether they come again is open.
  return priceOf(other) < priceOf(found) + (base === found ? price : -price) ? other : found;
}

/** What is found with a season, if it tells more than it costs. */
function better(found: Found, series: EvenSeries, season: Season | null, { capacity }: CapacityQuestion): Found {
  if (season === null) return found;
  const other = followLevel(series, season, capacity);
  return priceOf(other) < priceOf(found) ? other : found;
}
