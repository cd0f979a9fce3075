/** Median of what is a number in it; NaN of nothing. */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from(values)
    .filter((each) => !Number.isNaN(each))
    .toSorted();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Standard deviation of normal noise, told from the median of distances to the median: outliers do not move it. */
export function robustDeviation(values: Float64Array): number {
  const centre = median(values);
  return 1.4826 * median(values.map((each) => Math.abs(each - centre)));
}
