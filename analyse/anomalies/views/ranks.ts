import { WordModel } from './word-model.ts';

/** Ranks that values are told apart by: as many values lie in each. */
const ranks = 16;
/** Two ranks make a word. */
const words = ranks / 2;
/** Values needed before a word can surprise. */
const firstValues = 60;
/** The weight of a value in what the ranks are learnt from: some 500 values back. */
const weight = 0.002;
/** Step of a bound, in spreads. */
const stride = 2.5;

/**
 * Where a value stands among those of late, whatever their unit and however far some lie off: bounds between the ranks
 * are followed by stochastic approximation (Robbins and Monro 1951), as a running median is.
 */
export class Ranks {
  private readonly bounds = new Float64Array(ranks - 1);
  private readonly model = new WordModel(words, 3);
  private count = 0;
  private spread = 0;
  /** The rank of the last value, from 0. */
  rank = 0;

  /** Ranks a value, and tells how surprising its rank is after the last three, in nats; then learns it. */
  weigh(value: number): number {
    const { bounds } = this;
    this.rank = 0;
    while (this.rank < bounds.length && value > (bounds[this.rank] ?? 0)) this.rank += 1;
    this.learn(value);
    const surprise = this.model.weigh(this.rank >> 1);
    return this.count < firstValues ? 0 : surprise;
  }

  private learn(value: number): void {
    const { bounds } = this;
    this.count += 1;
    if (this.count === 1) {
      bounds.fill(value);
      return;
    }
    const share = Math.max(1 / this.count, weight);
    this.spread += share * (Math.abs(value - (bounds[bounds.length >> 1] ?? 0)) - this.spread);
    const step = share * this.spread * stride;
    let before = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < bounds.length; at += 1) {
      const bound = bounds[at] ?? 0;
      const below = (at + 1) / ranks;
      const moved = bound + (value > bound ? step * below : value < bound ? step * (below - 1) : 0);
      before = Math.max(before, moved);
      bounds[at] = before;
    }
  }
}
