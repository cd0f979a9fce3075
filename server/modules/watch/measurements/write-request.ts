import { PbfWriter } from 'pbf';
import { compress } from 'snappyjs';

/** One series as remote write takes it: labels with sorted names, samples in the order of time. */
export interface WrittenSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly { readonly value: number; readonly atMs: number }[];
}

function writeLabel([name, value]: readonly [string, string], pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  pbf.writeStringField(2, value);
}

function writeSample({ value, atMs }: WrittenSeries['samples'][number], pbf: PbfWriter): void {
  pbf.writeDoubleField(1, value);
  pbf.writeVarintField(2, atMs);
}

function writeSeries({ labels, samples }: WrittenSeries, pbf: PbfWriter): void {
  const sorted = Object.entries(labels)
    .filter(([, value]) => value !== '')
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  for (const label of sorted) pbf.writeMessage(1, writeLabel, label);
  for (const sample of samples) pbf.writeMessage(2, writeSample, sample);
}

/**
 * The body of a Prometheus remote write request, version 1.0: the message `prometheus.WriteRequest` in protocol buffers,
 * compressed as one block of Snappy. https://prometheus.io/docs/specs/prw/remote_write_spec/
 */
export function writeRequestBody(series: readonly WrittenSeries[]): Buffer {
  const pbf = new PbfWriter();
  for (const each of series) pbf.writeMessage(1, writeSeries, each);
  return Buffer.from(compress(pbf.finish()));
}
