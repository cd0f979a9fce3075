/** Counts what each address did within a span of time. Bounded: it forgets the oldest when too many came. */
export class RateBook {
  readonly #most: number;
  readonly #spanMs: number;
  readonly #seen = new Map<string, { since: number; count: number }>();

  constructor(most: number, spanMs: number) {
    this.#most = most;
    this.#spanMs = spanMs;
  }

  /** Counts one more; whether it is still within the bound. `nowMs` is any clock that goes forward. */
  allows(address: string, nowMs: number): boolean {
    const entry = this.#seen.get(address);
    if (entry === undefined || nowMs - entry.since >= this.#spanMs) {
      this.#seen.delete(address);
      if (this.#seen.size >= mostAddresses) this.#forgetOldest();
      this.#seen.set(address, { since: nowMs, count: 1 });
      return true;
    }
    entry.count += 1;
    return entry.count <= this.#most;
  }

  #forgetOldest(): void {
    for (const address of this.#seen.keys()) {
      this.#seen.delete(address);
      return;
    }
  }
}

const mostAddresses = 10_000;
