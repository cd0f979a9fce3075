/**
 * Places for commands that run at the same time on one connection, first come first served.
 * OpenSSH refuses channels above its MaxSessions (10 by default, often less) instead of letting them wait, so we wait.
 */
export class ChannelSlots {
  #limit: number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get taken(): number {
    return this.#taken;
  }

  get idle(): boolean {
    return this.#taken === 0 && this.#waiting.length === 0;
  }

  /** Waits for a place; rejects with the signal's reason when it is aborted first. Give the place back with `release`. */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#taken < this.#limit) {
      this.#taken += 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = (): void => {
      const at = this.#waiting.indexOf(resolve);
      if (at < 0) return;
      this.#waiting.splice(at, 1);
      reject(signal.reason);
    };
    this.#waiting.push(resolve);
    signal.addEventListener('abort', abort, { once: true });
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  release(): void {
    this.#taken -= 1;
    this.#wake();
  }

  /** The server refused one more than it already serves: never ask for as many again on this connection. */
  lower(): void {
    this.#limit = Math.max(1, Math.min(this.#limit, this.#taken - 1));
  }

  #wake(): void {
    while (this.#taken < this.#limit) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#taken += 1;
      next();
    }
  }
}
