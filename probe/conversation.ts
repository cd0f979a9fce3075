import type { Socket } from 'node:net';
import type { Language } from '#contract/words.ts';
import type { CheckContext, ReasonOf } from './check-kind.ts';
import { timeText } from './number-text.ts';
import { connectionReason, ConnectionFailure } from './open-connection.ts';

/** How a conversation in lines can fail. `step` is the protocol's own word for what was being said. */
export type ConversationReasons = {
  silent: { step: string; ms: number };
  closedEarly: { step: string };
  babble: { step: string };
  strayText: Record<string, never>;
};

type ConversationTexts = { readonly [Code in keyof ConversationReasons]: (data: ConversationReasons[Code]) => string };

/** The sentences for them, to be spread into a kind's own. */
export const conversationTexts: Readonly<Record<Language, ConversationTexts>> = {
  en: {
    silent: ({ step, ms }) =>
      `The server accepted the connection but did not answer (${step}) within ${timeText('en', ms)}.`,
    closedEarly: ({ step }) => `The server closed the connection in the middle of the conversation (${step}).`,
    babble: ({ step }) => `The server sends more than the protocol allows (${step}).`,
    strayText: () => 'The server sent clear text after it agreed to encrypt: someone on the way may be meddling.',
  },
  fr: {
    silent: ({ step, ms }) =>
      `Le serveur a accepté la connexion mais n’a pas répondu (${step}) en ${timeText('fr', ms)}.`,
    closedEarly: ({ step }) => `Le serveur a fermé la connexion au milieu de la conversation (${step}).`,
    babble: ({ step }) => `Le serveur envoie plus que le protocole ne permet (${step}).`,
    strayText: () =>
      'Le serveur a envoyé du texte en clair après avoir accepté de chiffrer : quelqu’un s’en mêle peut-être en chemin.',
  },
};

/** Thrown when the other side does not keep up its half. */
export class ConversationFailure extends Error {
  readonly reason: ReasonOf<ConversationReasons>;
  constructor(reason: ReasonOf<ConversationReasons>) {
    super(reason.code);
    this.reason = reason;
  }
}

/** The other side, for the sentences. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

// A line of mail protocols has at most 512 to 8,192 bytes; a list of message numbers may be longer.
const longestLineBytes = 65_536;
// A whole conversation of a check is a few kilobytes.
const mostBytes = 1_048_576;
const lineFeed = 10;

/**
 * The reading side of a protocol in lines, bounded in line length, in bytes altogether and in time. Throws
 * {@link ConversationFailure} and ConnectionFailure. It never closes the socket.
 */
export class Conversation {
  readonly #peer: Peer;
  readonly #context: CheckContext;
  /** A moment of the context's clock. */
  #deadlineMs: number;
  readonly #startedMs: number;
  #socket: Socket;
  #unread: Buffer = Buffer.alloc(0);
  #received = 0;
  #over: { readonly error?: Error } | undefined;
  #wake: (() => void) | undefined;

  constructor(socket: Socket, peer: Peer, deadlineMs: number, context: CheckContext) {
    this.#peer = peer;
    this.#context = context;
    this.#deadlineMs = deadlineMs;
    this.#startedMs = context.clock.nowMs();
    this.#socket = socket;
    this.#listen();
  }

  /** Gives more or less time from here on; a moment of the context's clock. */
  set deadlineMs(moment: number) {
    this.#deadlineMs = moment;
  }

