/** Values needed before a rarity is told. */
const firstValues = 30;
/** The share of values that count as the tail. */
const tailShare = 0.05;
/** The tail is never believed to be lighter than this (shape of the generalised Pareto): normal noise is not a promise. */
const leastShape = 0.1;
/** As many invented values stand in for the tail until it has shown itself. */
const inventedValues = 5;
/** The mean of the invented values, in usual moves of the series. */
const unitShare = 0.03;
/** No surprise is larger, so that one view alone cannot outweigh all others for ever. */
const mostSurprise = 60;

/**
 * How rare a size is among the sizes seen before, as surprise: -ln of the probability of one at least as large.
 *
 * Peaks over threshold (Pickands 1975; for streams Siffer et al., KDD 2017): the 95 % quantile is followed by stochastic
 * approximation (Robbins and Monro), the sizes above it by a generalised Pareto distribution fitted by its first two
 * moments (Hosking and Wallis 1987), which needs two numbers instead of a list of peaks.
 */
export class Rarity {
  /** How many values the tail is learnt from, counting back. */
  readonly memory: number;
  private count = 0;
  private quantile = 0;
  private peaks = 0;
  private peakMean = 0;
  private peakVariance = 0;

  constructor(memory: number) {
    this.memory = memory;
  }

  /**
   * Surprise of `size`, which must be ≥ 0; then learns it.
   * @param unit how much the series usually moves: where the tail has not shown itself, sizes are held against that.
   */
  weigh(size: number, unit: number): number {
    const surprise = this.surpriseOf(size, unit);
    this.learn(size);
    return surprise;
  }

  private surpriseOf(size: number, unit: number): number {
    const excess = size - this.quantile;
    if (this.count < firstValues || excess <= 0) return 0;
    const trust = this.peaks / (this.peaks + inventedValues);
    const usual = Math.max(this.quantile * 0.25, unit * unitShare, 1e-12);
    const mean = trust * this.peakMean + (1 - trust) * usual;
    const variance = trust * this.peakVariance + (1 - trust) * usual * usual;
    const shape = Math.max(leastShape, 0.5 * (1 - (mean * mean) / Math.max(variance, 1e-300)));
    const scale = Math.max(mean * (1 - shape), 1e-300);
    return Math.min(mostSurprise, -Math.log(tailShare) + Math.log1p((shape * excess) / scale) / shape);
  }

  /** Learns a size without asking how rare it is. */
  learn(size: number): void {
    this.count += 1;
    if (this.count <= firstValues) {
      this.quantile = Math.max(this.quantile, size);
      return;
    }
    const step = Math.max(this.count ** -0.7, this.memory ** -0.7) * Math.max(this.quantile, 1e-9 * size, 1e-300);
    if (size > this.quantile) {
      this.quantile += step * (1 - tailShare) * 2;
      this.learnPeak(Math.max(0, size - this.quantile));
    } else this.quantile = Math.max(0, this.quantile - step * tailShare * 2);
  }

  private learnPeak(excess: number): void {
    this.peaks += 1;
    const weight = Math.max(1 / (this.peaks + 1), 1 / (this.memory * tailShare));
    this.peakMean += weight * (excess - this.peakMean);
    this.peakVariance += weight * ((excess - this.peakMean) ** 2 - this.peakVariance);
  }
}

/** Departures up and down have tails of their own: a load that often rises may never fall. */
export class SignedRarity {
  private readonly above: Rarity;
  private readonly below: Rarity;

  constructor(memory: number) {
    this.above = new Rarity(memory);
    this.below = new Rarity(memory);
  }

  /** Surprise of a departure; then learns it. `unit` as of `Rarity.weigh`. */
  weigh(departure: number, unit: number): number {
    const [own, other] = departure >= 0 ? [this.above, this.below] : [this.below, this.above];
    other.learn(0);
    return own.weigh(Math.abs(departure), unit);
  }
}
