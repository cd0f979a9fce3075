import { createDetector } from '../anomalies/detector.ts';
import type { Anomaly } from '../anomalies/reason.ts';

/**
 * Judges what came of many series since the last time: bytes and numbers in, bytes and anomalies out, so that it can be
 * done in a thread of its own. The same samples give the same answers, in however many batches they come.
 */

/** An anomaly that goes on: it is over when values are back near what was expected, or when it is the usual by now. */
export interface GoingOn {
  readonly id: string;
  readonly kind: Anomaly['kind'];
  readonly expected: number;
  readonly seen: number;
  /** When it was noticed, milliseconds since 1970. */
  readonly atMs: number;
  /** Samples in a row that were back to usual. */
  readonly calm: number;
}

/** One series of a check, with what its detector knew after the sample of `untilMs`. */
export interface SeriesToJudge {
  readonly id: number;
  /** Its place among the values of a sample. */
  readonly place: number;
  /** Null for a series that is new. */
  readonly state: Uint8Array | null;
  readonly untilMs: number;
  readonly goingOn: readonly GoingOn[];
}

/** What came of one check: series share the times. */
export interface CheckToJudge {
  readonly checkNumber: number;
  /** Milliseconds since 1970, rising. */
  readonly times: Float64Array;
  /** By place; NaN where nothing was measured. */
  readonly values: readonly Float64Array[];
  readonly series: readonly SeriesToJudge[];
}

/** Something odd that was noticed. */
export interface Noticed extends Anomaly {
  readonly atMs: number;
  readonly score: number;
  /** When it was over, if that came within the same batch. */
  readonly overMs: number | null;
  readonly overWhy: 'back' | 'learnt' | null;
  readonly calm: number;
}

/** What came of one series. */
export interface JudgedSeries {
  readonly id: number;
  readonly state: Uint8Array;
  readonly samples: number;
  /** The first and the last sample of this batch; NaN when there was none. */
  readonly firstMs: number;
  readonly untilMs: number;
  readonly noticed: readonly Noticed[];
  /** What became of those that went on. */
  readonly changed: readonly {
    readonly id: string;
    readonly calm: number;
    readonly overMs: number | null;
    readonly overWhy: 'back' | 'learnt' | null;
  }[];
}

/** Values in a row that end an anomaly. */
const calmValues = 5;
/** What has been so for a day is the usual. */
const longestMs = 86_400_000;
/** Kinds that are no distance from a value: the next calm stretch of so many values ends them. */
const restValues = 30;
/** A batch of one series keeps at most so many; more would be a broken series. */
const mostNoticed = 200;

/** An anomaly while it is followed through the samples. */
class Followed {
  readonly about: Omit<GoingOn, 'calm'>;
  calm: number;
  overMs: number | null = null;
  overWhy: 'back' | 'learnt' | null = null;

  constructor({ calm, ...about }: GoingOn) {
    this.about = about;
    this.calm = calm;
  }

  /** Takes the next value; `odd`: the detector finds it surprising. */
  step(timeMs: number, value: number, odd: boolean): void {
    if (this.overMs !== null) return;
    const { kind, expected, seen, atMs } = this.about;
    const byValue = kind === 'level' || kind === 'trend' || kind === 'spike' || kind === 'season';
    const isBack = byValue ? Math.abs(value - expected) <= Math.abs(seen - expected) / 2 : !odd;
    this.calm = isBack ? this.calm + 1 : 0;
    if (this.calm >= (byValue ? calmValues : restValues)) this.#end(timeMs, 'back');
    else if (timeMs - atMs >= longestMs) this.#end(timeMs, 'learnt');
  }

  #end(timeMs: number, why: 'back' | 'learnt'): void {
    this.overMs = timeMs;
    this.overWhy = why;
  }
}

/** Judges the samples of one check, series by series. */
export function judgeSeries({ times, values, series }: CheckToJudge): JudgedSeries[] {
  return series.map((each) => judgeOne(each, times, values[each.place] ?? new Float64Array()));
}

function judgeOne(series: SeriesToJudge, times: Float64Array, values: Float64Array): JudgedSeries {
  const detector = resumed(series.state);
  const known = series.goingOn.map((each) => new Followed(each));
  const found: { readonly anomaly: Anomaly; readonly score: number; readonly followed: Followed }[] = [];
  let [samples, firstMs, untilMs] = [0, Number.NaN, series.untilMs];
  for (let at = 0; at < times.length; at += 1) {
    const timeMs = times[at] ?? 0;
    const measured = values[at] ?? Number.NaN;
    if (timeMs <= untilMs) continue;
    untilMs = timeMs;
    if (Number.isNaN(measured)) continue;
    samples += 1;
    if (samples === 1) firstMs = timeMs;
    const { score, anomaly, value } = detector.push(timeMs, measured);
    if (!Number.isNaN(value)) {
      for (const each of known) each.step(timeMs, value, score >= 0.25);
      for (const { followed } of found) followed.step(timeMs, value, score >= 0.25);
    }
    // Values that stayed away are told by the watch: as a check that failed, was paused, or as nobody having looked.
    if (anomaly === undefined || anomaly.kind === 'silence' || found.length >= mostNoticed) continue;
    const { kind, expected, seen } = anomaly;
    const followed = new Followed({ id: '', kind, expected, seen, atMs: timeMs, calm: 0 });
    found.push({ anomaly, score, followed });
  }
  return {
    id: series.id,
    state: detector.save(),
    samples,
    firstMs,
    untilMs,
    noticed: found.map(({ anomaly, score, followed: { about, calm, overMs, overWhy } }) => ({
      ...anomaly,
      atMs: about.atMs,
      score,
      calm,
      overMs,
      overWhy,
    })),
    changed: known.map(({ about: { id }, calm, overMs, overWhy }) => ({ id, calm, overMs, overWhy })),
  };
}

/** What was saved by another version is of no use: the series is learnt anew. */
function resumed(state: Uint8Array | null): ReturnType<typeof createDetector> {
  try {
    return state === null ? createDetector() : createDetector(state);
  } catch (error) {
    if (error instanceof RangeError) return createDetector();
    throw error;
  }
}
