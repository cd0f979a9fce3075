import { z } from 'zod';
import { ColumnReader, ColumnWriter } from './byte-columns.ts';

/** One run as it is stored: its moment, what it said, and what it measured by the positions of its series. */
export interface Sample {
  readonly atMs: number;
  /** 0 up, 1 degraded, 2 down, 3 unknown, as in watch.result. */
  readonly verdict: number;
  readonly confirming: boolean;
  readonly durationMs: number;
  /** The reason as watch.result holds it. */
  readonly reason: string;
  readonly output: string | null;
  readonly values: readonly (number | null)[];
}

/** Samples of one check as columns; `values[p - 1]` is the column of the series at position p. NaN: nothing measured. */
export interface SampleColumns {
  readonly times: readonly number[];
  readonly values: readonly Float32Array[];
}

const version = 1;
// Reasons are JSON, which escapes control characters.
const between = '\n';
const outputList = z.array(z.string().nullable());

/** Packs samples of one check; they stand in the order of their time. */
export function packSamples(samples: readonly Sample[]): Buffer {
  const writer = new ColumnWriter();
  const width = samples.reduce((most, { values }) => Math.max(most, values.length), 0);
  writer.integers([version]);
  writer.integers([samples.length]);
  writer.integers([width]);
  // Checks keep to their interval: the differences of the differences are small.
  let before = 0;
  writer.integers(
    samples.map(({ atMs }, index) => {
      const gap = index === 0 ? atMs : atMs - before;
      before = atMs;
      return gap;
    }),
  );
  writer.integers(samples.map(({ verdict, confirming }) => verdict * 2 + (confirming ? 1 : 0)));
  writer.floats(Float32Array.from(samples, ({ durationMs }) => durationMs));
  for (let place = 0; place < width; place += 1)
    writer.floats(Float32Array.from(samples, ({ values }) => values[place] ?? Number.NaN));
  writer.text(samples.map(({ reason }) => reason).join(between));
  const quiet = samples.every(({ output }) => output === null);
  writer.text(quiet ? '' : JSON.stringify(samples.map(({ output }) => output)));
  return writer.bytes();
}

interface Head {
  readonly reader: ColumnReader;
  readonly count: number;
  readonly width: number;
  readonly times: number[];
}

function openPacked(packed: Buffer): Head {
  const reader = new ColumnReader(packed);
  const [found] = reader.integers(1);
  if (found !== version) throw new Error(`packed measurements of an unknown form: ${String(found)}`);
  const [count = 0] = reader.integers(1);
  const [width = 0] = reader.integers(1);
  const times = reader.integers(count);
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    at += times[index] ?? 0;
    times[index] = at;
  }
  return { reader, count, width, times };
}

/** Only what charts need: the times, and the columns of the positions that are asked for. */
export function unpackColumns(packed: Buffer, positions: readonly number[]): SampleColumns {
  const { reader, count, width, times } = openPacked(packed);
  reader.integers(count);
  reader.skipFloats(count);
  const wanted = new Set(positions);
  const found = new Map<number, Float32Array>();
  for (let position = 1; position <= width; position += 1) {
    if (wanted.has(position)) found.set(position, reader.floats(count));
    else reader.skipFloats(count);
  }
  const missing = new Float32Array(count).fill(Number.NaN);
  return { times, values: positions.map((position) => found.get(position) ?? missing) };
}

/** All that was packed. */
export function unpackSamples(packed: Buffer): Sample[] {
  const { reader, count, width, times } = openPacked(packed);
  const verdicts = reader.integers(count);
  const durations = reader.floats(count);
  const columns = Array.from({ length: width }, () => reader.floats(count));
  const reasons = reader.text().split(between);
  const said = reader.text();
  const outputs = said === '' ? [] : outputList.parse(JSON.parse(said));
  return times.map((atMs, index) => {
    const word = verdicts[index] ?? 0;
    return {
      atMs,
      verdict: word >> 1,
      confirming: word % 2 === 1,
      durationMs: durations[index] ?? 0,
      reason: reasons[index] ?? '{}',
      output: outputs[index] ?? null,
      values: columns.map((column) => known(column[index])),
    };
  });
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
