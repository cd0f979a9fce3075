import type { z } from 'zod';
import type { chart } from '#contract/watch.ts';
import type { ChartData } from '#web/ui/chart/chart-data.ts';

type Measured = z.infer<typeof chart>;

/** More lines than colours cannot be told apart. */
const mostSeries = 6;

/** One drawing per unit, in the order in which the check names its measurements; units without a value are left out. */
export function evidenceCharts(measured: Measured): ChartData[] {
  const units = [...new Set(measured.series.map((series) => series.unit))];
  return units
    .map((unit) => ({
      times: measured.times,
      unit,
      series: measured.series
        .filter((series) => series.unit === unit)
        .slice(0, mostSeries)
        .map((series) => ({ name: String(series.id), label: series.label, values: series.mean })),
      marks: measured.marks,
    }))
    .filter((data) => data.series.some((series) => series.values.some((value) => value !== null)));
}

/** Half an hour before the fault, and a quarter of an hour after its end; up to the running minute while it lasts. */
export function evidenceSpan(
  failingSince: string,
  goodSince: string | null,
  now: number,
): { from: string; until: string } {
  const minuteMs = 60_000;
  const began = Date.parse(failingSince);
  const end = goodSince === null ? Math.ceil(now / minuteMs) * minuteMs : Date.parse(goodSince) + 15 * minuteMs;
  return {
    from: new Date(began - 30 * minuteMs).toISOString(),
    // A clock that is a little behind must not turn the span round.
    until: new Date(Math.max(end, began + minuteMs)).toISOString(),
  };
}
