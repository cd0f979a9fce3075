import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { CheckContext, ReasonOf } from '#probe/check-kind.ts';
import type { ConnectionReasons } from '#probe/connection-reasons.ts';
import { ConnectionFailure } from '#probe/open-connection.ts';
import { ShortTalk, type Talker } from '#probe/short-talk.ts';
import { AnswerReader } from './answer-reader.ts';
import { hostHeader, type Page, type PageAddress } from './fetch-page.ts';
import { ExchangeFailure, pageLimitBytes, plainRequest } from './plain-exchange.ts';
import type { HttpSettings } from './settings.ts';
import type { HttpReasons } from './texts.ts';

/** Whether a page can be had by a {@link lookPlainly}: without TLS, from a numeric address. */
export function isPlain({ scheme, connectTo }: PageAddress): boolean {
  return scheme === 'http' && isIP(connectTo) !== 0;
}

/** As `fetchPage`, for what {@link isPlain}: the way that most checks go, so it is as short as it can be. */
export function lookPlainly(
  address: PageAddress,
  settings: HttpSettings,
  deadlineMs: number,
  context: CheckContext,
): Promise<Page> {
  return new Promise((resolve, reject) => {
    const { connectTo } = address;
    if (context.mayReach(connectTo)) new PlainLook(address, settings, deadlineMs, { context, resolve, reject }).begin();
    else reject(new ConnectionFailure({ code: 'addressForbidden', data: { address: connectTo } }));
  });
}

interface Asked {
  readonly context: CheckContext;
  readonly resolve: (page: Page) => void;
  readonly reject: (failure: Error) => void;
}

/** A page whose headers are read when somebody asks for them. */
class PlainPage implements Page {
  readonly #answer: AnswerReader;
  readonly phases: Page['phases'];

  constructor(answer: AnswerReader, connectMs: number, firstByteMs: number) {
    this.#answer = answer;
    this.phases = { lookupMs: 0, connectMs, handshakeMs: undefined, firstByteMs };
  }

  get status(): number {
    return this.#answer.status;
  }
  get statusText(): string {
    return this.#answer.statusText;
  }
  get headers(): IncomingHttpHeaders {
    return this.#answer.headers;
  }
  get body(): Buffer {
    return this.#answer.body;
  }
  get cut(): boolean {
    return this.#answer.state === 'cut';
  }
  get certificateDays(): undefined {
    return undefined;
  }
  get certificateEnds(): undefined {
    return undefined;
  }
}

class PlainLook implements Talker {
  readonly #address: PageAddress;
  readonly #method: 'GET' | 'HEAD';
  readonly #asked: Asked;
  readonly #answer: AnswerReader;
  #talk: ShortTalk | null = null;
  readonly #startedMs: number;
  readonly #timeoutMs: number;
  #connectMs = -1;
  #firstByteMs = -1;

  constructor(address: PageAddress, settings: HttpSettings, deadlineMs: number, asked: Asked) {
    const { context } = asked;
    this.#address = address;
    this.#asked = asked;
    this.#method = settings.method === 'HEAD' ? 'HEAD' : 'GET';
    this.#answer = new AnswerReader(pageLimitBytes, this.#method === 'HEAD');
    this.#startedMs = context.clock.nowMs();
    this.#timeoutMs = Math.max(1, deadlineMs - this.#startedMs);
  }

  begin(): void {
    const { connectTo, port } = this.#address;
    this.#talk = new ShortTalk({ address: connectTo, port, timeoutMs: this.#timeoutMs }, this.#asked.context, this);
  }

  connected(): string {
    this.#connectMs = this.#asked.context.clock.nowMs() - this.#startedMs;
    return plainRequest(this.#method, this.#address.path, hostHeader(this.#address));
  }

  received(bytes: Buffer): void {
    if (this.#firstByteMs < 0)
      this.#firstByteMs = this.#asked.context.clock.nowMs() - this.#startedMs - this.#connectMs;
    const state = this.#answer.feed(bytes);
    if (state === 'whole' || state === 'cut') this.#finish();
    else if (typeof state === 'object') this.#refuse({ code: 'malformed', data: { code: state.malformed } });
  }

  ended(): void {
    if (this.#answer.end()) this.#finish();
    else this.#refuse({ code: 'closedEarly', data: {} });
  }

  failed(reason: ReasonOf<ConnectionReasons>): void {
    this.#asked.reject(this.#connectMs < 0 ? new ConnectionFailure(reason) : new ExchangeFailure(reason));
  }

  timedOut(): void {
    const { context, reject } = this.#asked;
    const { connectTo, port } = this.#address;
    const ms = context.timeoutMs;
    if (this.#connectMs < 0) {
      const data = { address: connectTo, port, ms: Math.round(this.#timeoutMs) };
      reject(new ConnectionFailure({ code: 'connectTimeout', data }));
    } else if (this.#answer.state === 'head') reject(new ExchangeFailure({ code: 'noAnswer', data: { ms } }));
    else reject(new ExchangeFailure({ code: 'bodyUnfinished', data: { bytes: this.#answer.bytes, ms } }));
  }

  #refuse(reason: ReasonOf<HttpReasons>): void {
    this.#talk?.end();
    this.#asked.reject(new ExchangeFailure(reason));
  }

  #finish(): void {
    this.#talk?.end();
    this.#asked.resolve(new PlainPage(this.#answer, this.#connectMs, this.#firstByteMs));
  }
}
