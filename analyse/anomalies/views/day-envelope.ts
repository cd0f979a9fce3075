const dayMs = 86_400_000;

/** Least and greatest value of each part of the day, over the days before: what the hour allows. */
export class DayEnvelope {
  private readonly bins: number;
  private readonly shrink: number;
  private readonly least: Float64Array;
  private readonly most: Float64Array;
  private readonly known: Uint8Array;
  private bin = -1;
  private binLeast = 0;
  private binMost = 0;
  private firstMs = 0;

  /**
   * @param bins parts of a day: a job that starts now and then some minutes later should stay within its own.
   * @param shrink a bound that the day does not reach comes nearer by this share.
   */
  constructor(bins: number, shrink: number) {
    this.bins = bins;
    this.shrink = shrink;
    this.least = new Float64Array(bins);
    this.most = new Float64Array(bins);
    this.known = new Uint8Array(bins);
  }

  /** How far the value lies outside what its part of the day and the two beside it have seen; 0 inside. Then learns it. */
  outside(timeMs: number, value: number): number {
    const bin = Math.floor((((timeMs % dayMs) + dayMs) % dayMs) / (dayMs / this.bins));
    if (this.bin < 0) this.firstMs = timeMs;
    const departure = timeMs - this.firstMs >= dayMs ? this.departure(bin, value) : 0;
    if (bin !== this.bin) {
      if (this.bin >= 0) this.close(this.bin);
      this.bin = bin;
      this.binLeast = this.binMost = value;
    }
    this.binLeast = Math.min(this.binLeast, value);
    this.binMost = Math.max(this.binMost, value);
    return departure;
  }

  private departure(bin: number, value: number): number {
    let least = Infinity;
    let most = -Infinity;
    for (let near = bin - 1; near <= bin + 1; near += 1) {
      const at = (near + this.bins) % this.bins;
      if (this.known[at] !== 1) continue;
      least = Math.min(least, this.least[at] ?? least);
      most = Math.max(most, this.most[at] ?? most);
    }
    if (most < least) return 0;
    return value > most ? value - most : value < least ? least - value : 0;
  }

  private close(bin: number): void {
    const least = this.least[bin] ?? 0;
    const most = this.most[bin] ?? 0;
    const isFirst = this.known[bin] !== 1;
    this.known[bin] = 1;
    this.least[bin] = isFirst
      ? this.binLeast
      : least + (this.binLeast < least ? 1 : this.shrink) * (this.binLeast - least);
    this.most[bin] = isFirst ? this.binMost : most + (this.binMost > most ? 1 : this.shrink) * (this.binMost - most);
  }
}
