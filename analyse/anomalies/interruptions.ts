/** Values needed before a silence or a standstill can be told. */
const firstValues = 100;
/** A silence is this many usual intervals at least. */
const leastIntervals = 10;
/** A standstill is this many values at least. */
const leastRun = 30;
/** Both must be this many times the longest so far. */
const timesLongest = 3;

/** What was interrupted, and how far beyond the bound that makes it odd (1 is at the bound). */
export interface Interruption {
  readonly kind: 'silence' | 'stuck';
  readonly beyond: number;
  readonly expected: number;
  readonly seen: number;
  readonly sinceMs: number;
}

/** Notices that values stayed away, and that a series that moves has stopped to move. */
export class Interruptions {
  private count = 0;
  private lastMs = 0;
  private intervalMs = 0;
  private longestGap = 0;
  private last = 0;
  private run = 0;
  private runFromMs = 0;
  private longestRun = 1;
  private equals = 0;

  /** The interruption that this value ends or makes; undefined when there is none. */
  look(timeMs: number, value: number): Interruption | undefined {
    const isFirst = this.count === 0;
    this.count += 1;
    const found = isFirst ? undefined : (this.silence(timeMs) ?? this.standstill(timeMs, value));
    if (isFirst) this.runFromMs = timeMs;
    this.lastMs = timeMs;
    this.last = value;
    return found;
  }

  /** How long values have stayed away at `nowMs`, in usual intervals. */
  intervalsSince(nowMs: number): number {
    return this.intervalMs > 0 ? (nowMs - this.lastMs) / this.intervalMs : 0;
  }

  private silence(timeMs: number): Interruption | undefined {
    const gapMs = timeMs - this.lastMs;
    if (gapMs <= 0) return undefined;
    const usualMs = this.intervalMs;
    const bound = Math.max(leastIntervals, timesLongest * this.longestGap);
    const gap = usualMs === 0 ? 1 : gapMs / usualMs;
    this.intervalMs = usualMs === 0 ? gapMs : usualMs + 0.05 * (Math.min(gapMs, 2 * usualMs) - usualMs);
    this.longestGap = Math.max(this.longestGap, gap);
    if (this.count < firstValues || gap < bound) return undefined;
    return { kind: 'silence', beyond: gap / bound, expected: usualMs, seen: gapMs, sinceMs: this.lastMs };
  }

  private standstill(timeMs: number, value: number): Interruption | undefined {
    if (value !== this.last) {
      this.longestRun = Math.max(this.longestRun, this.run);
      this.run = 1;
      this.runFromMs = timeMs;
      return undefined;
    }
    this.run += 1;
    this.equals += 1;
    const bound = Math.max(leastRun, timesLongest * this.longestRun);
    const isMoving = this.equals - this.run < 0.2 * this.count;
    if (this.count < firstValues + this.run || !isMoving || this.run < bound) return undefined;
    return { kind: 'stuck', beyond: this.run / bound, expected: value, seen: value, sinceMs: this.runFromMs };
  }
}
