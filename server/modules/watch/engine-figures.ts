import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Delays, Lateness } from '#probe/lateness.ts';
import type { OwnFigures } from '#probe/own-figures.ts';

const nanosecondsPerMs = 1e6;
const minuteMs = 60_000;

/** How late an event loop came around, 99th percentile; counting begins anew with each look. */
export class LoopDelay implements Disposable {
  readonly #histogram = monitorEventLoopDelay({ resolution: 50 });

  constructor() {
    this.#histogram.enable();
  }

  takeP99Ms(): number {
    // The histogram counts the whole span between two looks; what is beyond the wanted pause is the delay.
    const ms = this.#histogram.count === 0 ? 0 : this.#histogram.percentile(99) / nanosecondsPerMs;
    this.#histogram.reset();
    return Math.max(0, Math.round(ms - 50));
  }

  [Symbol.dispose](): void {
    this.#histogram.disable();
  }
}

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
