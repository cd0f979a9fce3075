/** Values looked at before a series is called a counter. */
const looked = 60;
/** A fall to less than this share is a counter that started anew. */
const restartShare = 0.1;

/**
 * Tells counters from gauges: what only ever rises, mostly does so, and now and then starts anew near nothing counts
 * something, and its rate is what matters.
 */
export class CounterWatch {
  private seen = 0;
  private rises = 0;
  private restarts = 0;
  private falls = 0;
  private last = 0;
  private lastMs = 0;
  /** 1 once the series counts. */
  private counting = 0;

  /**
   * What is to be judged: the value of a gauge, the rate in units a second of a counter; undefined where a counter
   * started anew. `changed` tells that from now on the other of the two is meant.
   */
  read(timeMs: number, value: number): { readonly value: number | undefined; readonly changed: boolean } {
    const rise = value - this.last;
    const seconds = (timeMs - this.lastMs) / 1000;
    const wasCounting = this.counting === 1;
    const isFirst = this.seen === 0;
    this.seen += 1;
    if (!isFirst) this.note(rise, value);
    this.last = value;
    this.lastMs = timeMs;
    if (this.seen === looked) {
      this.counting = this.falls === 0 && this.rises > looked / 2 && this.restarts <= 1 ? 1 : 0;
    }
    if (wasCounting && this.falls > 0) this.counting = 0;
    const isCounting = this.counting === 1;
    const rate = rise < 0 || seconds <= 0 ? undefined : rise / seconds;
    return { value: isCounting ? rate : value, changed: isCounting !== wasCounting };
  }

  private note(rise: number, value: number): void {
    if (rise > 0) this.rises += 1;
    else if (rise < 0 && value >= 0 && value < this.last * restartShare) this.restarts += 1;
    else if (rise < 0) this.falls += 1;
  }
}
