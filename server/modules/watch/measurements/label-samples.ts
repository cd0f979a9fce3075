import type { LabelledCheck } from './store-remote.ts';
import type { CheckSample } from './store-window.ts';
import type { WrittenSeries } from './write-request.ts';

/** The name under which measured values are sent on; a label says which. */
export const measurementName = 'vigie_measurement';

/** Samples as remote write takes them. What belongs to no known check or series is left out. */
export function labelSamples(
  samples: readonly CheckSample[],
  checks: ReadonlyMap<number, LabelledCheck>,
  extra: Readonly<Record<string, string>>,
): { series: WrittenSeries[]; count: number } {
  const found = new Map<string, { labels: Record<string, string>; samples: { value: number; atMs: number }[] }>();
  let count = 0;
  const add = (check: LabelledCheck, name: string, more: Record<string, string>, atMs: number, value: number): void => {
    const key = `${check.number} ${name} ${more['measurement'] ?? ''}`;
    let series = found.get(key);
    if (series === undefined) {
      const { id, name: checkName, kind, targetName } = check;
      const own = { __name__: name, check_id: id, check: checkName, kind, target: targetName };
      series = { labels: { ...extra, ...own, ...more }, samples: [] };
      found.set(key, series);
    }
    series.samples.push({ value, atMs });
    count += 1;
  };
  for (const sample of samples) {
    const check = checks.get(sample.checkNumber);
    if (check === undefined) continue;
    add(check, 'vigie_check_verdict', {}, sample.atMs, sample.verdict);
    add(check, 'vigie_check_duration_seconds', {}, sample.atMs, sample.durationMs / 1_000);
    for (const [place, value] of sample.values.entries()) {
      const series = check.series.get(place + 1);
      if (value === null || series === undefined) continue;
      add(check, measurementName, { measurement: series.name, unit: series.unit }, sample.atMs, value);
    }
  }
  return { series: [...found.values()], count };
}
