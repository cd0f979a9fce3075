import type { Delays, Lateness } from '#probe/lateness.ts';
import type { OwnFigures } from '#probe/own-figures.ts';

const minuteMs = 60_000;

/** Counts within the last minute, by looks of a few seconds. */
export class MinuteCount {
  #looks: { readonly atMs: number; readonly count: number }[] = [];
  #now = 0;

  add(count = 1): void {
    this.#now += count;
  }

  look(nowMs: number): number {
    this.#looks.push({ atMs: nowMs, count: this.#now });
    this.#now = 0;
    this.#looks = this.#looks.filter(({ atMs }) => atMs > nowMs - minuteMs);
    return this.#looks.reduce((sum, { count }) => sum + count, 0);
  }
}

/** Lateness as figures tell it. */
export function lateFigures(
  lateness: Delays & Pick<Lateness, 'waiting' | 'running'>,
): Pick<OwnFigures, 'lateMedianMs' | 'lateP95Ms' | 'lateP99Ms' | 'waiting' | 'running'> {
  const { medianMs, p95Ms, p99Ms, waiting, running } = lateness;
  return {
    lateMedianMs: Math.round(medianMs),
    lateP95Ms: Math.round(p95Ms),
    lateP99Ms: Math.round(p99Ms),
    waiting,
    running,
  };
}
