/** Why a deadline's signal was aborted. */
export type GivenUp = 'timeout' | 'aborted';

/** One signal for "the caller gave up" and "the time is over", which can say which of the two it was. Dispose it, or its timer lives on. */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #caller: AbortSignal | undefined;
  readonly #abort = (): void => this.#giveUp('aborted');
  #givenUp: GivenUp | undefined;

  constructor(timeoutMs: number, caller?: AbortSignal) {
    this.#caller = caller;
    this.#timer = setTimeout(() => this.#giveUp('timeout'), timeoutMs);
    if (caller?.aborted === true) this.#giveUp('aborted');
    caller?.addEventListener('abort', this.#abort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get givenUp(): GivenUp | undefined {
    return this.#givenUp;
  }

  /** What `work` gives, unless the deadline comes first; then it rejects with the signal's reason and `work` goes on alone. */
  async race<T>(work: Promise<T>): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const abort = (): void => reject(this.signal.reason);
    if (this.signal.aborted) abort();
    this.signal.addEventListener('abort', abort, { once: true });
    work.catch(() => undefined);
    promise.catch(() => undefined);
    try {
      return await Promise.race([work, promise]);
    } finally {
      this.signal.removeEventListener('abort', abort);
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#abort);
  }

  #giveUp(why: GivenUp): void {
    this.#givenUp ??= why;
    this.#controller.abort();
  }
}
