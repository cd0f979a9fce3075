/** How far behind its own plan a schedule is. */
export interface Lateness {
  /** Runs counted since the last look. */
  readonly runs: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  /** Runs left out because the one before had not ended. */
  readonly skipped: number;
  /** Due and waiting for a free place, now. */
  readonly waiting: number;
  readonly running: number;
}

// Upper bounds of the counted classes; within a class the bound is reported, so that a figure never flatters.
const boundsMs = [5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000] as const;

/** Counts delays in classes: no memory per run, no sorting. */
export class DelayCounter {
  #counts: number[] = Array.from({ length: boundsMs.length + 1 }, () => 0);
  #runs = 0;
  #worstMs = 0;

  add(delayMs: number): void {
    const found = boundsMs.findIndex((bound) => delayMs <= bound);
    const place = found < 0 ? boundsMs.length : found;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    this.#runs += 1;
    if (delayMs > this.#worstMs) this.#worstMs = delayMs;
  }

  /** The figures so far; counting begins anew. */
  take(): Pick<Lateness, 'runs' | 'medianMs' | 'p95Ms' | 'p99Ms' | 'worstMs'> {
    const figures = {
      runs: this.#runs,
      medianMs: this.#quantile(0.5),
      p95Ms: this.#quantile(0.95),
      p99Ms: this.#quantile(0.99),
      worstMs: this.#worstMs,
    };
    this.#counts.fill(0);
    this.#runs = 0;
    this.#worstMs = 0;
    return figures;
  }

  #quantile(share: number): number {
    let left = this.#runs * share;
    for (const [place, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0 && this.#runs > 0) return Math.min(boundsMs[place] ?? this.#worstMs, this.#worstMs);
    }
    return 0;
  }
}
