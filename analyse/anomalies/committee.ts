import { MovingMean, MovingMedian } from './moving-mean.ts';
import { fromScale, toScale } from './power-scale.ts';
import { Rarity, SignedRarity } from './rarity.ts';
import type { ReasonKind } from './reason.ts';
import { DayBefore } from './views/day-before.ts';
import { DayEnvelope } from './views/day-envelope.ts';
import { Expectation } from './views/expectation.ts';
import { LevelWords } from './views/level-words.ts';
import { Prototypes } from './views/prototypes.ts';
import { Ranks } from './views/ranks.ts';

/** What the tails are learnt from, in values: two weeks of five minutes. */
const memory = 4000;

/** What the logarithm of a miss usually moves by. */
const missUnit = 0.5;

/** A value is kept for the day after no further from what was expected than this many usual misses. */
const mostMisses = 10;

/** What a view said counts until it has faded: views that notice one and the same thing seldom do at one moment. */
const fading = 0.93;
/** Of a surprise no more than this is held, or a huge one would still be one when the rest after an alarm ends. */
const mostHeld = 20;

/** What each view speaks for and how much its word weighs, in the order of `surprises`. Those that are alike share. */
const views = [
  { speaksFor: 'spike', weight: 1 },
  { speaksFor: 'level', weight: 0.5 },
  { speaksFor: 'level', weight: 0.5 },
  { speaksFor: 'level', weight: 0.5 },
  { speaksFor: 'trend', weight: 0.5 },
  { speaksFor: 'spread', weight: 0.5 },
  { speaksFor: 'spread', weight: 0.5 },
  { speaksFor: 'pattern', weight: 0.5 },
  { speaksFor: 'pattern', weight: 0.5 },
  { speaksFor: 'season', weight: 0.5 },
  { speaksFor: 'season', weight: 1 },
  { speaksFor: 'season', weight: 1 },
  { speaksFor: 'season', weight: 1 },
  { speaksFor: 'pattern', weight: 0.5 },
  { speaksFor: 'pattern', weight: 0.5 },
] as const satisfies { speaksFor: ReasonKind; weight: number }[];
const allWeight = views.reduce((sum, { weight }) => sum + weight, 0);

/**
 * Views of one series. Each looks for something else and says how rare what it sees is in its own past; the mean of what
 * they said of late is the surprise. One view alone is wrong too often to wake anybody, views that agree seldom are: sums
 * of log-probabilities, as if the views were independent.
 */
export class Committee {
  /** What the views said of the last value, in nats. */
  readonly surprises = new Float64Array(views.length);
  /** What is left of what they said before. */
  private readonly held = new Float64Array(views.length);
  private readonly fast = new MovingMean(0.1);
  private readonly slow = new MovingMean(0.02);
  private readonly fastRank = new MovingMean(0.1);
  private readonly slowRank = new MovingMean(0.02);
  private readonly middle = new MovingMedian(0.002);
  private readonly offMiddle = new MovingMean(0.1);
  private readonly near = new MovingMean(0.3);
  private readonly smooth = new MovingMean(0.2);
  private readonly restless = new MovingMean(0.1);
  private readonly usuallyRestless = new MovingMean(0.005);
  private readonly missed = new MovingMean(0.1);
  private readonly usuallyMissed = new MovingMean(0.005);
  private readonly dayBefore = new DayBefore();
  private readonly narrowEnvelope = new DayEnvelope(48, 0.3);
  private readonly smoothEnvelope = new DayEnvelope(24, 0.2);
  private readonly wideEnvelope = new DayEnvelope(12, 0.1);
  private readonly words = new LevelWords();
  private readonly ranks = new Ranks();
  private readonly shortRows = new Prototypes(6, 32);
  private readonly longRows = new Prototypes(12, 32);
  private readonly shifts = new SignedRarity(memory);
  private readonly rankShifts = new SignedRarity(memory);
  private readonly departures = new SignedRarity(memory);
  private readonly lastingMisses = new SignedRarity(memory);
  private readonly unrest = new Rarity(memory);
  private readonly missSizes = new SignedRarity(memory);
  private readonly misses = new SignedRarity(memory);
  private readonly dayChanges = new SignedRarity(memory);
  private readonly beyondNarrow = new Rarity(memory);
  private readonly beyondSmooth = new Rarity(memory);
  private readonly beyondWide = new Rarity(memory);
  private readonly newShortRows = new Rarity(memory);
  private readonly newLongRows = new Rarity(memory);
  private readonly expectation = new Expectation();
  private lastingMiss = 0;
  /** What was expected of the last value, on the scale that is judged. */
  private expectedPlace = 0;
  /** The last value and the one before, and how much values change, as they are: for telling only. */
  private readonly nearValue = new MovingMean(0.3);
  private readonly changeNow = new MovingMean(0.1);
  private readonly usualChange = new MovingMean(0.005);
  /** The surprise of the last value alone, without what was said before, in nats. */
  alone = 0;

