import { coarse } from '#probe/coarse-time.ts';

interface Parts {
  readonly nowMs: () => number;
  /** Whether the watch itself is behind: then every run takes long, and looking again would only add to it. */
  readonly isBehind: () => boolean;
}

/** A run that takes longer than usual is doubted before its time is up. */
const doubtMs = 350;
const doubtsPerRun = 2;
/** A timer that comes so late says that this process was busy: the answer may lie there unread. */
const ownDelayMs = 100;
/** Re-checks beside their runs, of all checks together. When a network fails, the rest is confirmed at its plain pace. */
const mostAtOnce = 500;

/**
 * Runs that are not believed to hang until they are over: re-checks begin beside them. Half the time that a hang would
 * need to be noticed is saved by not waiting for its end before looking again.
 */
export class Doubts {
  readonly #parts: Parts;
  #going = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Waits for a run that usually takes `typicalMs`, and makes re-checks with `again` when it takes much longer. */
  async during(run: Promise<unknown>, typicalMs: number, again: () => Promise<unknown>): Promise<void> {
    const { nowMs, isBehind } = this.#parts;
    const afterMs = coarse(Math.max(doubtMs, typicalMs * 1.5 + 200));
    let doubts = 0;
    let dueMs = nowMs() + afterMs;
    const doubt = (): void => {
      const ownMs = nowMs() - dueMs;
      if (ownMs <= ownDelayMs && this.#going < mostAtOnce && !isBehind()) {
        doubts += 1;
        this.#going += 1;
        void again().finally(() => (this.#going -= 1));
      }
      dueMs = nowMs() + afterMs;
      timer = doubts < doubtsPerRun ? setTimeout(doubt, afterMs) : undefined;
    };
    let timer: NodeJS.Timeout | undefined = setTimeout(doubt, afterMs);
    await run;
    clearTimeout(timer);
  }
}
