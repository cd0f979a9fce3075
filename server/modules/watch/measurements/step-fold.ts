/** What was measured within one step. */
export interface Point {
  /** Start of the step in epoch seconds. */
  readonly time: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** NaN when it is not known: hours of before version 0.2 have none. */
  readonly p95: number;
}

/** Columns of one series, a place for each step; null where nothing was measured: a gap stays a gap. */
export interface FoldedSeries {
  readonly count: readonly number[];
  readonly mean: readonly (number | null)[];
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  readonly p95: readonly (number | null)[];
}

/** The least value that at least 95 of 100 do not exceed (nearest rank). */
function percentile95(values: number[]): number {
  const sorted = Float64Array.from(values).toSorted();
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN;
}

interface Gathered {
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly p95: Float64Array;
  readonly samples: (number[] | undefined)[];
}

/**
 * Folds samples and points of several series into steps of equal length. Percentiles are exact where samples are folded,
 * and where a step holds one point; where it holds several, the largest of theirs is told, which the true one never exceeds.
 */
export class StepFold {
  readonly firstS: number;
  readonly stepS: number;
  readonly steps: number;
  readonly #series: readonly Gathered[];

  /** Steps begin at multiples of their length in epoch seconds. */
  constructor(span: { readonly firstS: number; readonly stepS: number; readonly steps: number }, width: number) {
    this.firstS = span.firstS;
    this.stepS = span.stepS;
    this.steps = span.steps;
    this.#series = Array.from({ length: width }, () => ({
      count: new Float64Array(span.steps),
      sum: new Float64Array(span.steps),
      min: new Float64Array(span.steps).fill(Number.POSITIVE_INFINITY),
      max: new Float64Array(span.steps).fill(Number.NEGATIVE_INFINITY),
      p95: new Float64Array(span.steps).fill(Number.NaN),
      samples: [],
    }));
  }

  stepOf(timeS: number): number {
    return Math.floor((timeS - this.firstS) / this.stepS);
  }

  /** Whether anything of that series was measured in a step. */
  has(place: number, step: number): boolean {
    return (this.#series[place]?.count[step] ?? 0) > 0;
  }

  addSample(place: number, timeS: number, value: number): void {
    const series = this.#series[place];
    const step = this.stepOf(timeS);
    if (series === undefined || step < 0 || step >= this.steps || Number.isNaN(value)) return;
    merge(series, step, { count: 1, mean: value, min: value, max: value });
    (series.samples[step] ??= []).push(value);
  }

  addPoint(place: number, point: Point): void {
    const series = this.#series[place];
    const step = this.stepOf(point.time);
    if (series === undefined || step < 0 || step >= this.steps || point.count === 0) return;
    merge(series, step, point);
    const before = series.p95[step] ?? Number.NaN;
    if (Number.isNaN(before) || point.p95 > before) series.p95[step] = point.p95;
  }

  columns(place: number): FoldedSeries {
    const series = this.#series[place];
    if (series === undefined) throw new Error(`no series ${place} was folded`);
    const column = (value: (step: number) => number): (number | null)[] =>
      Array.from({ length: this.steps }, (_none, step) => {
        if ((series.count[step] ?? 0) === 0) return null;
        const found = value(step);
        return Number.isFinite(found) ? found : null;
      });
    return {
      count: [...series.count],
      mean: column((step) => (series.sum[step] ?? 0) / (series.count[step] ?? 1)),
      min: column((step) => series.min[step] ?? Number.NaN),
      max: column((step) => series.max[step] ?? Number.NaN),
      p95: column((step) => largest(series.p95[step], series.samples[step])),
    };
  }

  /** The steps in which something was measured. */
  points(place: number): Point[] {
    const { count, mean, min, max, p95 } = this.columns(place);
    const points: Point[] = [];
    for (let step = 0; step < this.steps; step += 1) {
      const middle = mean[step];
      if (middle === null || middle === undefined) continue;
      points.push({
        time: this.firstS + step * this.stepS,
        count: count[step] ?? 0,
        mean: middle,
        min: min[step] ?? middle,
        max: max[step] ?? middle,
        p95: p95[step] ?? Number.NaN,
      });
    }
    return points;
  }
}

function merge(series: Gathered, step: number, point: Omit<Point, 'time' | 'p95'>): void {
  series.count[step] = (series.count[step] ?? 0) + point.count;
  series.sum[step] = (series.sum[step] ?? 0) + point.mean * point.count;
  series.min[step] = Math.min(series.min[step] ?? point.min, point.min);
  series.max[step] = Math.max(series.max[step] ?? point.max, point.max);
}

function largest(known: number | undefined, samples: number[] | undefined): number {
  const ofSamples = samples === undefined ? Number.NaN : percentile95(samples);
  if (known === undefined || Number.isNaN(known)) return ofSamples;
  return Number.isNaN(ofSamples) ? known : Math.max(known, ofSamples);
}
