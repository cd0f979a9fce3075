import type { Exposition, Sample } from '../exporter/series.ts';
import type { DeviceCounters } from './parse-proc.ts';

/** The samples of a metric; none when the page has none. */
export function samplesOf({ samples }: Exposition, name: string): readonly Sample[] {
  return samples.get(name) ?? [];
}

/** The value of a metric that has one series, by the first of several names that the page knows: exporters rename. */
export function oneValue(exposition: Exposition, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const [sample] = samplesOf(exposition, name);
    if (sample !== undefined && Number.isFinite(sample.value)) return sample.value;
  }
  return undefined;
}

/** The values of a metric by one of its labels. */
export function valuesBy(exposition: Exposition, name: string, ...labels: readonly string[]): Map<string, number> {
  const values = new Map<string, number>();
  for (const sample of samplesOf(exposition, name)) {
    const key = labels.map((label) => sample.labels.get(label)).find((value) => value !== undefined);
    if (key !== undefined && Number.isFinite(sample.value)) values.set(key, sample.value);
  }
  return values;
}

/** Counters of devices, put together from one metric for each direction. */
export function deviceCounters(
  inBytes: ReadonlyMap<string, number>,
  outBytes: ReadonlyMap<string, number>,
  busySeconds: ReadonlyMap<string, number>,
  counts: (device: string) => boolean,
): Map<string, DeviceCounters> {
  const devices = new Map<string, DeviceCounters>();
  for (const [device, bytes] of inBytes) {
    const out = outBytes.get(device) ?? 0;
    if (counts(device) && bytes + out > 0)
      devices.set(device, { inBytes: bytes, outBytes: out, busyMs: (busySeconds.get(device) ?? 0) * 1000 });
  }
  return devices;
}
