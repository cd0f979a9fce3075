import { MovingMean, MovingMedian } from './moving-mean.ts';
import { Rarity, SignedRarity } from './rarity.ts';
import type { ReasonKind } from './reason.ts';
import { DayBefore } from './views/day-before.ts';
import { DayEnvelope } from './views/day-envelope.ts';
import { Expectation } from './views/expectation.ts';
import { LevelWords } from './views/level-words.ts';
import { Neighbours } from './views/neighbours.ts';

/** What the tails are learnt from, in values: two weeks of five minutes. */
const memory = 4000;

/** A value is kept for the day after no further from what was expected than this many usual misses. */
const mostMisses = 10;

/** What each view speaks for and how much its word weighs, in the order of `surprises`. */
const views = [
  { speaksFor: 'level', weight: 1 },
  { speaksFor: 'level', weight: 1 },
  { speaksFor: 'spread', weight: 1 },
  { speaksFor: 'season', weight: 1 },
  { speaksFor: 'season', weight: 1.5 },
  { speaksFor: 'pattern', weight: 1 },
  { speaksFor: 'pattern', weight: 1 },
  { speaksFor: 'spike', weight: 1 },
  { speaksFor: 'trend', weight: 1 },
  { speaksFor: 'season', weight: 1 },
] as const satisfies { speaksFor: ReasonKind; weight: number }[];
const allWeight = views.reduce((sum, { weight }) => sum + weight, 0);

/**
 * Ten views of one series. Each looks for something else and says how rare what it sees is in its own past; their mean
 * is the surprise. One view alone is wrong too often to wake anybody, views that agree seldom are: sums of
 * log-probabilities, as if the views were independent.
 */
export class Committee {
  /** What the views said of the last value, in nats. */
  readonly surprises = new Float64Array(views.length);
  private readonly fast = new MovingMean(0.1);
  private readonly slow = new MovingMean(0.02);
  private readonly middle = new MovingMedian(0.002);
  private readonly offMiddle = new MovingMean(0.1);
  private readonly near = new MovingMean(0.3);
  private readonly restless = new MovingMean(0.1);
  private readonly usuallyRestless = new MovingMean(0.005);
  private readonly dayBefore = new DayBefore();
  private readonly envelope = new DayEnvelope(48, 0.3);
  private readonly wideEnvelope = new DayEnvelope(12, 0.1);
  private readonly words = new LevelWords();
  private readonly neighbours = new Neighbours();
  private readonly shifts = new SignedRarity(memory);
  private readonly departures = new SignedRarity(memory);
  private readonly unrest = new Rarity(memory);
  private readonly dayChanges = new SignedRarity(memory);
  private readonly beyondHours = new Rarity(memory);
  private readonly beyondParts = new Rarity(memory);
  private readonly distances = new Rarity(memory);
  private readonly misses = new SignedRarity(memory);
  private readonly lastingMisses = new SignedRarity(memory);
  private readonly expectation = new Expectation();
  private lastingMiss = 0;
  /** What was expected of the last value. */
  expected = 0;

  /** The surprise of a value, in nats; then learns it. */
  weigh(timeMs: number, value: number): number {
    const { surprises } = this;
    const unit = this.usuallyRestless.mean;
    const mostOff = mostMisses * this.usualMiss;
    const miss = this.miss(timeMs, value);
    this.lastingMiss += 0.25 * (miss - this.lastingMiss);
    surprises[0] = this.shifts.weigh(this.shift(value), unit);
    surprises[1] = this.departures.weigh(this.departure(value), unit);
    surprises[2] = this.unrest.weigh(this.change(value), unit);
    surprises[3] = this.dayChanges.weigh(this.dayChange(timeMs, value, mostOff), unit);
    surprises[4] = this.beyondHours.weigh(this.envelope.outside(timeMs, value), unit);
    surprises[5] = this.words.weigh(value);
    surprises[6] = this.distances.weigh(this.neighbours.distance(value), unit);
    surprises[7] = this.misses.weigh(miss, unit);
    surprises[8] = this.lastingMisses.weigh(this.lastingMiss, unit);
    surprises[9] = this.beyondParts.weigh(this.wideEnvelope.outside(timeMs, value), unit);
    let sum = 0;
    for (let view = 0; view < views.length; view += 1) sum += (views[view]?.weight ?? 0) * (surprises[view] ?? 0);
    return sum / allWeight;
  }

  /** What the most surprised view speaks for. */
  loudest(): ReasonKind {
    let loudest = 0;
    for (const [view, surprise] of this.surprises.entries()) {
      if (surprise > (this.surprises[loudest] ?? 0)) loudest = view;
    }
    return views[loudest]?.speaksFor ?? 'level';
  }

  /** The present level, and the level before. */
  get levels(): { readonly now: number; readonly before: number } {
    return { now: this.fast.mean, before: this.middle.median };
  }

  /** The usual size of a miss of what is expected. */
  get usualMiss(): number {
    return this.expectation.spread;
  }

  /** How much a value usually differs from those before it, and how much of late. */
  get changes(): { readonly now: number; readonly before: number } {
    return { now: this.restless.mean, before: this.usuallyRestless.mean };
  }

  private miss(timeMs: number, value: number): number {
    const isFirst = this.middle.count <= 1;
    this.expected = isFirst ? value : this.expectation.foretell(timeMs);
    this.expectation.learn(timeMs, value, this.expected);
    return value - this.expected;
  }

  /** As it stood before this value: the views then seldom cry for one and the same moment. */
  private shift(value: number): number {
    const shift = this.fast.mean - this.slow.mean;
    this.fast.add(value);
    this.slow.add(value);
    return shift;
  }

  /** Odd values are kept as they should have been, or each would be odd once more a day later, the other way round. */
  private dayChange(timeMs: number, value: number, mostOff: number): number {
    const kept = Math.max(this.expected - mostOff, Math.min(this.expected + mostOff, value));
    const before = this.dayBefore.exchange(timeMs, kept);
    return before === undefined ? 0 : value - before;
  }

  private departure(value: number): number {
    const departure = this.middle.count === 0 ? 0 : value - this.middle.median;
    this.middle.add(value);
    return this.offMiddle.add(departure);
  }

  private change(value: number): number {
    const change = this.near.count === 0 ? 0 : Math.abs(value - this.near.mean);
    this.near.add(value);
    this.usuallyRestless.add(change);
    return this.restless.add(change);
  }
}
