import { Socket } from 'node:net';
import type { CheckContext, ReasonOf } from './check-kind.ts';
import { coarse } from './coarse-time.ts';
import type { ConnectionReasons } from './connection-reasons.ts';
import { onStop } from './on-stop.ts';
import { connectionReason } from './open-connection.ts';

/** Who leads a short talk. After `failed` and `timedOut` it is over; else whoever leads it ends it. */
export interface Talker {
  /** Connected; gives what to say, or nothing. */
  connected(): string;
  /** Something arrived. The bytes lie where the next ones will lie: what is wanted later is copied. */
  received(bytes: Buffer): void;
  /** The other side says nothing more. */
  ended(): void;
  failed(reason: ReasonOf<ConnectionReasons>): void;
  timedOut(): void;
}

// Every talk reads into it: what arrived is looked at before anything else is read. Sockets otherwise make 64 KiB for each
// read, to be shrunk and collected, for an answer of one.
const arrival = Buffer.allocUnsafe(64 * 1024);

/**
 * One short talk over a connection of its own with a numeric address: connect, say, hear, end, all within one time limit. It
 * is what ten thousand checks do each minute, so it makes as little as can be: no stream of data, no promise for each step.
 */
export class ShortTalk {
  readonly #talker: Talker;
  readonly #socket: Socket;
  readonly #timer: NodeJS.Timeout;
  readonly #unstop: () => void;
  #over = false;

  constructor(
    { address, port, timeoutMs }: { readonly address: string; readonly port: number; readonly timeoutMs: number },
    context: CheckContext,
    talker: Talker,
  ) {
    this.#talker = talker;
    this.#timer = setTimeout(() => {
      if (this.end()) talker.timedOut();
    }, coarse(timeoutMs));
    this.#unstop = onStop(context, () => this.#fail({ code: 'stopped', data: {} }));
    const callback = (count: number): boolean => {
      if (!this.#over) talker.received(arrival.subarray(0, count));
      return true;
    };
    const socket = new Socket({ onread: { buffer: arrival, callback } });
    this.#socket = socket;
    const ended = (): void => {
      if (!this.#over) talker.ended();
    };
    // Stays: a late error that nobody waits for must not end the process.
    socket.on('error', (error) => this.#fail(connectionReason(error, address, port)));
    socket.on('connect', () => this.#say());
    socket.on('end', ended);
    socket.on('close', ended);
    socket.connect({ host: address, port, autoSelectFamily: false });
  }

  /** Ends the talk and its connection; false when it was over. */
  end(): boolean {
    if (this.#over) return false;
    this.#over = true;
    clearTimeout(this.#timer);
    this.#unstop();
    this.#socket.destroy();
    return true;
  }

  #say(): void {
    if (this.#over) return;
    const words = this.#talker.connected();
    if (words !== '' && !this.#over) this.#socket.write(words, 'latin1');
  }

  #fail(reason: ReasonOf<ConnectionReasons>): void {
    if (this.end()) this.#talker.failed(reason);
  }
}
