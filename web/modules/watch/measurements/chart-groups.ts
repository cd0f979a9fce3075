import { valuesBefore } from './chart-period.ts';
import type { ChartData, ChartMark } from '#web/ui/chart/chart-data.ts';

/** A chart of a check: series that are read together. */
export interface ChartGroup {
  /** Word of the group in the texts; undefined when the series are only kept together by their unit. */
  family?: Family;
  unit: string;
  ids: readonly number[];
}

/** Measurements that belong on one chart, by the part of their name before the colon, in the order of the charts. */
const families = {
  cpu: ['cpu', 'ioWait', 'steal'],
  load: ['load1', 'load5', 'load15'],
  memory: ['memory', 'swap'],
  disk: ['disk'],
  network: ['netIn', 'netOut'],
  diskIo: ['diskRead', 'diskWrite'],
  diskBusy: ['diskBusy'],
  inodes: ['inodes'],
  failedUnits: ['failedUnits'],
} as const;
export type Family = keyof typeof families;

const familyNames: readonly Family[] = [
  'cpu',
  'load',
  'memory',
  'disk',
  'network',
  'diskIo',
  'diskBusy',
  'inodes',
  'failedUnits',
];

/** Told as a sentence elsewhere: a line that only rises says nothing as a chart. */
const notDrawn = new Set(['uptime']);

interface MeasuredSeries {
  id: number;
  name: string;
  unit: string;
}

function familyOf(name: string): Family | undefined {
  const base = name.split(':')[0] ?? name;
  return familyNames.find((family) => families[family].some((member) => member === base));
}

/** Puts a check's series on charts: known families first, the rest by unit. */
export function chartGroups(series: readonly MeasuredSeries[]): ChartGroup[] {
  const drawn = series.filter((each) => !notDrawn.has(each.name));
  const known = familyNames.flatMap((family) => {
    const members = drawn.filter((each) => familyOf(each.name) === family);
    const unit = members[0]?.unit;
    return unit === undefined ? [] : [{ family, unit, ids: members.map((each) => each.id) }];
  });
  const others = drawn.filter((each) => familyOf(each.name) === undefined);
  const units = [...new Set(others.map((each) => each.unit))];
  return [
    ...known,
    ...units.map((unit) => ({ unit, ids: others.filter((each) => each.unit === unit).map((each) => each.id) })),
  ];
}

interface FetchedChart {
  times: number[];
  stepSeconds: number;
  series: {
    id: number;
    label: string;
    mean: (number | null)[];
    min: (number | null)[];
    max: (number | null)[];
    p95: (number | null)[];
  }[];
  marks: (ChartMark & { seriesId?: number | undefined })[];
}

/** Points kept in any case, so that a first measurement does not stand alone on a chart without width. */
const leastPoints = 20;

/** Without the time before anything was measured: a new check fills its chart instead of a corner of it. */
export function sinceFirstMeasured<Chart extends FetchedChart>(chart: Chart): Chart {
  const first = chart.times.findIndex((_, at) => chart.series.some((series) => series.mean[at] !== null));
  const start = Math.min(Math.max(first, 0), Math.max(0, chart.times.length - leastPoints));
  if (start === 0) return chart;
  return {
    ...chart,
    times: chart.times.slice(start),
    series: chart.series.map((series) => ({
      ...series,
      mean: series.mean.slice(start),
      min: series.min.slice(start),
      max: series.max.slice(start),
      p95: series.p95.slice(start),
    })),
    marks: chart.marks.filter((mark) => mark.at >= (chart.times[start] ?? 0)),
  };
}

/** What is drawn beside the means. */
export interface ShownBeside {
  band: boolean;
  percentile: boolean;
  /** The same series of a time before, and how long before. */
  before?: FetchedChart | undefined;
  shiftSeconds?: number;
}

/** One group's part of the fetched measurements. */
export function groupData(
  group: ChartGroup,
  chart: FetchedChart,
  shown: ShownBeside = { band: false, percentile: false },
): ChartData {
  const { band, percentile, before, shiftSeconds = 0 } = shown;
  const valuesOfBefore = (id: number): (number | null)[] | undefined => {
    const old = before?.series.find((each) => each.id === id);
    return before === undefined || old === undefined
      ? undefined
      : valuesBefore(chart, { ...before, values: old.mean }, shiftSeconds);
  };
  return {
    times: chart.times,
    unit: group.unit,
    series: chart.series
      .filter((series) => group.ids.includes(series.id))
      .map((series) => ({
        name: String(series.id),
        label: series.label,
        values: series.mean,
        ...(band ? { min: series.min, max: series.max } : {}),
        ...(percentile ? { p95: series.p95 } : {}),
        before: valuesOfBefore(series.id),
      })),
    // What is odd about one series says nothing of the others.
    marks: chart.marks.filter(({ seriesId }) => seriesId === undefined || group.ids.includes(seriesId)),
  };
}
