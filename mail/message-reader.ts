import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { usualLimits, type QuarantineReason, type ReadLimits, type ReadOutcome } from './message.ts';
import { workerCpuMs } from './worker-cpu.ts';

export interface ReaderBounds {
  /** Of the processor, not of the wall: a busy machine is no fault of the message. */
  readonly mostCpuMs: number;
  /** Of the wall, after which a thread that does not even get the processor is given up. */
  readonly mostWallMs: number;
  /** Of objects in memory, in MiB; the bytes of the message are bounded by its size. */
  readonly mostHeapMib: number;
}

export const usualReaderBounds: ReaderBounds = { mostCpuMs: 1_000, mostWallMs: 20_000, mostHeapMib: 256 };

const lookEveryMs = 100;

/**
 * Reads messages in a thread of its own, one after the other, within bounds of time and memory that hold whatever a message
 * does: a thread that reaches one is ended, the message is set aside, and the next gets a new thread.
 */
export class MessageReader implements AsyncDisposable {
  readonly #limits: ReadLimits;
  readonly #bounds: ReaderBounds;
  #worker: Worker | null = null;
  #line: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(limits: ReadLimits = usualLimits, bounds: ReaderBounds = usualReaderBounds) {
    this.#limits = limits;
    this.#bounds = bounds;
  }

  /** Reads one message. Never rejects for what the message is. */
  read(raw: Uint8Array): Promise<ReadOutcome> {
    if (raw.length > this.#limits.mostBytes) return Promise.resolve(quarantined('too_large', String(raw.length)));
    const turn = this.#line.then(() => this.#readNow(raw));
    this.#line = turn.catch(() => undefined);
    return turn;
  }

  async #readNow(raw: Uint8Array): Promise<ReadOutcome> {
    if (this.#isClosed) throw new Error('the reader is closed');
    const worker = this.#worker ?? (await this.#start());
    const before = await workerCpuMs(worker).catch(() => 0);
    let rounds = 0;
    let isOver = false;
    return new Promise<ReadOutcome>((resolve) => {
      const finish = (outcome: ReadOutcome): void => {
        isOver = true;
        clearInterval(look);
        worker.off('message', finish).off('error', onError).off('exit', onExit);
        resolve(outcome);
      };
      const end = (reason: QuarantineReason, detail: string): void => {
        if (this.#worker === worker) this.#worker = null;
        finish(quarantined(reason, detail));
        worker.on('error', () => undefined);
        void worker.terminate();
      };
      const onError = (error: Error & { code?: string }): void =>
        end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too_much_memory' : 'unreadable', error.message.slice(0, 300));
      const onExit = (): void => end('unreadable', 'the thread ended');
      const hear = (ms: number): void => {
        const used = ms - before;
        if (!isOver && used >= this.#bounds.mostCpuMs) end('too_slow', `${Math.round(used)} ms`);
      };
      const look = setInterval(() => {
        rounds += 1;
        if (rounds * lookEveryMs >= this.#bounds.mostWallMs) return end('too_slow', `${rounds * lookEveryMs} ms`);
        void workerCpuMs(worker).then(hear, () => undefined);
      }, lookEveryMs);
      worker.on('message', finish).on('error', onError).on('exit', onExit);
      worker.postMessage({ raw, limits: this.#limits }, []);
    });
  }

  async #start(): Promise<Worker> {
    const worker = new Worker(new URL('reader-thread.ts', import.meta.url), {
      resourceLimits: {
        maxOldGenerationSizeMb: this.#bounds.mostHeapMib,
        maxYoungGenerationSizeMb: 32,
        stackSizeMb: 4,
      },
      env: {},
    });
    // It says that it stands, so that its start is not counted as the first message's time.
    await once(worker, 'message');
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await this.#line;
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

function quarantined(reason: QuarantineReason, detail: string): ReadOutcome {
  return { outcome: 'quarantined', reason, detail };
}
