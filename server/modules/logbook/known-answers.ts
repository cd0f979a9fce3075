import { setImmediate as breathe } from 'node:timers/promises';
import { SolutionIndex } from '#analyse/solutions/solution-index.ts';
import type { Database } from '#platform/database.ts';
import { answerStore, type WrittenAnswer } from './store-answers.ts';

/** A solution that may be the answer, and the sentence of it that says so. */
export interface KnownAnswer {
  readonly id: string;
  /** From 0 to 1: how much of what was asked stands in it. */
  readonly told: number;
  readonly passage: string;
}

const mostPassage = 240;
/** Taken into the index before others get their turn. */
const takenAtOnce = 10;
/** More than these are not kept in memory. */
const mostKept = 50_000;

/**
 * All solutions in an index in memory, made when it is first asked. Before each answer it is brought in line with what is
 * stored, entry by entry: what was written down a moment ago, by whichever server, may answer already.
 */
export class KnownAnswers {
  readonly #db: Database<'logbook'>;
  readonly #index = new SolutionIndex();
  readonly #texts = new Map<string, { readonly text: string; readonly by: string }>();
  /** What is in line: all that was written before this transaction. */
  #since: string | null = null;
  /** What was looked at: the same as long as nobody has written anything since. */
  #seen: string | null = null;
  #renewing: Promise<void> = Promise.resolve();

  constructor(db: Database<'logbook'>) {
    this.#db = db;
  }

  async find(text: string, now: Date, most: number): Promise<KnownAnswer[]> {
    await this.renew();
    return this.#index.find({ text, timeMs: now.getTime() }, most).map(({ id, told, passage }) => ({
      id,
      told,
      passage:
        passage === undefined
          ? ''
          : (this.#texts.get(id)?.text ?? '')
              .slice(passage.from, Math.min(passage.to, passage.from + mostPassage))
              .trim(),
    }));
  }

  /** Brings the index in line with what is stored; the first time that is all there is. */
  renew(signal?: AbortSignal): Promise<void> {
    this.#renewing = this.#renewing.catch(() => undefined).then(() => this.#renew(signal));
    return this.#renewing;
  }

  async #renew(signal: AbortSignal | undefined): Promise<void> {
    const store = answerStore(this.#db);
    const { horizon, snapshot } = await store.horizon();
    // The horizon alone tells nothing: it stands still while somebody's long transaction goes on.
    if (snapshot === this.#seen) return;
    let after: string | null = null;
    do {
      const some: readonly WrittenAnswer[] = await store.written(this.#since, after);
      for (const [at, each] of some.entries()) {
        this.#take(each);
        // An entry costs up to a millisecond: others get their turn between.
        if (at % takenAtOnce === takenAtOnce - 1) await breathe();
      }
      after = some.at(-1)?.id ?? null;
      if (signal?.aborted === true) return;
    } while (after !== null);
    this.#since = horizon;
    this.#seen = snapshot;
  }

  #take({ id, by, answer }: WrittenAnswer): void {
    if (answer === null) {
      this.#index.remove(id);
      this.#texts.delete(id);
      return;
    }
    const known = this.#texts.get(id);
    // Read again only because an old transaction still runs.
    if (known === undefined ? this.#texts.size >= mostKept : known.by !== '' && known.by === by) return;
    this.#index.put({ id, title: answer.title, text: answer.text, timeMs: answer.at.getTime() });
    this.#texts.set(id, { text: answer.text, by });
  }
}