  /** Sends text as it stands; what the protocol ends its lines with is the caller's. */
  send(text: string | Buffer): void {
    if (this.#over === undefined) this.#socket.write(text);
  }

  /** The next line without its end. */
  async line(step: string): Promise<string> {
    return (await this.lineBefore(this.#deadlineMs, step)) ?? this.#silence(step);
  }

  /** The next line, or undefined when none came before a moment of the context's clock. */
  async lineBefore(momentMs: number, step: string): Promise<string | undefined> {
    let seen = 0;
    for (;;) {
      const end = this.#unread.indexOf(lineFeed, seen);
      if (end >= 0 && end <= longestLineBytes)
        return this.#take(end + 1)
          .toString('utf8')
          .replace(/\r?\n$/u, '');
      if (this.#unread.length > longestLineBytes) throw new ConversationFailure({ code: 'babble', data: { step } });
      seen = this.#unread.length;
      if (!(await this.#more(momentMs, step))) return undefined;
    }
  }

  /** Exactly so many bytes. */
  async bytes(count: number, step: string): Promise<Buffer> {
    if (count > mostBytes) throw new ConversationFailure({ code: 'babble', data: { step } });
    while (this.#unread.length < count) if (!(await this.#more(this.#deadlineMs, step))) this.#silence(step);
    return this.#take(count);
  }

  /** Lets go of the socket before it is wrapped: whatever stands unread was not protected and must not be believed. */
  release(): Socket {
    this.#socket
      .off('data', this.#onData)
      .off('end', this.#onEnd)
      .off('close', this.#onEnd)
      .off('error', this.#onError);
    if (this.#unread.length > 0) throw new ConversationFailure({ code: 'strayText', data: {} });
    return this.#socket;
  }

  /** Goes on over another socket, the protected one. */
  resume(socket: Socket): void {
    this.#socket = socket;
    this.#over = undefined;
    this.#listen();
  }

  #listen(): void {
    this.#socket.on('data', this.#onData).on('end', this.#onEnd).on('close', this.#onEnd).on('error', this.#onError);
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#received += chunk.length;
    this.#unread = Buffer.concat([this.#unread, chunk]);
    // What nobody asked for yet is not read on: an endless sender fills its own buffers.
    if (this.#unread.length > longestLineBytes) this.#socket.pause();
    this.#wake?.();
  };

  readonly #onEnd = (): void => {
    this.#over ??= {};
    this.#wake?.();
  };

  readonly #onError = (error: Error): void => {
    this.#over = { error };
    this.#wake?.();
  };

  #take(count: number): Buffer {
    const taken = this.#unread.subarray(0, count);
    this.#unread = this.#unread.subarray(count);
    if (this.#unread.length <= longestLineBytes && this.#socket.isPaused()) this.#socket.resume();
    return taken;
  }

  /** Waits for news; false when the moment passed without any. */
  async #more(momentMs: number, step: string): Promise<boolean> {
    const { clock, signal } = this.#context;
    if (this.#received > mostBytes) throw new ConversationFailure({ code: 'babble', data: { step } });
    if (this.#over !== undefined) this.#fail(this.#over.error, step);
    if (signal.aborted) throw new ConnectionFailure({ code: 'stopped', data: {} });
    const leftMs = Math.min(momentMs, this.#deadlineMs) - clock.nowMs();
    if (leftMs <= 0) return false;
    if (this.#socket.isPaused()) this.#socket.resume();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, leftMs);
    this.#wake = resolve;
    signal.addEventListener('abort', this.#onAbort);
    await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', this.#onAbort);
    this.#wake = undefined;
    return true;
  }

  readonly #onAbort = (): void => this.#wake?.();

  #silence(step: string): never {
    const ms = Math.round(this.#context.clock.nowMs() - this.#startedMs);
    throw new ConversationFailure({ code: 'silent', data: { step, ms } });
  }

  #fail(error: Error | undefined, step: string): never {
    if (error === undefined) throw new ConversationFailure({ code: 'closedEarly', data: { step } });
    const reason = connectionReason(error, this.#peer.address, this.#peer.port);
    // Errors of the TLS layer are not the probe's own fault: the other side broke the protected line.
    if (reason.code === 'ownFault') throw new ConversationFailure({ code: 'closedEarly', data: { step } });
    throw new ConnectionFailure(reason);
  }
}
