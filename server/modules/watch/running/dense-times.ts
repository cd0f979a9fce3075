/** Below so many checks the processor's time counts for more than memory. */
const manyChecks = 3_000;
const wantedBytes = 300e6;
/** Heaps are collected at least twice within it where ten thousand checks are watched. */
const longestMs = 40_000;
/** What could not be moved together by then lives: to go on would cost a third of a check's price for nothing. */
const restMs = 120_000;

interface Look {
  readonly nowMs: number;
  readonly checks: number;
  /** All that the process holds. */
  readonly memoryBytes: number;
}

/**
 * When heaps are to be moved together: while they hold more than they should, for a short time, and then not again for a
 * while. What was a high tide is gone after two collections, and between them collecting costs no more than usual.
 */
export class DenseTimes {
  #sinceMs: number | null = null;
  #restsUntilMs = 0;

  /** Whether they are to be moved together from now until the next look. */
  look({ nowMs, checks, memoryBytes }: Look): boolean {
    const isWanted = checks >= manyChecks && memoryBytes > wantedBytes;
    if (this.#sinceMs === null && isWanted && nowMs >= this.#restsUntilMs) this.#sinceMs = nowMs;
    else if (this.#sinceMs !== null && (!isWanted || nowMs - this.#sinceMs >= longestMs)) {
      this.#sinceMs = null;
      this.#restsUntilMs = nowMs + restMs;
    }
    return this.#sinceMs !== null;
  }
}
