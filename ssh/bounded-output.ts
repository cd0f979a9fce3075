import type { Readable } from 'node:stream';
import type { RemoteGroup } from './remote-group.ts';
import type { ExecOptions, OutputStream } from './transport.ts';

/** Collects or hands on a command's output within a bound on bytes. What exceeds it is read and dropped, so that the command does not hang. */
export class BoundedOutput {
  readonly #options: Pick<ExecOptions, 'maxOutputBytes' | 'onOutput'>;
  readonly #group: RemoteGroup | undefined;
  readonly #kept: Record<OutputStream, Buffer[]> = { stdout: [], stderr: [] };
  #bytes = 0;
  #truncated = false;
  readonly #failures: unknown[] = [];
  #pending: Promise<void> = Promise.resolve();

  constructor(options: Pick<ExecOptions, 'maxOutputBytes' | 'onOutput'>, group: RemoteGroup | undefined) {
    this.#options = options;
    this.#group = group;
  }

  get truncated(): boolean {
    return this.#truncated;
  }

  kept(stream: OutputStream): Buffer {
    return Buffer.concat(this.#kept[stream]);
  }

  /** Listens to a stream; `onFailure` hears of it when the receiver of the output throws. */
  read(source: Readable, stream: OutputStream, onFailure: () => void): void {
    source.on('data', (chunk: Buffer) => {
      const own = stream === 'stderr' && this.#group !== undefined ? this.#group.filter(chunk) : chunk;
      const handed = this.#accept(own, stream);
      if (handed === undefined) return;
      source.pause();
      this.#pending = Promise.all([this.#pending, handed])
        .then(() => undefined)
        .catch((error: unknown) => {
          this.#failures.push(error);
          onFailure();
        })
        .finally(() => source.resume());
    });
    source.once('end', () => {
      const rest = stream === 'stderr' ? this.#group?.rest() : undefined;
      if (rest !== undefined) void this.#accept(rest, stream)?.catch((error: unknown) => this.#failures.push(error));
    });
    source.on('error', () => undefined);
  }

  /** Resolves when the receiver has taken everything; throws what the receiver threw. */
  async settled(): Promise<void> {
    await this.#pending;
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  #accept(chunk: Buffer, stream: OutputStream): Promise<void> | undefined {
    if (chunk.length === 0) return undefined;
    const room = this.#options.maxOutputBytes - this.#bytes;
    if (chunk.length > room) this.#truncated = true;
    if (room <= 0) return undefined;
    const part = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.#bytes += part.length;
    const { onOutput } = this.#options;
    if (onOutput === undefined) {
      this.#kept[stream].push(part);
      return undefined;
    }
    return hand(() => onOutput(part, stream));
  }
}

/** A receiver that throws at once and one that rejects later are the same to us. */
function hand(receive: () => void | Promise<void>): Promise<void> | undefined {
  let outcome: Promise<void> | undefined;
  const called = new Promise<void>((resolve) => {
    const result = receive();
    if (result instanceof Promise) outcome = result;
    resolve();
  });
  return outcome ?? called;
}
