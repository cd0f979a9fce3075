import type { EvenSeries } from './even-series.ts';
import { leftOf, type Found } from './follow-level.ts';
import { JumpsToCome, type Jumps } from './jumps.ts';
import { drawFactors } from './least-squares.ts';
import { drawsFrom, type Draws } from './random.ts';
import { seasonOn, type Season } from './season.ts';
import { bentAhead, type Course, type FittedCourse } from './trend-models.ts';

/** What is not to be reached, and how far ahead is looked. */
interface Limit {
  readonly capacity: number;
  readonly horizonDays: number;
}

/** When drawn futures are full: milliseconds since 1970, null for later than the horizon. */
export interface Futures {
  readonly fullAtMs: number | null;
  readonly lowMs: number | null;
  readonly highMs: number | null;
  readonly within30Days: number;
}

const dayMs = 86_400_000;
const drawsMade = 400;
/** Courses so much worse than the best are not worth a draw. */
const worstCriterion = 12;
/** How far the slope of weeks to come may differ from today's, for what no data show: one part in so many, one deviation. */
const slopeDoubt = 0.03;

/** What all draws share, reckoned once: the season, and what each bend comes to, at each step to come. */
class Ahead {
  readonly steps: number;
  readonly season: Float64Array;
  readonly squares: Float64Array;
  private readonly days: Float64Array;
  private readonly slopes = new Map<number, Float64Array>();

  constructor(stepDays: number, question: Limit, season: Season | null) {
    this.steps = Math.ceil(question.horizonDays / stepDays);
    this.days = Float64Array.from({ length: this.steps + 1 }, (_, i) => i * stepDays);
    this.squares = this.days.map((day) => day * day);
    this.season = season === null ? new Float64Array(this.steps + 1) : this.days.map((day) => seasonOn(season, day));
  }

  slopeOf({ bend }: Course): Float64Array {
    const known = this.slopes.get(bend);
    if (known !== undefined) return known;
    const made = this.days.map((day) => bentAhead(bend, day));
    this.slopes.set(bend, made);
    return made;
  }
}

/** Draws futures from what was found, and tells when most of them are full. */
export function drawFutures(series: EvenSeries, question: Limit, found: Found): Futures {
  const { courses, season, days } = found;
  const left = leftOf(found, season);
  const draws = drawsFrom(20_240_229);
  const best = courses[0]?.criterion ?? 0;
  const likely = courses.filter(({ criterion }) => criterion < best + worstCriterion);
  const weights = likely.map(({ criterion }) => Math.exp((best - criterion) / 2));
  const all = weights.reduce((sum, each) => sum + each, 0);
  const ahead = new Ahead(series.stepDays, question, season);
  const froms = new Map(likely.map((one) => [one, currentFrom(one, days)]));
  const crossings: number[] = [];
  for (let i = 0; i < drawsMade; i += 1) {
    const one = pick(likely, weights, all * ((i + 0.5) / drawsMade));
    crossings.push(
      crossing({
        question,
        stepDays: series.stepDays,
        ahead,
        left: left.subarray(froms.get(one) ?? 0),
        one,
        draws,
        wander: found.wander,
        jumps: found.jumps,
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
  readonly question: Limit;
  readonly stepDays: number;
  readonly ahead: Ahead;
  readonly left: Float64Array;
  readonly one: FittedCourse;
  readonly draws: Draws;
  readonly wander: number;
  readonly jumps: Jumps | null;
}

/** The first day on which a drawn future is full; infinity: not within the horizon. */
function crossing({ question, stepDays, ahead, left, one, draws, wander, jumps }: OneDraw): number {
  const { residualSum, likeness } = one.fit;
  const deviation = Math.sqrt(
    ((residualSum / Math.max(1, one.values - one.fit.factors.length)) * (1 + likeness)) / (1 - likeness),
  );
  const normals = one.fit.factors.map(() => draws.normal());
  const [now = 0, ...others] = drawFactors(one.fit, deviation, normals);
  const doubt = Math.exp(slopeDoubt * draws.normal());
  const slope = ahead.slopeOf(one.course);
  const along = one.course.isLevel ? 0 : (others[0] ?? 0) * doubt;
  const bending = one.course.isSquare ? (others[one.course.isLevel ? 0 : 1] ?? 0) * doubt : 0;
  const blockSteps = Math.max(1, Math.round(1 / stepDays));
  const stride = Math.sqrt(wander * stepDays * blockSteps);
  const { season, squares, steps } = ahead;
  const lastLeft = left.length - 1;
  const coming = jumps === null ? null : new JumpsToCome(jumps, draws);
  let jumped = 0;
  let [offset, walked, inBlock] = [0, 0, blockSteps];
  for (let i = 1; i <= steps; i += 1) {
    if (inBlock === blockSteps) {
      offset = Math.floor(draws.even() * Math.max(1, left.length - blockSteps));
      inBlock = 0;
      if (stride > 0) walked += stride * draws.normal();
    }
    const noise = left[Math.min(lastLeft, offset + inBlock)] ?? 0;
    inBlock += 1;
    const level = now + walked + along * (slope[i] ?? 0) + bending * (squares[i] ?? 0) + (season[i] ?? 0) + noise;
    if (coming !== null) jumped = coming.until(i * stepDays, level + jumped);
    if (level + jumped >= question.capacity) return i * stepDays;
  }
  return Infinity;
}

/** Where the values begin that a course is on now: ten days of them at least. */
function currentFrom({ course }: FittedCourse, days: Float64Array): number {
  const since = course.turns.at(-1) ?? days[0] ?? 0;
  const day = Math.min(since, -10);
  return Math.max(
    0,
    days.findIndex((each) => each >= day),
  );
}
