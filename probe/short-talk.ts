import { Socket, type SocketConstructorOpts } from 'node:net';
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

interface Place {
  readonly address: string;
  readonly port: number;
  readonly timeoutMs: number;
}

// Every talk reads into it: what arrived is looked at before anything else is read. Sockets otherwise make 64 KiB for each
// read, to be shrunk and collected, for an answer of one.
const arrival = Buffer.allocUnsafe(64 * 1024);

/**
 * The socket of a talk. A connection that is over outlives some collections of the young, and with it all that it knows: so
 * it is made to forget its talk, and its listeners are not made anew for each.
 */
class TalkSocket extends Socket {
  talk: ShortTalk | null;

  constructor(talk: ShortTalk) {
    super(readingHere);
    this.talk = talk;
    // Stays: a late error that nobody waits for must not end the process.
    this.on('error', onError);
    this.on('connect', onConnect);
    this.on('end', onEnd);
    this.on('close', onEnd);
  }
}

function onError(this: TalkSocket, error: Error): void {
  this.talk?.broken(error);
}

function onConnect(this: TalkSocket): void {
  this.talk?.say();
}

function onEnd(this: TalkSocket): void {
  this.talk?.heardAll();
}

function onTimeout(talk: ShortTalk): void {
  talk.timeUp();
}

const readingHere: SocketConstructorOpts = {
  onread: {
    buffer: arrival,
    // Called on the socket that has read.
    callback(this: unknown, count: number): boolean {
      if (this instanceof TalkSocket) this.talk?.hear(arrival.subarray(0, count));
      return true;
    },
  },
};

/**
 * One short talk over a connection of its own with a numeric address: connect, say, hear, end, all within one time limit. It
 * is what ten thousand checks do each minute, so it makes as little as can be: no stream of data, no promise for each step.
 */
export class ShortTalk {
  #talker: Talker | null;
  readonly #place: Place;
  readonly #socket: TalkSocket;
  readonly #timer: NodeJS.Timeout;
  readonly #unstop: () => void;

  constructor(place: Place, context: CheckContext, talker: Talker) {
    this.#talker = talker;
    this.#place = place;
    this.#timer = setTimeout(onTimeout, coarse(place.timeoutMs), this);
    this.#unstop = onStop(context, () => this.#fail({ code: 'stopped', data: {} }));
    this.#socket = new TalkSocket(this);
    this.#socket.connect({ host: place.address, port: place.port, autoSelectFamily: false });
  }

  /** Ends the talk and its connection; false when it was over. */
  end(): boolean {
    if (this.#talker === null) return false;
    this.#talker = null;
    clearTimeout(this.#timer);
    this.#unstop();
    this.#socket.talk = null;
    this.#socket.destroy();
    return true;
  }

  /** For its socket: connected. */
  say(): void {
    const words = this.#talker?.connected() ?? '';
    if (words !== '' && this.#talker !== null) this.#socket.write(words, 'latin1');
  }

  /** For its socket: something arrived. */
  hear(bytes: Buffer): void {
    this.#talker?.received(bytes);
  }

  /** For its socket: nothing more comes. */
  heardAll(): void {
    this.#talker?.ended();
  }

  /** For its socket. */
  broken(error: Error): void {
    this.#fail(connectionReason(error, this.#place.address, this.#place.port));
  }

  /** For its timer. */
  timeUp(): void {
    const talker = this.#talker;
    if (this.end()) talker?.timedOut();
  }

  #fail(reason: ReasonOf<ConnectionReasons>): void {
    const talker = this.#talker;
    if (this.end()) talker?.failed(reason);
  }
}
