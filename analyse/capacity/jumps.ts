import type { EvenSeries } from './even-series.ts';
import type { LevelStep } from './level-steps.ts';
import type { Draws } from './random.ts';
import { median } from './spread.ts';

/** Jumps that came before and will come again, though not to a calendar: purges, clean-ups, imports. */
export interface Jumps {
  readonly isFall: boolean;
  /** How large each was, oldest first; above 0. */
  readonly sizes: readonly number[];
  /** Days from each to the next, and from the last one to now. */
  readonly gaps: readonly number[];
  readonly sinceLast: number;
  /** The level just before each. */
  readonly peaks: readonly number[];
}

/** A fall that came twice will come again; rises have to come more often, for a single import proves nothing. */
const leastFalls = 2;
const leastRises = 3;
/** More jumps than this are a rhythm, which a season tells better. */
const mostJumps = 40;
/** Falls of one kind are at least this share of their median. */
const leastShare = 0.35;
/** What stayed away for so many of its longest gaps is over. */
const mostGaps = 2;
/** Rises come again when they came over this share of the past: a few in a row are a course. */
const leastSpan = 0.5;
/** Values on each side that tell how large a jump was. */
const side = 4;
/** Doubt about the distance and the size of jumps beside what was seen: one deviation, as a share. */
const doubt = 0.15;
/** Falls that all begin at one level, to this share of their size, are made by that level. */
const oneLevel = 0.2;

/**
 * Falls, or rises, that come again and again among steps that are no passing bumps; null when there are none.
 * @param without the values without their season.
 */
export function findJumps(
  series: EvenSeries,
  without: Float64Array,
  steps: readonly LevelStep[],
  isFall: boolean,
): Jumps | null {
  const slope = median(without.slice(1).map((value, at) => value - (without[at] ?? Number.NaN)));
  const measured = steps
    .map(({ at }) => {
      const { before, after, steps: apart } = around(without, at);
      const size = (isFall ? -1 : 1) * (after - before - slope * apart);
      return { at, size, peak: before + (slope * apart) / 2 };
    })
    .filter(({ size }) => size > 0);
  const usual = median(measured.map(({ size }) => size));
  const alike = isFall ? measured.filter(({ size }) => size >= leastShare * usual) : measured;
  if (alike.length < (isFall ? leastFalls : leastRises) || alike.length > mostJumps) return null;
  const days = alike.map(({ at }) => series.days[at] ?? 0);
  const gaps = days.slice(1).map((day, at) => day - (days[at] ?? 0));
  const sinceLast = -(days.at(-1) ?? 0);
  const span = -(series.days[0] ?? 0);
  const isOver = sinceLast > mostGaps * Math.max(...gaps);
  if (isOver || (!isFall && (days.at(-1) ?? 0) - (days[0] ?? 0) < leastSpan * span)) return null;
  return {
    isFall,
    sizes: alike.map(({ size }) => size),
    gaps,
    sinceLast,
    peaks: alike.map(({ peak }) => peak),
  };
}

/** When the jumps were, in days before now. */
export function daysOf({ gaps, sinceLast }: Jumps): readonly number[] {
  const days = [-sinceLast];
  for (const gap of gaps.toReversed()) days.unshift((days[0] ?? 0) - gap);
  return days;
}

/** The values as they would be had the jumps before now happened before all of them. */
export function withoutJumps(series: EvenSeries, jumps: Jumps): EvenSeries {
  const days = daysOf(jumps);
  const sizes = jumps.sizes.map((size) => (jumps.isFall ? -size : size));
  const values = series.values.map((value, at) => {
    let moved = value;
    for (const [each, day] of days.entries()) if ((series.days[at] ?? 0) < day - 1e-9) moved += sizes[each] ?? 0;
    return moved;
  });
  return { ...series, values };
}

/** Medians of the nearest values before and after, and how far they lie apart: values on the way may be missing. */
function around(values: Float64Array, at: number): { before: number; after: number; steps: number } {
  const before = nearest(values, at - 1, -1);
  const after = nearest(values, at, 1);
  return {
    before: median(before.map((each) => values[each] ?? Number.NaN)),
    after: median(after.map((each) => values[each] ?? Number.NaN)),
    steps: median(after) - median(before),
  };
}

function nearest(values: Float64Array, from: number, direction: 1 | -1): number[] {
  const found: number[] = [];
  for (let at = from; at >= 0 && at < values.length && found.length < side; at += direction)
    if (!Number.isNaN(values[at] ?? Number.NaN)) found.push(at);
  return found;
}

/** One drawn future of the jumps: asked day by day, it tells how far the level has jumped. */
export class JumpsToCome {
  private readonly jumps: Jumps;
  private readonly draws: Draws;
  private readonly meanGap: number;
  private readonly gapDeviation: number;
  private readonly sizeDeviation: number;
  private readonly meanSize: number;
  private readonly isByLevel: boolean;
  private readonly isByGap: boolean;
  private next = 0;
  private last: number;
  private peak = 0;
  private moved = 0;

  constructor(jumps: Jumps, draws: Draws) {
    const { sizes, gaps, peaks, sinceLast, isFall } = jumps;
    this.jumps = jumps;
    this.draws = draws;
    this.last = -sinceLast;
    const rates = gaps.map((gap, at) => (sizes[at + 1] ?? 0) / Math.max(gap, 1e-9));
    const known = Math.sqrt(gaps.length + 1);
    this.meanGap = mean(gaps) * Math.exp((spreadOf(gaps) / known) * draws.normal());
    this.meanSize = mean(sizes) * Math.exp((spreadOf(sizes) / known) * draws.normal());
    this.gapDeviation = Math.hypot(doubt, spreadOf(gaps));
    this.isByLevel = isFall && deviation(peaks) < oneLevel * mean(sizes);
    this.isByGap = isFall && gaps.length > 1 && spreadOf(rates) < spreadOf(sizes);
    this.sizeDeviation = Math.hypot(doubt / 2, spreadOf(this.isByGap ? rates : sizes));
    this.drawNext(0);
  }

  /** How far jumps have moved the level until `day` (from now), where it would be at `level` but for this day's. */
  until(day: number, level: number): number {
    if (this.isByLevel ? level >= this.peak : day >= this.next) {
      const gap = day - this.last;
      const share = this.isByGap && !this.isByLevel ? gap / this.meanGap : 1;
      const size = this.meanSize * share * Math.max(0.1, 1 + this.sizeDeviation * this.draws.normal());
      this.moved += this.jumps.isFall ? -size : size;
      this.last = day;
      this.drawNext(day);
    }
    return this.moved;
  }

  private drawNext(now: number): void {
    const { peaks } = this.jumps;
    const drawn = this.meanGap * Math.exp(this.gapDeviation * this.draws.normal() - this.gapDeviation ** 2 / 2);
    this.next = Math.max(now + 0.05 * this.meanGap * this.draws.even(), this.last + drawn);
    this.peak = mean(peaks) + Math.max(deviation(peaks), 0.02 * this.meanSize) * this.draws.normal();
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((each) => (each - middle) ** 2)));
}

/** Deviation as a share of the mean; a guess for one value alone. */
function spreadOf(values: readonly number[]): number {
  if (values.length < 2) return doubt;
  return Math.min(1, deviation(values) / Math.max(1e-12, mean(values)));
}
