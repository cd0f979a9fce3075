import { SolutionIndex } from '#analyse/solutions/solution-index.ts';
import type { Database } from '#platform/database.ts';
import { answerStore } from './store-answers.ts';

/** A solution that may be the answer, and the sentence of it that says so. */
export interface KnownAnswer {
  readonly id: string;
  /** From 0 to 1: how much of what was asked stands in it. */
  readonly told: number;
  readonly passage: string;
}

/** Read and taken into the index before others get their turn. */
const readAtOnce = 50;
const mostPassage = 240;

/**
 * All solutions in an index in memory, made when it is first asked. Before each answer it is brought in line with what is
 * stored, entry by entry: what was written down a moment ago, by whichever server, may answer already.
 */
export class KnownAnswers {
  readonly #db: Database<'logbook'>;
  readonly #index = new SolutionIndex();
  readonly #versions = new Map<string, string>();
  readonly #texts = new Map<string, string>();
  #renewing: Promise<void> = Promise.resolve();

  constructor(db: Database<'logbook'>) {
    this.#db = db;
  }

  async find(text: string, now: Date, most: number): Promise<KnownAnswer[]> {
    this.#renewing = this.#renewing.catch(() => undefined).then(() => this.#renew());
    await this.#renewing;
    return this.#index.find({ text, timeMs: now.getTime() }, most).map(({ id, told, passage }) => ({
      id,
      told,
      passage:
        passage === undefined
          ? ''
          : (this.#texts.get(id) ?? '').slice(passage.from, Math.min(passage.to, passage.from + mostPassage)).trim(),
    }));
  }

  async #renew(): Promise<void> {
    const store = answerStore(this.#db);
    const versions = await store.versions();
    for (const id of this.#versions.keys()) if (!versions.has(id)) this.#forget(id);
    const changed = [...versions.keys()].filter((id) => versions.get(id) !== this.#versions.get(id));
    for (let from = 0; from < changed.length; from += readAtOnce) {
      for (const { id, title, text, at } of await store.texts(changed.slice(from, from + readAtOnce))) {
        this.#index.put({ id, title, text, timeMs: at.getTime() });
        this.#texts.set(id, text);
        this.#versions.set(id, versions.get(id) ?? '');
      }
    }
  }

  #forget(id: string): void {
    this.#index.remove(id);
    this.#versions.delete(id);
    this.#texts.delete(id);
  }
}
