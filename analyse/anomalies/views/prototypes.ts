/** A row of values that is on average farther from all prototypes, in usual moves, makes one of its own. */
const nearMoves = 2;
/** A prototype that a row is near to moves towards it by this share. */
const pull = 0.1;

/**
 * Keeps examples of how the values went lately, and tells how unlike all of them the latest values are: a course that was
 * never gone before, though each of its values is usual. The nearest example learns, a new one takes the place of the one that
 * was of no use for longest, as in adaptive resonance (Carpenter, Grossberg and Rosen 1991).
 */
export class Prototypes {
  private readonly length: number;
  private readonly latest: Float64Array;
  private readonly examples: Float64Array;
  /** When each was last near, counted in values; 0 for none yet. */
  private readonly usedAt: Float64Array;
  private count = 0;

  /**
   * @param length how many of the latest values are compared.
   * @param most how many examples are kept.
   */
  constructor(length: number, most: number) {
    this.length = length;
    this.latest = new Float64Array(length);
    this.examples = new Float64Array(length * most);
    this.usedAt = new Float64Array(most);
  }

  /** The mean distance of the latest values from the nearest example; then learns them. `move`: how much the series usually moves. */
  distance(value: number, move: number): number {
    const { latest, length, usedAt } = this;
    this.count += 1;
    latest.copyWithin(0, 1);
    latest[length - 1] = value;
    if (this.count < length) return 0;
    let [nearest, least, oldest] = [-1, Infinity, 0];
    for (let at = 0; at < usedAt.length; at += 1) {
      if ((usedAt[at] ?? 0) < (usedAt[oldest] ?? 0)) oldest = at;
      if (usedAt[at] === 0) continue;
      const away = this.away(at);
      if (away < least) [nearest, least] = [at, away];
    }
    const isKnown = nearest >= 0 && least <= nearMoves * move;
    this.learn(isKnown ? nearest : oldest, isKnown ? pull : 1);
    return nearest < 0 ? 0 : least;
  }

  private away(example: number): number {
    const { latest, examples, length } = this;
    const from = example * length;
    let sum = 0;
    for (let at = 0; at < length; at += 1) sum += Math.abs((latest[at] ?? 0) - (examples[from + at] ?? 0));
    return sum / length;
  }

  private learn(example: number, share: number): void {
    const { latest, examples, length } = this;
    const from = example * length;
    for (let at = 0; at < length; at += 1) {
      const known = share === 1 ? (latest[at] ?? 0) : (examples[from + at] ?? 0);
      examples[from + at] = known + share * ((latest[at] ?? 0) - known);
    }
    this.usedAt[example] = this.count;
  }
}
