const dayMs = 86_400_000;
/** Half hours: a job that starts now and then some minutes later stays within its own. */
const bins = 48;
/** A bound that the day does not reach comes nearer by this share. */
const shrink = 0.3;

/** Least and greatest value of each half hour of the day, over the days before: what the hour allows. */
export class DayEnvelope {
  private readonly least = new Float64Array(bins);
  private readonly most = new Float64Array(bins);
  private readonly known = new Uint8Array(bins);
  private bin = -1;
  private binLeast = 0;
  private binMost = 0;
  private firstMs = 0;

  /** How far the value lies outside what its half hour and the two beside it have seen; 0 inside. Then learns it. */
  outside(timeMs: number, value: number): number {
    const bin = Math.floor((((timeMs % dayMs) + dayMs) % dayMs) / (dayMs / bins));
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
      const at = (near + bins) % bins;
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
    this.least[bin] = isFirst ? this.binLeast : least + (this.binLeast < least ? 1 : shrink) * (this.binLeast - least);
    this.most[bin] = isFirst ? this.binMost : most + (this.binMost > most ? 1 : shrink) * (this.binMost - most);
  }
}
