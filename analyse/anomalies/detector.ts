import { Committee } from './committee.ts';
import { CounterWatch } from './counter.ts';
import { Interruptions, type Interruption } from './interruptions.ts';
import type { Anomaly, ReasonKind } from './reason.ts';
import { Recurrence } from './recurrence.ts';
import { readState, writeState } from './saved-state.ts';

const dayMs = 86_400_000;
/** The surprise, in nats, at which an operator should be told: the score is 0.5 there. */
const tellAt = 3.6;
/** Until it has seen a week, and this many values, a series has to be more surprising. */
const youngValues = 300;
const youngMs = 7 * dayMs;
/** What a surprise is worth to begin with. */
const youngShare = 0.4;
/** The more a series has shown, the rarer must be what is told; grows no more after this many values. */
const oldValues = 20_000;
const grownValues = 500;
const ageDiscount = 0.4;
/** How long what was odd is remembered below the mark: the weight of a value in a mean of squared surprises. */
const unrestWeight = 0.007;
/** A surprise up to this is no unrest; beyond the other it adds no more. */
const leastUnrest = 1;
const mostUnrest = 40;
/** The mean at which the score below the mark is half way to it. */
const usualUnrest = 2;
/** Values after an alarm that belong to it: one event is one alarm. */
const restValues = 30;
/** Larger numbers are taken for this one, so that no square leaves what a double can hold. */
const mostValue = 1e100;
/** Times that a Date can say (ECMA-262, 21.4.1.1); further out, one slot is no longer told from the next. */
const mostMs = 8.64e15;

/** What the detector says of one value. */
export interface Judgement {
  /** From 0 to 1; from 0.5 on an operator should be told. Below, how odd the series has been of late. */
  readonly score: number;
  /** Why; only where the score is 0.5 or more. */
  readonly anomaly: Anomaly | undefined;
  /** What the value should have been; the rate in units a second of a counter. */
  readonly expected: number;
  /** What was judged: the value of a gauge, the rate of a counter; NaN where there was neither. */
  readonly value: number;
}

/**
 * Judges a series of measurements as it comes: each value once, by the values before it, in bounded memory. One setting
 * for all series. How and why: docs/analyse/anomalies.md.
 */
export class AnomalyDetector {
  private readonly memory = new SeriesMemory();

  /** Judges a value of `timeMs` (since 1970) and learns it. Times may be uneven, and one that no Date can say is as if nothing came; NaN is a value that is missing. */
  push(timeMs: number, value: number): Judgement {
    return this.memory.judge(timeMs, value);
  }

  /** How long values have stayed away at `nowMs`, in usual intervals; for telling a silence before it ends. */
  intervalsSince(nowMs: number): number {
    return this.memory.interruptions.intervalsSince(nowMs);
  }

  /** All it remembers, for `restoreDetector`. Always of the same size. */
  save(): Uint8Array {
    return writeState(this.memory);
  }

  /** Goes on from what `save` gave. Throws RangeError when that is from another version. */
  restore(saved: Uint8Array): void {
    readState(this.memory, saved);
  }
}

/** A detector that has seen nothing yet, or one that goes on from what `save` gave. */
export function createDetector(saved?: Uint8Array): AnomalyDetector {
  const detector = new AnomalyDetector();
  if (saved !== undefined) detector.restore(saved);
  return detector;
}

/** Everything that is remembered of a series: fields are numbers and parts, see saved-state.ts. */
class SeriesMemory {
  readonly counter = new CounterWatch();
  readonly interruptions = new Interruptions();
  private committee = new Committee();
  private recurrence = new Recurrence();
  private count = 0;
  private firstMs = 0;
  private lastMs = 0;
  private resting = 0;
  /** When what is now odd began to be. */
  private sinceMs = 0;
  private oddFor = 0;
  /** Mean of squared surprises of late. */
  private unrest = 0;

  judge(givenMs: number, given: number): Judgement {
    if (!(Math.abs(givenMs) <= mostMs) || Number.isNaN(given)) return this.nothing();
    // Values that come late are taken to come now: the parts never see time go back.
    const timeMs = this.count === 0 ? givenMs : Math.max(givenMs, this.lastMs);
    const { value, changed } = this.counter.read(timeMs, Math.max(-mostValue, Math.min(mostValue, given)));
    if (changed) this.startAnew();
    if (this.count === 0) this.firstMs = timeMs;
    this.count += 1;
    this.lastMs = timeMs;
    const interruption = this.interruptions.look(timeMs, given);
    if (value === undefined) return this.nothing();
    const surprise = this.remaining(this.committee.weigh(timeMs, value)) * this.grownUp(timeMs);
    this.follow(timeMs, surprise);
    return this.told(timeMs, value, surprise, interruption);
  }

  private nothing(): Judgement {
    return { score: 0, anomaly: undefined, expected: this.committee.expected, value: Number.NaN };
  }

  /** A gauge that turns out to count, or the other way round, is another series. */
  private startAnew(): void {
    this.committee = new Committee();
    this.recurrence = new Recurrence();
    this.count = 0;
  }

  private grownUp(timeMs: number): number {
    const age = Math.min(1, this.count / youngValues, (timeMs - this.firstMs) / youngMs);
    return youngShare + (1 - youngShare) * age;
  }

  private remaining(surprise: number): number {
    const grown = Math.max(1, Math.min(this.count, oldValues) / grownValues);
    return this.recurrence.discounted(surprise) - ageDiscount * Math.log(grown);
  }

  /** Notes when the surprise left what is usual; short returns do not end it. */
  private follow(timeMs: number, surprise: number): void {
    if (surprise > tellAt / 2) {
      if (this.oddFor === 0) this.sinceMs = timeMs;
      this.oddFor = 5;
    } else if (this.oddFor > 0) this.oddFor -= 1;
  }

  private told(timeMs: number, value: number, surprise: number, interruption: Interruption | undefined): Judgement {
    const { expected } = this.committee;
    const interrupted = interruption === undefined ? 0 : tellAt + Math.log(interruption.beyond);
    const most = Math.max(surprise, interrupted);
    const unrest = Math.max(0, Math.min(mostUnrest, Math.max(this.committee.alone - leastUnrest, interrupted)));
    this.unrest += unrestWeight * (unrest * unrest - this.unrest);
    if (this.resting > 0 || most < tellAt) {
      this.resting = Math.max(0, this.resting - 1);
      const score = (0.499 * this.unrest) / (this.unrest + usualUnrest);
      return { score, anomaly: undefined, expected, value };
    }
    const score = 1 / (1 + Math.exp(tellAt - most));
    this.resting = restValues;
    const anomaly = interruption !== undefined && interrupted >= surprise ? interruption : this.reason(timeMs, value);
    const { kind, sinceMs, seen } = anomaly;
    return { score, anomaly: { kind, expected: anomaly.expected, seen, sinceMs }, expected, value };
  }

  private reason(timeMs: number, value: number): Anomaly {
    const { committee } = this;
    const sinceMs = this.oddFor > 0 ? this.sinceMs : timeMs;
    const kind: ReasonKind = committee.loudest();
    if (kind === 'level' || kind === 'trend') {
      return { kind, expected: committee.levels.before, seen: committee.levels.now, sinceMs };
    }
    if (kind === 'spread') return { kind, expected: committee.changes.before, seen: committee.changes.now, sinceMs };
    return { kind, expected: committee.expected, seen: value, sinceMs };
  }
}
