import { monotonicMs } from './monotonic-clock.ts';

/** A wait shorter than this is ordinary: nothing is asked. */
const patienceMs = 500;
/** While somebody waits, the server is asked again this long after its last answer. */
const againMs = 1_000;
/** A server that has not answered for this long says nothing: any that lives answers within a round trip. */
const silentAfterMs = 1_000;

/**
 * Whether the server at the other end of a kept connection still answers while commands wait for a place on it. Places
 * that are taken tell nothing: what runs there may take long by itself, or the server may be frozen.
 */
export class LifeSign {
  /** Resolves when the server has answered anything at all. */
  readonly #ask: () => Promise<void>;
  #askedMs: number | undefined;
  #waiting = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(ask: () => Promise<void>) {
    this.#ask = ask;
  }

  /** Whether a question has been without an answer for too long. One stays open after whoever waited has gone. */
  get silent(): boolean {
    return this.#askedMs !== undefined && monotonicMs() - this.#askedMs >= silentAfterMs;
  }

  /** Asks now and then for as long as `wait` lasts. */
  async during(wait: Promise<void>): Promise<void> {
    this.#waiting += 1;
    this.#later(patienceMs);
    try {
      await wait;
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) {
        clearTimeout(this.#timer);
        this.#timer = undefined;
      }
    }
  }

  #later(ms: number): void {
    if (this.#timer !== undefined || this.#askedMs !== undefined) return;
    this.#timer = setTimeout(() => void this.#question(), ms);
    this.#timer.unref();
  }

  async #question(): Promise<void> {
    this.#timer = undefined;
    this.#askedMs = monotonicMs();
    await this.#ask();
    this.#askedMs = undefined;
    if (this.#waiting > 0) this.#later(againMs);
  }
}
