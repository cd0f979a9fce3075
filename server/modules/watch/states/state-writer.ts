import type { State } from '#contract/alert.ts';
import type { Log } from '#platform/log.ts';
import type { Settled } from './settle-state.ts';
import type { StoredCheck } from '../watched-check.ts';
import type { Watched } from '../running/watched.ts';

interface Parts {
  /** Stores the results that a change was concluded from; false when they could not be. */
  readonly flush: () => Promise<boolean>;
  readonly settle: (settled: Settled) => Promise<StoredCheck | null>;
  /** Stores many first good results at once; returns the ids of those that it did. */
  readonly settleFirst: (settled: readonly Settled[]) => Promise<ReadonlySet<string>>;
  readonly log: Log;
}

interface Change {
  readonly watched: Watched;
  readonly settled: Settled;
}

// The requests of people and the reactions to facts need connections too.
const atOnce = 3;
const firstAtOnce = 2_000;
const longestPauseMs = 5_000;

/**
 * Writes changes of state, each check's in their order, a few checks at a time: when a thousand checks change together
 * the rest of Vigie must not wait for them. Failures go before first good results, which are written many at once.
 */
export class StateWriter {
  readonly #parts: Parts;
  readonly #changes = new Map<string, Change[]>();
  readonly #ready: string[] = [];
  #first: Change[] = [];
  #writingFirst = false;
  #working = 0;
  #ended = false;
  #idle = Promise.withResolvers<void>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes a change that is to be written. */
  put(watched: Watched, settled: Settled, from: State): void {
    const change = { watched, settled };
    const { checkId } = settled;
    const waiting = this.#changes.get(checkId);
    if (waiting !== undefined) waiting.push(change);
    else if (from === 'unknown' && settled.state === 'up' && !settled.flapping) this.#first.push(change);
    else this.#queue(change);
    this.#pump();
  }

  /** Finishes what is being written. What still waits is given up: after the next start it is confirmed anew. */
  async end(): Promise<void> {
    this.#ended = true;
    if (this.#working > 0) await this.#idle.promise;
  }

  #queue(change: Change): void {
    const { checkId } = change.settled;
    const waiting = this.#changes.get(checkId);
    if (waiting !== undefined) {
      waiting.push(change);
      return;
    }
    this.#changes.set(checkId, [change]);
    this.#ready.push(checkId);
  }

  #pump(): void {
    while (!this.#ended && this.#working < atOnce) {
      const id = this.#ready.shift();
      // One after the other: those that come meanwhile are written together next.
      if (id === undefined && (this.#writingFirst || this.#first.length === 0)) return;
      this.#working += 1;
      void (id === undefined ? this.#writeFirst() : this.#writeOf(id)).finally(() => {
        this.#working -= 1;
        if (this.#working === 0) {
          this.#idle.resolve();
          this.#idle = Promise.withResolvers();
        }
        this.#pump();
      });
    }
  }

  async #writeOf(id: string): Promise<void> {
    for (let change = this.#changes.get(id)?.[0]; change !== undefined; change = this.#changes.get(id)?.[0]) {
      const { watched, settled } = change;
      await this.#untilStored(async () => {
        const stored = await this.#parts.settle(settled);
        if (stored === null) return;
        watched.stored = { ...watched.stored, since: stored.since, failingSince: stored.failingSince };
      });
      if (this.#ended) return;
      this.#changes.get(id)?.shift();
    }
    this.#changes.delete(id);
  }

  async #writeFirst(): Promise<void> {
    this.#writingFirst = true;
    const some = this.#first.splice(0, firstAtOnce);
    await this.#untilStored(async () => {
      const done = await this.#parts.settleFirst(some.map(({ settled }) => settled));
      // Something of it is not as simple as it looked: an alert is open, or the state changed meanwhile.
      for (const change of some) if (!done.has(change.settled.checkId)) this.#queue(change);
    });
    this.#writingFirst = false;
  }

  /** The evidence is stored before what is concluded from it; a database that is away for a while is waited for. */
  async #untilStored(write: () => Promise<void>): Promise<void> {
    for (let pauseMs = 200; !this.#ended; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        if (!(await this.#parts.flush())) throw new Error('its evidence could not be stored');
        await write();
        return;
      } catch (error) {
        if (this.#ended) return;
        this.#parts.log.error({ error: String(error) }, 'a change of state could not be stored; trying again');
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  }
}
