/** So few values are put in order one by one, which is quicker than to call a sort. */
const mostByHand = 24;

/** Where few values are put in order: there are very many windows of a few values. */
const roomByHand = new Float64Array(mostByHand);

/** Median of what is a number in it; NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  const sorted = values.length <= mostByHand ? roomByHand : new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    let at = count;
    if (values.length <= mostByHand)
      for (; at > 0 && (sorted[at - 1] ?? 0) > value; at -= 1) sorted[at] = sorted[at - 1] ?? 0;
    sorted[at] = value;
    count += 1;
  }
  if (values.length > mostByHand) sorted.subarray(0, count).sort();
  const middle = count >> 1;
  if (count === 0) return Number.NaN;
  return count % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Standard deviation of normal noise, told from the median of distances to the median: outliers do not move it. */
export function robustDeviation(values: Float64Array): number {
  const centre = median(values);
  return 1.4826 * median(values.map((each) => Math.abs(each - centre)));
}

/** The values of a window that moves along, kept in order; what is no number is passed over. */
export class SortedWindow {
  private readonly sorted: Float64Array;
  private count = 0;

  /** @param most how many values the window holds. */
  constructor(most: number) {
    this.sorted = new Float64Array(most);
  }

  put(value: number): void {
    if (Number.isNaN(value)) return;
    const at = this.place(value);
    this.sorted.copyWithin(at + 1, at, this.count);
    this.sorted[at] = value;
    this.count += 1;
  }

  /** Takes a value away that was put in. */
  take(value: number): void {
    if (Number.isNaN(value)) return;
    this.sorted.copyWithin(this.place(value), this.place(value) + 1, this.count);
    this.count -= 1;
  }

  median(): number {
    const middle = this.count >> 1;
    if (this.count === 0) return Number.NaN;
    if (this.count % 2 === 1) return this.sorted[middle] ?? 0;
    return ((this.sorted[middle - 1] ?? 0) + (this.sorted[middle] ?? 0)) / 2;
  }

  /** Where the first value stands that is not below this one. */
  private place(value: number): number {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
