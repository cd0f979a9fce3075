const dayMs = 86_400_000;

/** Mean of each part of a period, read between the parts by straight lines. */
class Profile {
  readonly bins: number;
  readonly periodMs: number;
  private readonly means: Float64Array;
  /** How many values each mean is of; no more than 255 are counted, which weigh less than the least weight by far. */
  private readonly counts: Uint8Array;
  private readonly weight: number;

  constructor(bins: number, periodMs: number, weight: number) {
    this.bins = bins;
    this.periodMs = periodMs;
    this.weight = weight;
    this.means = new Float64Array(bins);
    this.counts = new Uint8Array(bins);
  }

  /** What the profile says of a time; undefined where it has seen nothing. */
  at(timeMs: number): number | undefined {
    const place = this.place(timeMs) - 0.5;
    const left = (Math.floor(place) + this.bins) % this.bins;
    const right = (left + 1) % this.bins;
    const share = place - Math.floor(place);
    if ((this.counts[left] ?? 0) === 0) return (this.counts[right] ?? 0) === 0 ? undefined : this.means[right];
    if ((this.counts[right] ?? 0) === 0) return this.means[left];
    return (1 - share) * (this.means[left] ?? 0) + share * (this.means[right] ?? 0);
  }

  learn(timeMs: number, value: number): void {
    const bin = Math.floor(this.place(timeMs));
    const count = Math.min(255, (this.counts[bin] ?? 0) + 1);
    const mean = this.means[bin] ?? 0;
    this.counts[bin] = count;
    this.means[bin] = mean + Math.max(1 / count, this.weight) * (value - mean);
  }

  private place(timeMs: number): number {
    const into = ((timeMs % this.periodMs) + this.periodMs) % this.periodMs;
    return Math.min(this.bins - 1e-9, (into / this.periodMs) * this.bins);
  }
}

/** Values needed before anything but the near mean foretells. */
const firstValues = 20;
/** A profile learns of a value no further from what was foretold than this many usual misses: once is no habit. */
const mostMisses = 10;

/** Ways to foretell the next value. */
const ways = 5;
const [byLast, byNear, byFar, byDay, byWeek] = [0, 1, 2, 3, 4] as const;

/**
 * What the next value should be: the last value, two moving means, the profile of the day and that of the week, each
 * weighing by how well it has foretold of late (weights of experts, Cesa-Bianchi and Lugosi 2006). A season is thus used
 * as soon as it helps, and no sooner.
 */
export class Expectation {
  private readonly day = new Profile(96, dayMs, 0.05);
  private readonly week = new Profile(168, 7 * dayMs, 0.05);
  private readonly errors = new Float64Array(ways);
  private readonly said = new Float64Array(ways);
  private count = 0;
  private firstMs = 0;
  private near = 0;
  private far = 0;
  private dayOffset = 0;
  private weekOffset = 0;
  /** The usual size of a miss, in the unit of the values. */
  spread = 0;

  /** Foretells the value of a time. */
  foretell(timeMs: number): number {
    if (this.count === 0) this.firstMs = timeMs;
    const day = timeMs - this.firstMs > dayMs ? this.day.at(timeMs) : undefined;
    const week = timeMs - this.firstMs > 7 * dayMs ? this.week.at(timeMs) : undefined;
    this.said[byDay] = day === undefined ? Number.NaN : day + this.dayOffset;
    this.said[byWeek] = week === undefined ? Number.NaN : week + this.weekOffset;
    if (this.count < firstValues) return this.near;
    const best = Math.min(...this.errors.filter((_, way) => !Number.isNaN(this.said[way])));
    let weights = 0;
    let sum = 0;
    for (let way = 0; way < ways; way += 1) {
      const said = this.said[way] ?? Number.NaN;
      if (Number.isNaN(said)) continue;
      const weight = ((best + 1e-12) / ((this.errors[way] ?? 0) + 1e-12)) ** 3;
      weights += weight;
      sum += weight * said;
    }
    return sum / weights;
  }

  /** Learns the value of the time that was foretold last. */
  learn(timeMs: number, value: number, foretold: number): void {
    this.count += 1;
    const weight = Math.max(1 / this.count, 0.01);
    const most = mostMisses * this.spread;
    for (let way = 0; way < ways && this.count > 1; way += 1) {
      const said = this.said[way] ?? Number.NaN;
      if (!Number.isNaN(said)) this.errors[way] = bounded(this.errors[way] ?? 0, Math.abs(value - said), weight);
    }
    this.spread = bounded(this.spread, Math.abs(value - foretold), Math.max(1 / this.count, 0.02));
    this.learnProfiles(timeMs, this.count > firstValues ? foretold + within(value - foretold, most) : value);
    this.near = this.count === 1 ? value : this.near + 0.3 * (value - this.near);
    this.far = this.count === 1 ? value : this.far + 0.05 * (value - this.far);
    this.said[byLast] = value;
    this.said[byNear] = this.near;
    this.said[byFar] = this.far;
  }

  private learnProfiles(timeMs: number, value: number): void {
    const most = 6 * (this.errors[byDay] ?? 0) + 1e-9;
    const day = this.day.at(timeMs);
    const week = this.week.at(timeMs);
    if (day !== undefined) this.dayOffset += 0.05 * (within(value - day, most) - this.dayOffset);
    if (week !== undefined) this.weekOffset += 0.05 * (within(value - week, most) - this.weekOffset);
    this.day.learn(timeMs, value);
    this.week.learn(timeMs, value);
  }
}

/** A mean of misses that one huge miss cannot spoil. */
function bounded(mean: number, miss: number, weight: number): number {
  return mean === 0 ? miss : mean + weight * (Math.min(miss, mean * 6) - mean);
}

function within(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
