/** A kind of metric (OpenMetrics 1.0, section 4.3). */
export type MetricType =
  | 'unknown'
  | 'gauge'
  | 'counter'
  | 'stateset'
  | 'info'
  | 'histogram'
  | 'gaugehistogram'
  | 'summary';

/** One measured example of what a bucket or counter counts. */
export interface Exemplar {
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  /** Seconds since 1970. */
  readonly timestamp: number | null;
}

export interface MetricSample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  /** Seconds since 1970; null: when it was asked for. */
  readonly timestamp: number | null;
  readonly exemplar: Exemplar | null;
}

/** All samples that share a name, and what is said of them. */
export interface MetricFamily {
  readonly name: string;
  readonly type: MetricType;
  readonly help: string | null;
  readonly unit: string | null;
  readonly samples: readonly MetricSample[];
}

/** What the names of a type's samples end in, behind the family's name. */
export const sampleSuffixes: Readonly<Record<MetricType, readonly string[]>> = {
  unknown: [''],
  gauge: [''],
  counter: ['_total', '_created'],
  stateset: [''],
  info: ['_info'],
  histogram: ['_count', '_sum', '_bucket', '_created'],
  gaugehistogram: ['_gcount', '_gsum', '_bucket'],
  summary: ['', '_count', '_sum', '_created'],
};

/** Why a page is refused. */
export type OpenMetricsReason =
  | 'encoding'
  | 'size'
  | 'blankLine'
  | 'badComment'
  | 'badName'
  | 'badType'
  | 'badUnit'
  | 'repeatedMetadata'
  | 'lateMetadata'
  | 'clashingName'
  | 'badLabels'
  | 'badValue'
  | 'badTimestamp'
  | 'badExemplar'
  | 'misplacedExemplar'
  | 'badLine'
  | 'badTypeLabel'
  | 'valueNotAllowed'
  | 'interleaved'
  | 'mixedTimestamps'
  | 'timeBackwards'
  | 'badHistogram'
  | 'noEnd'
  | 'textAfterEnd';

/** Thrown for a page that is not OpenMetrics; `line` counts from 1. */
export class OpenMetricsFault extends Error {
  readonly reason: OpenMetricsReason;
  readonly line: number;
  constructor(reason: OpenMetricsReason, line: number) {
    super(`${reason} in line ${line}`);
    this.name = 'OpenMetricsFault';
    this.reason = reason;
    this.line = line;
  }
}
