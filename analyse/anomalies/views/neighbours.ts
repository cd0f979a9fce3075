import { MovingMean } from '../moving-mean.ts';

/** The shape of a moment: the value, and means that forget ever more slowly, from before it. */
const weights = [0.6, 0.3, 0.1, 0.03] as const;
const sizes = weights.length + 1;
/** Moments kept to compare with. */
const most = 128;
/** Moments replace kept ones as in reservoir sampling (Vitter 1985), over this many values. */
const memory = 3000;

/** How far the present moment is from the nearest of the moments kept: new shapes, whatever their parts. */
export class Neighbours {
  private readonly means = weights.map((weight) => new MovingMean(weight));
  private readonly kept = new Float64Array(most * sizes);
  private readonly now = new Float64Array(sizes);
  private filled = 0;
  private count = 0;
  private random = 1;

  /** Distance (sum over the parts, in the unit of the values) to the nearest kept moment; then may keep this one. */
  distance(value: number): number {
    this.count += 1;
    this.now[0] = value;
    for (const [at, mean] of this.means.entries()) {
      this.now[at + 1] = mean.count === 0 ? value : mean.mean;
      mean.add(value);
    }
    const nearest = this.nearest();
    if (this.filled < most) {
      this.kept.set(this.now, this.filled * sizes);
      this.filled += 1;
      return nearest === Infinity ? 0 : nearest;
    }
    this.random = (Math.imul(this.random, 1_103_515_245) + 12_345) & 0x7fffffff;
    const isKept = ((this.random >> 8) % 1000) / 1000 < most / Math.min(this.count, memory);
    if (nearest > 0 && isKept) this.kept.set(this.now, ((this.random >> 18) % most) * sizes);
    return nearest;
  }

  private nearest(): number {
    const { kept, now } = this;
    let least = Infinity;
    for (let from = 0; from < this.filled * sizes; from += sizes) {
      let distance = 0;
      for (let at = 0; at < sizes; at += 1) distance += Math.abs((kept[from + at] ?? 0) - (now[at] ?? 0));
      if (distance < least) least = distance;
    }
    return least;
  }
}
