/** One measurement over the times of a chart. */
export interface ChartSeries {
  name: string;
  label: string;
  values: readonly (number | null)[];
  /** Least and most of each step: drawn as a band. */
  min?: readonly (number | null)[] | undefined;
  max?: readonly (number | null)[] | undefined;
  /** 95th percentile of each step: a dashed line. */
  p95?: readonly (number | null)[] | undefined;
  /** The same measurement of a time before, at the places of now: a faint line. */
  before?: readonly (number | null)[] | undefined;
}

/** What a chart shows. All series of one chart share a unit. */
export interface ChartData {
  /** Epoch seconds, rising. */
  times: readonly number[];
  unit: string;
  series: readonly ChartSeries[];
  marks?: readonly ChartMark[];
}

/** A moment worth knowing: a change of state, an incident, a run. */
export interface ChartMark {
  /** Epoch seconds. */
  at: number;
  /** Epoch seconds of its end, for what lasts. */
  until?: number | null;
  kind: 'down' | 'degraded' | 'up' | 'incident' | 'run' | 'maintenance' | 'anomaly';
  label: string;
}

/** A span of epoch seconds. */
export interface ChartSpan {
  from: number;
  until: number;
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

/** What a line of the drawing stands for. */
export type LineRole = 'min' | 'max' | 'before' | 'p95' | 'value';

export interface ChartLine {
  role: LineRole;
  label: string;
  /** Place of its series, which gives the colour. */
  place: number;
  values: readonly (number | null)[];
}

/** More bands than this hide each other. */
const mostBands = 3;

/** The lines of a chart, those behind first. */
export function chartLines({ series }: ChartData): ChartLine[] {
  const lines: ChartLine[] = [];
  const banded = series.filter(({ min }) => min !== undefined).length <= mostBands;
  for (const [place, { label, min, max }] of series.entries()) {
    if (!banded || min === undefined || max === undefined) continue;
    lines.push({ role: 'min', label, place, values: min }, { role: 'max', label, place, values: max });
  }
  for (const [place, { label, before }] of series.entries())
    if (before !== undefined) lines.push({ role: 'before', label, place, values: before });
  for (const [place, { label, p95 }] of series.entries())
    if (p95 !== undefined) lines.push({ role: 'p95', label, place, values: p95 });
  for (const [place, { label, values }] of series.entries()) lines.push({ role: 'value', label, place, values });
  return lines;
}

/** The part of a span that a zoom step leaves: half of it around the middle, twice of it, or half of it aside. */
export function stepSpan({ from, until }: ChartSpan, key: string): ChartSpan | undefined {
  const span = until - from;
  switch (key) {
    case '+':
    case '=':
      return span < 60 ? undefined : { from: from + span / 4, until: until - span / 4 };
    case '-':
      return { from: from - span / 2, until: until + span / 2 };
    case 'ArrowLeft':
      return { from: from - span / 4, until: until - span / 4 };
    case 'ArrowRight':
      return { from: from + span / 4, until: until + span / 4 };
    default:
      return undefined;
  }
}
