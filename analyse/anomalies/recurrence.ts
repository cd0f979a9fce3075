/** Events remembered. */
const most = 64;
/** Values after which an event is over. */
const overAfter = 50;
/** Values after which an event counts for a third. */
const memory = 2500;
/** An event counts as alike when it was at least nearly as surprising. */
const alike = 0.9;
/** Below this no surprise makes an event. */
const leastSurprise = 2;
/** What each alike event takes off, in nats. */
const discount = 0.3;

/**
 * Remembers how surprising past events were, and makes an event less surprising for each that was as large: what comes
 * every night is no news, though each time it stands far above the values around it.
 */
export class Recurrence {
  private readonly peaks = new Float64Array(most);
  private readonly ends = new Float64Array(most);
  private events = 0;
  private peak = 0;
  private lastAbove = 0;
  private count = 0;

  /** What is left of a surprise after the events before; then learns it. */
  discounted(surprise: number): number {
    this.count += 1;
    if (this.peak > 0 && this.count - this.lastAbove > overAfter) this.close();
    if (surprise < leastSurprise) return surprise;
    let likeness = 0;
    for (let at = 0; at < Math.min(most, this.events); at += 1) {
      if ((this.peaks[at] ?? 0) < surprise * alike) continue;
      likeness += Math.exp(((this.ends[at] ?? 0) - this.count) / memory);
    }
    this.peak = Math.max(this.peak, surprise);
    this.lastAbove = this.count;
    return surprise - discount * likeness;
  }

  private close(): void {
    this.peaks[this.events % most] = this.peak;
    this.ends[this.events % most] = this.lastAbove;
    this.events += 1;
    this.peak = 0;
  }
}
