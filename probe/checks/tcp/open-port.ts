import type { CheckContext, ReasonOf } from '#probe/check-kind.ts';
import type { ConnectionReasons } from '#probe/connection-reasons.ts';
import { ConnectionFailure } from '#probe/open-connection.ts';
import { ShortTalk, type Talker } from '#probe/short-talk.ts';

/**
 * Connects to a port of a numeric address and closes at once; gives how long it took. Throws {@link ConnectionFailure}.
 * What most checks of ports do: as short as it can be.
 */
export function openPort(address: string, port: number, timeoutMs: number, context: CheckContext): Promise<number> {
  return new Promise((resolve, reject) => {
    if (context.mayReach(address)) new OpenPort(address, port, { timeoutMs, context, resolve, reject }).begin();
    else reject(new ConnectionFailure({ code: 'addressForbidden', data: { address } }));
  });
}

interface Asked {
  readonly timeoutMs: number;
  readonly context: CheckContext;
  readonly resolve: (connectMs: number) => void;
  readonly reject: (failure: Error) => void;
}

class OpenPort implements Talker {
  readonly #address: string;
  readonly #port: number;
  readonly #asked: Asked;
  readonly #startedMs: number;
  #talk: ShortTalk | null = null;

  constructor(address: string, port: number, asked: Asked) {
    this.#address = address;
    this.#port = port;
    this.#asked = asked;
    this.#startedMs = asked.context.clock.nowMs();
  }

  begin(): void {
    const { timeoutMs, context } = this.#asked;
    this.#talk = new ShortTalk({ address: this.#address, port: this.#port, timeoutMs }, context, this);
  }

  connected(): string {
    this.#talk?.end();
    this.#asked.resolve(this.#asked.context.clock.nowMs() - this.#startedMs);
    return '';
  }

  received(): void {
    // It is over before anything can arrive.
  }

  ended(): void {
    this.#talk?.end();
    this.failed({ code: 'reset', data: { address: this.#address, port: this.#port } });
  }

  failed(reason: ReasonOf<ConnectionReasons>): void {
    this.#asked.reject(new ConnectionFailure(reason));
  }

  timedOut(): void {
    const ms = Math.round(this.#asked.timeoutMs);
    this.failed({ code: 'connectTimeout', data: { address: this.#address, port: this.#port, ms } });
  }
}
