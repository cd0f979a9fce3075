/** What a chart shows. All series of one chart share a unit. */
export interface ChartData {
  /** Epoch seconds, rising. */
  times: readonly number[];
  unit: string;
  series: readonly { name: string; label: string; values: readonly (number | null)[] }[];
  marks?: readonly ChartMark[];
}

/** A moment worth knowing: a change of state, an incident, a run. */
export interface ChartMark {
  /** Epoch seconds. */
  at: number;
  kind: 'down' | 'degraded' | 'up' | 'incident' | 'run' | 'maintenance';
  label: string;
}

/** Colours of series by place; the same in both themes. */
export const seriesColours = [
  'var(--v-series-1)',
  'var(--v-series-2)',
  'var(--v-series-3)',
  'var(--v-series-4)',
  'var(--v-series-5)',
  'var(--v-series-6)',
] as const;

/** Place in the data nearest to a moment. */
export function nearestIndex(times: readonly number[], at: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((times[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const before = times[low - 1];
  const here = times[low];
  if (before !== undefined && here !== undefined && at - before < here - at) return low - 1;
  return low;
}
