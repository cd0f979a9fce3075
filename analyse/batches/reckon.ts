import { forecastCapacity, type CapacityForecast } from '../capacity/forecast-capacity.ts';
import { judgeSeries, type CheckToJudge, type JudgedSeries } from './judge-series.ts';

/** What can be asked of whoever reckons, here or in a thread beside. */
export type Reckoning =
  | { readonly what: 'judge'; readonly checks: readonly CheckToJudge[] }
  | {
      readonly what: 'forecast';
      readonly timesMs: Float64Array;
      readonly values: Float64Array;
      readonly capacity: number;
      readonly horizonDays: number;
    };

/** What came of it. */
export type Reckoned =
  | { readonly what: 'judge'; readonly series: readonly JudgedSeries[] }
  | { readonly what: 'forecast'; readonly forecast: CapacityForecast | null };

/** Reckons; takes as long as it takes. */
export function reckon(asked: Reckoning): Reckoned {
  if (asked.what === 'judge') return { what: 'judge', series: asked.checks.flatMap((check) => judgeSeries(check)) };
  const { timesMs, values, capacity, horizonDays } = asked;
  const points = [...timesMs].map((timeMs, at) => ({ timeMs, value: values[at] ?? Number.NaN }));
  return { what: 'forecast', forecast: forecastCapacity(points, { capacity, horizonDays }) };
}
