import type { LastBeat } from '#probe/inside-view.ts';
import type { BeatRow } from './store-beat.ts';

interface Parts {
  readonly last: () => Promise<BeatRow[]>;
  readonly lastOf: (checkId: string) => Promise<BeatRow | null>;
}

/** The last call of each heartbeat check, by the check's number, as the watch knows it. */
export class BeatBook {
  readonly #parts: Parts;
  readonly last = new Map<number, LastBeat>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async begin(): Promise<void> {
    for (const beat of await this.#parts.last()) this.last.set(beat.checkNumber, beat);
  }

  async renew(checkId: string): Promise<void> {
    const beat = await this.#parts.lastOf(checkId);
    if (beat !== null) this.last.set(beat.checkNumber, beat);
  }
}
