import { setImmediate as breathe } from 'node:timers/promises';
import type { Log } from '#platform/log.ts';
import { steadyClock } from '#probe/probe-clock.ts';
import { LogBook } from './log-book.ts';
import type { LogStore } from './store-log.ts';

interface Parts {
  readonly store: LogStore;
  readonly log: Log;
}

interface Batch {
  readonly checkNumber: number;
  readonly lines: readonly string[];
  readonly at: Date;
}

/** Lines that are sorted before others get their turn: a millisecond or two, of a log that never says the same a dozen. */
const linesAtOnce = 50;
/** So long is one batch sorted at most; usual logs need a tenth of it for all that can be read at once. */
const longestMs = 1_000;
/** Batches that may wait: a check brings one each half minute, so that more means the database does not answer. */
const mostWaiting = 200;
/** Logs that are kept in memory; the one that said something longest ago goes first, and is read again. */
const mostBooks = 60;
/** What was counted is stored after so long. */
const storeAfterMs = 15_000;
const sweepEveryMs = 3_600_000;

/** All logs that are read, each sorted into its kinds of line, one batch after the other. */
export class LogBooks {
  readonly #parts: Parts;
  readonly #books = new Map<number, LogBook>();
  readonly #waiting: Batch[] = [];
  /** Checks with something to store, and until when it was read. */
  readonly #unstored = new Map<number, Date>();
  #working: Promise<void> = Promise.resolve();
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sweptMs = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes what a check read; it is sorted a moment later. */
  take(checkNumber: number, lines: readonly string[], at: Date): void {
    if (this.#waiting.length >= mostWaiting) return;
    this.#waiting.push({ checkNumber, lines, at });
    if (!this.#busy) this.#working = this.#work();
  }

  /** Sorts and stores what came until now. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#working;
    await this.#store();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let batch = this.#waiting.shift(); batch !== undefined; batch = this.#waiting.shift()) {
      try {
        await this.#sort(batch);
      } catch (error) {
        this.#parts.log.warn({ error, checkNumber: batch.checkNumber }, 'the lines of a log were not sorted');
      }
    }
    this.#busy = false;
    if (this.#unstored.size > 0 && this.#timer === undefined) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#working = this.#working.then(() => this.#store());
      }, storeAfterMs);
      this.#timer.unref();
    }
  }

  async #sort({ checkNumber, lines, at }: Batch): Promise<void> {
    const book = await this.#book(checkNumber);
    const begunMs = steadyClock.nowMs();
    for (const [index, line] of lines.entries()) {
      if (index % linesAtOnce === linesAtOnce - 1) await breathe();
      if (steadyClock.nowMs() - begunMs > longestMs) break;
      book.take(line, at.getTime());
    }
    this.#unstored.set(checkNumber, at);
  }

  async #book(checkNumber: number): Promise<LogBook> {
    const known = this.#books.get(checkNumber);
    const book = known ?? new LogBook(await this.#parts.store.memory(checkNumber));
    // The last to speak stands last.
    this.#books.delete(checkNumber);
    this.#books.set(checkNumber, book);
    const [oldest] = this.#books.keys();
    if (this.#books.size > mostBooks && oldest !== undefined) {
      await this.#storeOne(oldest);
      this.#books.delete(oldest);
    }
    return book;
  }

  async #store(): Promise<void> {
    try {
      for (const checkNumber of this.#unstored.keys()) await this.#storeOne(checkNumber);
    } catch (error) {
      this.#parts.log.warn({ error }, 'what logs said was not stored');
    }
  }

  async #storeOne(checkNumber: number): Promise<void> {
    const book = this.#books.get(checkNumber);
    const at = this.#unstored.get(checkNumber);
    this.#unstored.delete(checkNumber);
    if (book === undefined || at === undefined) return;
    await this.#parts.store.add(checkNumber, book.counted(), book.memory());
    if (Math.abs(at.getTime() - this.#sweptMs) < sweepEveryMs) return;
    this.#sweptMs = at.getTime();
    await this.#parts.store.sweep(at);
  }
}
