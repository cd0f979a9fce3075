import type { State } from '#contract/alert.ts';
import type { Log } from '#platform/log.ts';
import type { Settled } from './settled.ts';
import type { StoredCheck } from '../watched-check.ts';
import type { Watched } from '../running/watched.ts';

interface Parts {
  /** Stores the results that a change was concluded from; false when they could not be. */
  readonly flush: () => Promise<boolean>;
  /** Stores changes of different checks at once; gives those that are there as they are now, by id. */
  readonly settle: (settled: readonly Settled[]) => Promise<ReadonlyMap<string, StoredCheck>>;
  /** Stores many first good results at once; returns the ids of those that it did. */
  readonly settleFirst: (settled: readonly Settled[]) => Promise<ReadonlySet<string>>;
  readonly log: Log;
}

interface Change {
  readonly watched: Watched;
  readonly settled: Settled;
}

// The requests of people and the reactions to facts need connections too.
const writesAtOnce = 2;
/** Their rows are held while they are written, a tenth of a second or so: nobody who changes one of them waits long. */
const mostAtOnce = 200;
const firstAtOnce = 2_000;
const shortestPauseMs = 200;
const longestPauseMs = 5_000;

/**
 * Writes changes of state, each check's in their order, and of different checks those together that wait together: when a
 * thousand checks change, a transaction for each would take minutes. Failures go before first good results.
 */
export class StateWriter {
  readonly #parts: Parts;
  /** What is to be written, by check, the oldest first. */
  readonly #changes = new Map<string, Change[]>();
  /** Checks whose oldest change is to be written and is not being written. */
  readonly #ready: string[] = [];
  /** So many are written together now: fewer after a failure, so that a change that cannot be stored holds up itself only. */
  #together = mostAtOnce;
  /** Those of which it is a first good result. */
  #first: string[] = [];
  #writingFirst = false;
  #pauseMs = shortestPauseMs;
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
    if (waiting === undefined) {
      this.#changes.set(checkId, [change]);
      const isFirst = from === 'unknown' && settled.state === 'up' && !settled.flapping;
      (isFirst ? this.#first : this.#ready).push(checkId);
    } else waiting.push(change);
    this.#pump();
  }

  /** Finishes what is being written. What still waits is given up: after the next start it is confirmed anew. */
  async end(): Promise<void> {
    this.#ended = true;
    if (this.#working > 0) await this.#idle.promise;
  }

  #pump(): void {
    while (!this.#ended && this.#working < writesAtOnce) {
      const ids = this.#ready.splice(0, this.#together);
      // One after the other: those that come meanwhile are written together next.
      if (ids.length === 0 && (this.#writingFirst || this.#first.length === 0)) return;
      this.#working += 1;
      void (ids.length === 0 ? this.#writeFirst() : this.#writeOf(ids)).finally(() => {
        this.#working -= 1;
        if (this.#working === 0) {
          this.#idle.resolve();
          this.#idle = Promise.withResolvers();
        }
        this.#pump();
      });
    }
  }

  /** Writes the oldest change of each of some checks. What could not be written goes behind the others. */
  async #writeOf(ids: readonly string[]): Promise<void> {
    const changes = this.#oldestOf(ids);
    const done = await this.#tryOnce(async () => {
      const stored = await this.#parts.settle(changes.map(({ settled }) => settled));
      for (const { watched } of changes) {
        const now = stored.get(watched.stored.id);
        if (now !== undefined) watched.stored = { ...watched.stored, since: now.since, failingSince: now.failingSince };
      }
    });
    this.#together = done ? Math.min(this.#together * 2, mostAtOnce) : Math.max(1, Math.floor(ids.length / 2));
    for (const id of ids) this.#goOn(id, done);
  }

  #oldestOf(ids: readonly string[]): Change[] {
    return ids.flatMap((id) => this.#changes.get(id)?.[0] ?? []);
  }

  /** The oldest change of a check was written, or not: what is left of its changes waits again. */
  #goOn(id: string, written: boolean): void {
    const changes = this.#changes.get(id);
    if (written) changes?.shift();
    if (changes?.length === 0) this.#changes.delete(id);
    else this.#ready.push(id);
  }

  async #writeFirst(): Promise<void> {
    this.#writingFirst = true;
    const ids = this.#first.splice(0, firstAtOnce);
    let stored: ReadonlySet<string> = new Set();
    const done = await this.#tryOnce(async () => {
      stored = await this.#parts.settleFirst(this.#oldestOf(ids).map(({ settled }) => settled));
    });
    // Something of it may not be as simple as it looked: an alert is open, or the state changed meanwhile.
    if (done) for (const id of ids) this.#goOn(id, stored.has(id));
    else this.#first = [...ids, ...this.#first];
    this.#writingFirst = false;
  }

  /**
   * The evidence is stored before what is concluded from it. False when that or the writing failed, after a pause that grows
   * as long as nothing succeeds: a database that is away for a while is waited for.
   */
  async #tryOnce(write: () => Promise<void>): Promise<boolean> {
    try {
      if (!(await this.#parts.flush())) throw new Error('its evidence could not be stored');
      await write();
      this.#pauseMs = shortestPauseMs;
      return true;
    } catch (error) {
      if (this.#ended) return false;
      this.#parts.log.error({ error: String(error) }, 'changes of state could not be stored; trying again');
      const pauseMs = this.#pauseMs;
      this.#pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      return false;
    }
  }
}
