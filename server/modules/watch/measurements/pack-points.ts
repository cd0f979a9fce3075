import { ColumnReader, ColumnWriter } from './byte-columns.ts';
import type { Point } from './step-fold.ts';

/** The points of a check's series within one stored row, by the position of the series. */
export type PointsByPosition = ReadonlyMap<number, readonly Point[]>;

const version = 1;

/** Packs points whose times are multiples of `stepS` after `beginsS`. */
export function packPoints(series: PointsByPosition, beginsS: number, stepS: number): Buffer {
  const writer = new ColumnWriter();
  writer.integers([version]);
  writer.integers([series.size]);
  for (const [position, points] of series) {
    writer.integers([position]);
    writer.integers([points.length]);
    writer.integers(points.map(({ time }) => Math.round((time - beginsS) / stepS)));
    writer.integers(points.map(({ count }) => count));
    const mean = Float32Array.from(points, (point) => point.mean);
    const max = Float32Array.from(points, (point) => point.max);
    writer.floats(mean);
    writer.floats(
      Float32Array.from(points, (point) => point.min),
      mean,
    );
    writer.floats(max, mean);
    writer.floats(
      Float32Array.from(points, (point) => point.p95),
      max,
    );
  }
  return writer.bytes();
}

export function unpackPoints(packed: Buffer, beginsS: number, stepS: number): Map<number, Point[]> {
  const reader = new ColumnReader(packed);
  const [found] = reader.integers(1);
  if (found !== version) throw new Error(`packed points of an unknown form: ${String(found)}`);
  const [width = 0] = reader.integers(1);
  const series = new Map<number, Point[]>();
  for (let index = 0; index < width; index += 1) {
    const [position = 0] = reader.integers(1);
    const [count = 0] = reader.integers(1);
    const slots = reader.integers(count);
    const counts = reader.integers(count);
    const mean = reader.floats(count);
    const min = reader.floats(count, mean);
    const max = reader.floats(count, mean);
    const p95 = reader.floats(count, max);
    series.set(
      position,
      slots.map((slot, place) => ({
        time: beginsS + slot * stepS,
        count: counts[place] ?? 0,
        mean: mean[place] ?? Number.NaN,
        min: min[place] ?? Number.NaN,
        max: max[place] ?? Number.NaN,
        p95: p95[place] ?? Number.NaN,
      })),
    );
  }
  return series;
}

/** Points of before and of now as one: where both have one, that of now holds. */
export function mergePoints(before: PointsByPosition, now: PointsByPosition): Map<number, readonly Point[]> {
  const merged = new Map<number, readonly Point[]>(before);
  for (const [position, points] of now) {
    const times = new Set(points.map(({ time }) => time));
    const kept = (before.get(position) ?? []).filter(({ time }) => !times.has(time));
    merged.set(
      position,
      kept.length === 0 ? points : [...kept, ...points].toSorted((one, other) => one.time - other.time),
    );
  }
  return merged;
}
