import type { Watched } from './watched.ts';

/** A failure that waits for what it may come from. */
export interface Held {
  readonly watched: Watched;
  readonly first: Date;
  readonly deadlineMs: number;
  /** Checks whose results it waits for. */
  readonly guardIds: readonly string[];
}

/** Failures that are not decided yet: by the checks that they wait for, and until when. */
export class HeldFailures {
  readonly #held = new Map<string, Held>();
  /** Who waits for a result of a check. */
  readonly #waitingFor = new Map<string, Set<string>>();

  get size(): number {
    return this.#held.size;
  }

  get(id: string): Held | undefined {
    return this.#held.get(id);
  }

  hold(held: Held): void {
    const { id } = held.watched.stored;
    this.release(id);
    this.#held.set(id, held);
    for (const guardId of held.guardIds) {
      const waiting = this.#waitingFor.get(guardId);
      if (waiting === undefined) this.#waitingFor.set(guardId, new Set([id]));
      else waiting.add(id);
    }
  }

  release(id: string): void {
    for (const guardId of this.#held.get(id)?.guardIds ?? []) {
      const waiting = this.#waitingFor.get(guardId);
      waiting?.delete(id);
      if (waiting?.size === 0) this.#waitingFor.delete(guardId);
    }
    this.#held.delete(id);
  }

  /** Those whose time is over. */
  overdue(nowMs: number): Held[] {
    return this.#held.size === 0 ? [] : [...this.#held.values()].filter(({ deadlineMs }) => nowMs >= deadlineMs);
  }

  /** Those that wait for a result of this check, as they are now: whoever goes on waiting is held anew. */
  waitingFor(guardId: string): Held[] {
    return Array.from(this.#waitingFor.get(guardId) ?? []).flatMap((id) => this.#held.get(id) ?? []);
  }
}
