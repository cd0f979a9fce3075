/**
 * What is odd about a series:
 * `level` another level, `trend` a slow way to one, `spike` a value far from what was foretold, `spread` more or less
 * restless than before, `season` not what this time of day is used to, `pattern` an unusual sequence of usual values,
 * `silence` no values for long, `stuck` the same value for long.
 */
export type ReasonKind = 'level' | 'trend' | 'spike' | 'spread' | 'season' | 'pattern' | 'silence' | 'stuck';

/** Why an operator should be told. */
export interface Anomaly {
  readonly kind: ReasonKind;
  /** What was expected: a value, for `spread` the usual change, for `silence` the usual milliseconds between values. */
  readonly expected: number;
  /** What was seen instead, of the same kind as `expected`. */
  readonly seen: number;
  /** Since when, in milliseconds since 1970. */
  readonly sinceMs: number;
}
