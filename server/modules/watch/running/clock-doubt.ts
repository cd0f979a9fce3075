interface Clocks {
  readonly wallMs: number;
  /** Goes on evenly, whoever sets the clock. */
  readonly steadyMs: number;
}

/** The two clocks of a machine that sleeps or is corrected differ by less. */
const muchMs = 3_600_000;
/** So long somebody has to see that the clock is wrong, and to set it right. */
const doubtMs = 6 * 3_600_000;

/**
 * Whether a clock is to be believed for what cannot be undone. A clock that jumped, or that says that nobody watched for
 * days, may be wrong: measurements that it makes a year old overnight are not dropped for some hours.
 */
export class ClockDoubt {
  #last: Clocks | null = null;
  #untilSteadyMs = Number.NEGATIVE_INFINITY;

  /** @param pausedMs for how long nobody watched, by this clock, until a moment ago */
  isIn({ wallMs, steadyMs }: Clocks, pausedMs: number): boolean {
    const drift = this.#last === null ? 0 : wallMs - this.#last.wallMs - (steadyMs - this.#last.steadyMs);
    const isFirst = this.#last === null;
    this.#last = { wallMs, steadyMs };
    if (Math.abs(drift) > muchMs || (isFirst && pausedMs > 2 * 86_400_000)) this.#untilSteadyMs = steadyMs + doubtMs;
    return steadyMs < this.#untilSteadyMs;
  }
}
