const dayMs = 86_400_000;
/** A slot is five minutes: long enough to be small, short enough for a rush hour. */
const slots = 288;
const slotMs = dayMs / slots;

/** The last value of each five minutes of a day: what was a day ago. */
export class DayBefore {
  private readonly values = new Float64Array(slots);
  /** The slot, counted since 1970, that a value is of (its last 32 bits: beyond the year 20,000 they come again); 0 for none. */
  private readonly slotOf = new Int32Array(slots);

  /** The value a day before, or the last within six hours before that; undefined when there is none. Then learns this one. */
  exchange(timeMs: number, value: number): number | undefined {
    const slot = Math.floor(timeMs / slotMs);
    const before = this.recall(slot - slots);
    const at = ((slot % slots) + slots) % slots;
    this.values[at] = value;
    this.slotOf[at] = slot | 0;
    return before;
  }

  private recall(wanted: number): number | undefined {
    for (let back = 0; back < 72; back += 1) {
      const slot = wanted - back;
      const at = ((slot % slots) + slots) % slots;
      if (this.slotOf[at] === (slot | 0)) return this.values[at];
    }
    return undefined;
  }
}
