import type { CheckMemory } from './check-kind.ts';

const mostEntries = 2_000;

/** What a check remembers from run to run. Bounded: beyond the limit the oldest is forgotten. */
export class RunMemory implements CheckMemory {
  readonly #held: Map<string, string | number>;
  /** Whether anything was changed since somebody last looked. */
  changed = false;

  constructor(held: Readonly<Record<string, string | number>> = {}) {
    this.#held = new Map(Object.entries(held));
  }

  get(key: string): string | number | undefined {
    return this.#held.get(key);
  }

  set(key: string, value: string | number | undefined): void {
    if (this.#held.get(key) === value) return;
    this.changed = true;
    if (value === undefined) {
      this.#held.delete(key);
      return;
    }
    this.#held.set(key, value);
    const [oldest] = this.#held.keys();
    if (this.#held.size > mostEntries && oldest !== undefined) this.#held.delete(oldest);
  }

  /** Everything remembered, to be stored. */
  toJSON(): Record<string, string | number> {
    return Object.fromEntries(this.#held);
  }
}