  /** The surprise of a value, in nats; then learns it. */
  weigh(timeMs: number, value: number): number {
    const { surprises, held } = this;
    this.noteChange(value);
    this.look(timeMs, toScale(value), this.usuallyRestless.mean);
    let [sum, alone] = [0, 0];
    for (let view = 0; view < views.length; view += 1) {
      const weight = views[view]?.weight ?? 0;
      const now = surprises[view] ?? 0;
      const said = Math.max(now, fading * (held[view] ?? 0));
      held[view] = Math.min(said, mostHeld);
      sum += weight * said;
      alone += weight * now;
    }
    this.alone = alone / allWeight;
    return sum / allWeight;
  }

  /** @param unit how much the series usually moves. */
  private look(timeMs: number, value: number, unit: number): void {
    const { surprises } = this;
    const usualMiss = this.expectation.spread;
    const miss = this.miss(timeMs, value);
    this.lastingMiss += 0.25 * (miss - this.lastingMiss);
    surprises[0] = this.misses.weigh(miss, unit);
    surprises[1] = this.shifts.weigh(this.shift(value), unit);
    surprises[2] = this.departures.weigh(this.departure(value), unit);
    surprises[7] = this.words.weigh(value);
    surprises[8] = this.ranks.weigh(value);
    // After the ranks: it reads the rank they gave the value.
    surprises[3] = this.rankShifts.weigh(this.rankShift(), 1);
    surprises[4] = this.lastingMisses.weigh(this.lastingMiss, unit);
    surprises[5] = this.unrest.weigh(this.change(value), unit);
    surprises[6] = this.missSizes.weigh(this.missSize(miss), missUnit);
    surprises[9] = this.dayChanges.weigh(this.dayChange(timeMs, value, mostMisses * usualMiss), unit);
    surprises[10] = this.beyondNarrow.weigh(this.narrowEnvelope.outside(timeMs, value), unit);
    surprises[11] = this.beyondSmooth.weigh(this.smoothEnvelope.outside(timeMs, this.smooth.add(value)), unit);
    surprises[12] = this.beyondWide.weigh(this.wideEnvelope.outside(timeMs, value), unit);
    surprises[13] = this.newShortRows.weigh(this.shortRows.distance(value, unit), unit);
    surprises[14] = this.newLongRows.weigh(this.longRows.distance(value, unit), unit);
  }

  /** What was expected of the last value. */
  get expected(): number {
    return fromScale(this.expectedPlace);
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
    return { now: fromScale(this.fast.mean), before: fromScale(this.middle.median) };
  }

  /** How much a value usually differs from those before it, and how much of late. */
  get changes(): { readonly now: number; readonly before: number } {
    return { now: this.changeNow.mean, before: this.usualChange.mean };
  }

  private noteChange(value: number): void {
    const change = this.nearValue.count === 0 ? 0 : Math.abs(value - this.nearValue.mean);
    this.nearValue.add(value);
    this.changeNow.add(change);
    this.usualChange.add(change);
  }

  private miss(timeMs: number, value: number): number {
    const isFirst = this.middle.count <= 1;
    this.expectedPlace = isFirst ? value : this.expectation.foretell(timeMs);
    this.expectation.learn(timeMs, value, this.expectedPlace);
    return value - this.expectedPlace;
  }

  /** As it stood before this value: the views then seldom cry for one and the same moment. */
  private shift(value: number): number {
    const shift = this.fast.mean - this.slow.mean;
    this.fast.add(value);
    this.slow.add(value);
    return shift;
  }

  /** The same in ranks: where some values lie far off, a level shows there first. */
  private rankShift(): number {
    const shift = this.fastRank.mean - this.slowRank.mean;
    this.fastRank.add(this.ranks.rank);
    this.slowRank.add(this.ranks.rank);
    return shift;
  }

  /** How much larger misses are than usual, by their logarithm: the worst of them does not decide alone. */
  private missSize(miss: number): number {
    const size = Math.log(Math.abs(miss) + 0.1 * this.expectation.spread + 1e-12);
    return this.missed.add(size) - this.usuallyMissed.add(size);
  }

  /** Odd values are kept as they should have been, or each would be odd once more a day later, the other way round. */
  private dayChange(timeMs: number, value: number, mostOff: number): number {
    const kept = Math.max(this.expectedPlace - mostOff, Math.min(this.expectedPlace + mostOff, value));
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
