import type { CheckContext, ReasonOf } from '../check-kind.ts';
import { connectionReason } from '../open-connection.ts';
import type { WebAddress } from './web-address.ts';
import { WebFailure, type WebReasons } from './web-reasons.ts';

/**
 * The settling of one exchange, whatever the protocol: it ends once, in time, with what was read within the bound or with
 * the reason why not.
 */
export class BoundedAnswer<Head> {
  readonly #chunks: Buffer[] = [];
  readonly #settled = Promise.withResolvers<{ head: Head; body: Buffer; cut: boolean; firstByteMs: number }>();
  readonly #timer: NodeJS.Timeout;
  readonly #context: CheckContext;
  readonly #address: WebAddress;
  readonly #limitBytes: number;
  readonly #startedMs: number;
  #bytes = 0;
  #head: Head | undefined;
  #firstByteMs = 0;

  constructor(address: WebAddress, limitBytes: number, timeoutMs: number, context: CheckContext) {
    this.#address = address;
    this.#context = context;
    this.#limitBytes = limitBytes;
    this.#startedMs = context.clock.nowMs();
    this.#timer = setTimeout(() => this.#late(), timeoutMs);
    context.signal.addEventListener('abort', this.#onAbort);
    if (context.signal.aborted) this.#onAbort();
  }

  /** Settles with the answer; rejects with {@link WebFailure}. Everything it held is let go. */
  async whole(): Promise<{ head: Head; body: Buffer; cut: boolean; firstByteMs: number }> {
    try {
      return await this.#settled.promise;
    } finally {
      clearTimeout(this.#timer);
      this.#context.signal.removeEventListener('abort', this.#onAbort);
    }
  }

  begin(head: Head): void {
    this.#head = head;
    this.#firstByteMs = this.#context.clock.nowMs() - this.#startedMs;
  }

  take(chunk: Buffer): void {
    this.#chunks.push(chunk.subarray(0, Math.max(0, this.#limitBytes - this.#bytes)));
    this.#bytes += chunk.length;
    if (this.#bytes > this.#limitBytes) this.finish(true);
  }

  finish(cut = false): void {
    if (this.#head === undefined) this.fail({ code: 'closedEarly', data: {} });
    else
      this.#settled.resolve({
        head: this.#head,
        body: Buffer.concat(this.#chunks),
        cut,
        firstByteMs: this.#firstByteMs,
      });
  }

  fail(reason: ReasonOf<WebReasons>): void {
    this.#settled.reject(new WebFailure(reason));
  }

  readonly failBy = (error: Error): void => this.fail(exchangeReason(error, this.#address));

  readonly #onAbort = (): void => this.fail({ code: 'stopped', data: {} });

  #late(): void {
    const ms = this.#context.timeoutMs;
    if (this.#head === undefined) this.fail({ code: 'noAnswer', data: { ms } });
    else this.fail({ code: 'bodyUnfinished', data: { bytes: this.#bytes, ms } });
  }
}

function exchangeReason(error: Error, { connectTo, port }: WebAddress): ReasonOf<WebReasons> {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code.startsWith('HPE_') || code.startsWith('ERR_HTTP2')) return { code: 'malformed', data: { code } };
  // Node says ECONNRESET for an orderly end before the answer too.
  if (error.message === 'socket hang up' || error.message === 'aborted') return { code: 'closedEarly', data: {} };
  return connectionReason(error, connectTo, port);
}
