const nowhere = -1;

/**
 * Keeps what is due when, in slots of a few milliseconds: one timer for thousands of checks, and those of one slot
 * start together (each wake-up of the process costs more than a check). Pure: it neither reads the time nor waits.
 */
export class TimerWheel {
  readonly slotMs: number;
  /** Also holds those that were moved elsewhere since: where each one is says `#slotOf` alone. */
  readonly #slots = new Map<number, Set<string>>();
  /** Entries stay when they are taken: thousands that come and go each second would have the map made anew again and again. */
  readonly #slotOf = new Map<string, number>();
  #doneUntil: number;

  constructor(slotMs: number, nowMs: number) {
    this.slotMs = slotMs;
    this.#doneUntil = Math.floor(nowMs / slotMs) - 1;
  }

  /** Makes `id` due at a moment, instead of any it had. A moment gone by means the next slot. */
  set(id: string, dueMs: number): void {
    const slot = Math.max(Math.floor(dueMs / this.slotMs), this.#doneUntil + 1);
    const ids = this.#slots.get(slot);
    if (ids === undefined) this.#slots.set(slot, new Set([id]));
    else ids.add(id);
    this.#slotOf.set(id, slot);
  }

  delete(id: string): void {
    this.#slotOf.delete(id);
  }

  /** When `id` is due, or undefined. */
  dueAt(id: string): number | undefined {
    const slot = this.#slotOf.get(id);
    return slot === undefined || slot === nowhere ? undefined : slot * this.slotMs;
  }

  /** Takes out everything due by now, earliest first. */
  take(nowMs: number): { readonly id: string; readonly dueMs: number }[] {
    const until = Math.floor(nowMs / this.slotMs);
    const taken: { id: string; dueMs: number }[] = [];
    for (const slot of this.#slotsUntil(until)) {
      for (const id of this.#slots.get(slot) ?? []) {
        if (this.#slotOf.get(id) !== slot) continue;
        taken.push({ id, dueMs: slot * this.slotMs });
        this.#slotOf.set(id, nowhere);
      }
      this.#slots.delete(slot);
    }
    this.#doneUntil = Math.max(this.#doneUntil, until);
    return taken;
  }

  /** The next moment at which something is due, looked for no further than `horizonMs` ahead. */
  nextDue(nowMs: number, horizonMs: number): number {
    const last = Math.floor((nowMs + horizonMs) / this.slotMs);
    for (let slot = this.#doneUntil + 1; slot <= last; slot += 1) {
      if (this.#slots.has(slot)) return slot * this.slotMs;
    }
    return nowMs + horizonMs;
  }

  *#slotsUntil(until: number): Iterable<number> {
    // After a long sleep of the machine there are more empty slots than occupied ones.
    if (until - this.#doneUntil > this.#slots.size) {
      yield* [...this.#slots.keys()].filter((slot) => slot <= until).toSorted((a, b) => a - b);
      return;
    }
    for (let slot = this.#doneUntil + 1; slot <= until; slot += 1) yield slot;
  }
}
