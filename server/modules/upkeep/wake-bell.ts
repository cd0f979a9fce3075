import { EventEmitter, once } from 'node:events';

/** Wakes whoever sleeps. Who read the count before looking misses no ring that comes between looking and sleeping. */
export class WakeBell {
  readonly #emitter = new EventEmitter();
  #rings = 0;

  constructor() {
    this.#emitter.setMaxListeners(0);
  }

  get rings(): number {
    return this.#rings;
  }

  ring(): void {
    this.#rings += 1;
    this.#emitter.emit('ring');
  }

  /** Until it rang again since `heard`, the time is over, or everything ends. */
  async sleep(heard: number, ms: number, ending: AbortSignal): Promise<void> {
    if (this.#rings !== heard || ending.aborted) return;
    const over = AbortSignal.any([ending, AbortSignal.timeout(Math.ceil(ms))]);
    await once(this.#emitter, 'ring', { signal: over }).catch(() => undefined);
  }
}
