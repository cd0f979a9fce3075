import { monitorEventLoopDelay } from 'node:perf_hooks';

const nanosecondsPerMs = 1e6;
const resolutionMs = 50;

/** How late an event loop came around, 99th percentile; counting begins anew with each look. */
export class LoopDelay implements Disposable {
  readonly #histogram = monitorEventLoopDelay({ resolution: resolutionMs });

  constructor() {
    this.#histogram.enable();
  }

  takeP99Ms(): number {
    // The whole span between two looks is counted; what is beyond the wanted pause is the delay.
    const ms = this.#histogram.count === 0 ? 0 : this.#histogram.percentile(99) / nanosecondsPerMs;
    this.#histogram.reset();
    return Math.max(0, Math.round(ms - resolutionMs));
  }

  [Symbol.dispose](): void {
    this.#histogram.disable();
  }
}
