import { useSearchParams } from 'react-router';
import type { ChartSpan } from '#web/ui/chart/chart-data.ts';
import { nowMs } from '#web/ui/clock.ts';

/** Periods up to now that a chart can show, by their word in the address, in seconds. */
export const periodSeconds = {
  '15m': 900,
  '1h': 3600,
  '6h': 21_600,
  '24h': 86_400,
  '7d': 604_800,
  '30d': 2_592_000,
  '90d': 7_776_000,
  '1y': 31_536_000,
} as const;
export type PeriodWord = keyof typeof periodSeconds;

export function isPeriod(word: string | null): word is PeriodWord {
  return word !== null && Object.hasOwn(periodSeconds, word);
}

export const periodWords = Object.keys(periodSeconds).filter(isPeriod);

/** With what a chart is compared: how many seconds before. */
export const compareSeconds = { none: 0, day: 86_400, week: 604_800, month: 2_592_000 } as const;
export type Compare = keyof typeof compareSeconds;

export function isCompare(word: string | null): word is Compare {
  return word !== null && Object.hasOwn(compareSeconds, word);
}

/** What a chart shows: a period up to now, or a part that was chosen; with what beside the means. */
export interface ChartView {
  readonly period: PeriodWord;
  /** The part that was chosen; undefined for the whole period up to now. */
  readonly chosen: ChartSpan | undefined;
  readonly band: boolean;
  readonly percentile: boolean;
  readonly compare: Compare;
}

function chosenOf(params: URLSearchParams): ChartSpan | undefined {
  const from = Date.parse(params.get('from') ?? '') / 1000;
  const until = Date.parse(params.get('until') ?? '') / 1000;
  return Number.isFinite(from) && Number.isFinite(until) && until > from ? { from, until } : undefined;
}

/** The view that an address tells. */
export function readView(params: URLSearchParams, usual: PeriodWord): ChartView {
  const period = params.get('range');
  const compare = params.get('compare');
  const shown = (params.get('show') ?? '').split(' ');
  return {
    period: isPeriod(period) ? period : usual,
    chosen: chosenOf(params),
    band: shown.includes('band'),
    percentile: shown.includes('p95'),
    compare: isCompare(compare) ? compare : 'none',
  };
}

function moment(seconds: number | undefined): string {
  return seconds === undefined ? '' : new Date(Math.round(seconds) * 1000).toISOString();
}

/** The address that tells a view; what is usual is not written. */
export function writeView(params: URLSearchParams, view: ChartView, usual: PeriodWord): URLSearchParams {
  const after = new URLSearchParams(params);
  const put = (name: string, value: string): void => (value === '' ? after.delete(name) : after.set(name, value));
  put('range', view.period === usual ? '' : view.period);
  put('from', moment(view.chosen?.from));
  put('until', moment(view.chosen?.until));
  put('show', [view.band && 'band', view.percentile && 'p95'].filter(Boolean).join(' '));
  put('compare', view.compare === 'none' ? '' : view.compare);
  return after;
}

/** The span of a view at this moment. */
export function spanOf({ period, chosen }: Pick<ChartView, 'period' | 'chosen'>): ChartSpan {
  if (chosen !== undefined) return chosen;
  const until = nowMs() / 1000;
  return { from: until - periodSeconds[period], until };
}

/** The view in the address, and how it is changed. */
export function useChartView(usual: PeriodWord): [ChartView, (change: Partial<ChartView>) => void] {
  const [params, setParams] = useSearchParams();
  const view = readView(params, usual);
  return [
    view,
    (change) =>
      setParams((before) => writeView(before, { ...readView(before, usual), ...change }, usual), {
        replace: true,
        preventScrollReset: true,
      }),
  ];
}

interface Fetched {
  readonly times: readonly number[];
  readonly stepSeconds: number;
}

/** Values of a time before at the places of now, whatever the steps of both are. */
export function valuesBefore(
  now: Fetched,
  before: Fetched & { readonly values: readonly (number | null)[] },
  shiftSeconds: number,
): (number | null)[] {
  const first = before.times[0] ?? 0;
  return now.times.map((at) => before.values[Math.floor((at - shiftSeconds - first) / before.stepSeconds)] ?? null);
}
