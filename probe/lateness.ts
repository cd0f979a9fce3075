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

/** The figures of some delays. */
export type Delays = Pick<Lateness, 'runs' | 'medianMs' | 'p95Ms' | 'p99Ms' | 'worstMs'>;

// Upper bounds of the counted classes; within a class the bound is reported, so that a figure never flatters.
const boundsMs = [5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000] as const;

/** Counts delays in classes: no memory per run, no sorting. */
export class DelayCounter {
  readonly #counts = new Uint32Array(boundsMs.length + 1);
  #runs = 0;
  #worstMs = 0;

  add(delayMs: number): void {
    let place = 0;
    while (place < boundsMs.length && delayMs > (boundsMs[place] ?? 0)) place += 1;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    this.#runs += 1;
    if (delayMs > this.#worstMs) this.#worstMs = delayMs;
  }

  /** Takes over what another has counted. */
  addAll(other: DelayCounter): void {
    for (const [place, count] of other.#counts.entries()) this.#counts[place] = (this.#counts[place] ?? 0) + count;
    this.#runs += other.#runs;
    this.#worstMs = Math.max(this.#worstMs, other.#worstMs);
  }

  /** The figures so far. */
  figures(): Delays {
    return {
      runs: this.#runs,
      medianMs: this.#quantile(0.5),
      p95Ms: this.#quantile(0.95),
      p99Ms: this.#quantile(0.99),
      worstMs: this.#worstMs,
    };
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

/** The delays of the last so many looks, so that a figure is of the last minute and not of the last moment. */
export class RecentDelays {
  readonly #looks: DelayCounter[] = [];
  readonly #kept: number;
  #now = new DelayCounter();

  constructor(kept: number) {
    this.#kept = kept;
  }

  add(delayMs: number): void {
    this.#now.add(delayMs);
  }

  /** Ends one look; gives its own figures and those of all that are kept. */
  look(): { readonly now: Delays; readonly recent: Delays } {
    const now = this.#now;
    this.#now = new DelayCounter();
    this.#looks.push(now);
    if (this.#looks.length > this.#kept) this.#looks.shift();
    const all = new DelayCounter();
    for (const look of this.#looks) all.addAll(look);
    return { now: now.figures(), recent: all.figures() };
  }
}
