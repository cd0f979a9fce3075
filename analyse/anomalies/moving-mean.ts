/** A mean that forgets: a plain mean at first, exponential with `weight` once that is heavier. */
export class MovingMean {
  readonly weight: number;
  mean = 0;
  count = 0;

  constructor(weight: number) {
    this.weight = weight;
  }

  add(value: number): number {
    this.count += 1;
    this.mean += Math.max(1 / this.count, this.weight) * (value - this.mean);
    return this.mean;
  }
}

/** The middle of the values, followed by steps of a size that their spread gives: outliers pull no more than others. */
export class MovingMedian {
  readonly weight: number;
  median = 0;
  count = 0;
  private spread = 0;

  constructor(weight: number) {
    this.weight = weight;
  }

  add(value: number): void {
    this.count += 1;
    if (this.count === 1) {
      this.median = value;
      return;
    }
    const weight = Math.max(1 / this.count, this.weight);
    this.spread += weight * (Math.abs(value - this.median) - this.spread);
    this.median += weight * this.spread * 1.5 * Math.sign(value - this.median);
  }
}
