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
