import type { IncomingHttpHeaders } from 'node:http';

/** Head of an answer, as far as it can be long: the same as node's own bound. */
const headLimitBytes = 16 * 1024;
/** The line with a chunk's size and its extensions. */
const chunkLineLimitBytes = 1_024;

/** A head that is well formed from its first to its last byte: nearly all are, and no part of it has to be taken out for that. */
const wholeHead =
  /^HTTP\/1\.[01] [1-9]\d\d(?: [\t\x20-\x7e\x80-\xff]*)?(?:\r\n[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*)*$/u;
const lengthHeader = /\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*(?:\r\n|$)/iu;
const lengthOrCoding = /\r\n(?:content-length|transfer-encoding):/giu;
const statusLine = /^HTTP\/1\.[01] ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/u;
const headerLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/u;
const chunkSize = /^([0-9a-fA-F]{1,12})[ \t]*(?:;.*)?$/u;

/** Where the reading of an answer stands. `malformed` carries what was wrong, for those who know the protocol. */
export type AnswerState = 'head' | 'body' | 'whole' | 'cut' | { readonly malformed: string };

type Body =
  | { readonly kind: 'none' | 'untilClose' }
  | { readonly kind: 'length'; left: number }
  | { readonly kind: 'chunks'; left: number; part: 'size' | 'data' | 'end' | 'trailer' };

/**
 * Reads one answer of HTTP/1.1 (RFC 9112) as it arrives. It is fed with bytes, of which it copies what it keeps, and told
 * of the end; it holds no socket.
 * What is sent to confuse one reader about where an answer ends (two lengths, a length beside chunks, folded headers)
 * is malformed.
 */
export class AnswerReader {
  readonly #limitBytes: number;
  readonly #bodiless: boolean;
  #pending: Buffer | null = null;
  #body: Body = { kind: 'untilClose' };
  #store: Buffer = nothing;
  #trailerBytes = 0;
  /** Bytes of the body that were read. */
  bytes = 0;
  state: AnswerState = 'head';
  status = 0;
  #head = '';
  #headers: IncomingHttpHeaders | null = null;

  /** @param bodiless the request was HEAD: whatever the headers say, nothing follows them */
  constructor(limitBytes: number, bodiless: boolean) {
    this.#limitBytes = limitBytes;
    this.#bodiless = bodiless;
  }

  /** What follows the status in the first line. */
  get statusText(): string {
    return statusLine.exec(this.#head.split('\r\n', 1)[0] ?? '')?.[2] ?? '';
  }

  /** Taken apart when somebody asks: of most answers nobody does. */
  get headers(): IncomingHttpHeaders {
    return (this.#headers ??= Object.fromEntries(readHeaders(this.#head) ?? []));
  }

  get body(): Buffer {
    return this.#store.subarray(0, this.bytes);
  }

  /** Takes what arrived. */
  feed(arrived: Buffer): AnswerState {
    let chunk = this.#pending === null ? arrived : Buffer.concat([this.#pending, arrived]);
    this.#pending = null;
    while (this.state === 'head') {
      const rest = this.#readHead(chunk);
      if (rest === null) return this.state;
      chunk = rest;
    }
    if (this.state === 'body') this.#readBody(chunk);
    return this.state;
  }

  /** The other side has ended; false when something is still missing. */
  end(): boolean {
    if (this.state === 'body' && this.#body.kind === 'untilClose') this.state = 'whole';
    return this.state === 'whole' || this.state === 'cut';
  }

  #malformed(what: string): null {
    this.state = { malformed: what };
    return null;
  }

  /** Reads one head; gives what follows it, or null when more is needed. An interim answer (1xx) is passed over. */
  #readHead(chunk: Buffer): Buffer | null {
    // Whoever speaks something else says so with the first bytes.
    for (let place = 0; place < beginning.length && place < chunk.length; place += 1)
      if (chunk[place] !== beginning[place]) return this.#malformed('status-line');
    const end = chunk.indexOf('\r\n\r\n');
    if (end < 0 || end > headLimitBytes) {
      if (chunk.length > headLimitBytes) return this.#malformed('head-too-long');
      this.#pending = Buffer.from(chunk);
      return null;
    }
    const fault = this.#takeHead(chunk.toString('latin1', 0, end));
    if (fault !== null) return this.#malformed(fault);
    const rest = chunk.subarray(end + 4);
    if (this.status < 200 && this.status !== 101) {
      if (rest.length > 0) return rest;
      return null;
    }
    this.state =
      this.#body.kind === 'none' || (this.#body.kind === 'length' && this.#body.left === 0) ? 'whole' : 'body';
    return this.state === 'body' ? rest : null;
  }

  #takeHead(head: string): string | null {
    if (!wholeHead.test(head)) return statusLine.test(head.split('\r\n', 1)[0] ?? '') ? 'header' : 'status-line';
    this.#head = head;
    this.#headers = null;
    this.status = Number(head.slice(statusAt, statusAt + 3));
    lengthOrCoding.lastIndex = 0;
    if (!lengthOrCoding.test(head)) return this.#planBody(undefined, undefined);
    // One plain length is all that most answers say of their end.
    const length = lengthOrCoding.test(head) ? undefined : lengthHeader.exec(head)?.[1];
    if (length !== undefined) return this.#planBody(length, undefined);
    const headers = readHeaders(head);
    return this.#planBody(headers?.get('content-length'), headers?.get('transfer-encoding'));
  }

  #planBody(length: string | string[] | undefined, coding: string | string[] | undefined): string | null {
    if (this.#bodiless || this.status < 200 || this.status === 204 || this.status === 304) {
      this.#body = { kind: 'none' };
      return null;
    }
    if (coding !== undefined) {
      if (length !== undefined) return 'two-lengths';
      const isChunked = String(coding).toLowerCase().split(',').at(-1)?.trim() === 'chunked';
      this.#body = isChunked ? { kind: 'chunks', left: 0, part: 'size' } : { kind: 'untilClose' };
      return null;
    }
    if (length === undefined) this.#body = { kind: 'untilClose' };
    // Equal lengths that came twice are joined by a comma.
    else if (/^\d{1,15}$/u.test(String(length))) this.#body = { kind: 'length', left: Number(length) };
    else return 'length';
    return null;
  }

  #readBody(chunk: Buffer): void {
    const body = this.#body;
    if (body.kind === 'untilClose') this.#keep(chunk);
    else if (body.kind === 'length') {
      // What comes after the length belongs to nobody.
      const own = chunk.subarray(0, body.left);
      body.left -= own.length;
      this.#keep(own);
      if (body.left === 0 && this.state === 'body') this.state = 'whole';
    } else if (body.kind === 'chunks') this.#readChunks(chunk, body);
  }

  #readChunks(arrived: Buffer, body: Body & { kind: 'chunks' }): void {
    let chunk = arrived;
    while (this.state === 'body' && chunk.length > 0) {
      if (body.part === 'data') {
        const own = chunk.subarray(0, body.left);
        body.left -= own.length;
        this.#keep(own);
        chunk = chunk.subarray(own.length);
        if (body.left === 0) body.part = 'end';
        continue;
      }
      const end = chunk.indexOf('\r\n');
      if (end < 0 || end > chunkLineLimitBytes) {
        if (chunk.length > chunkLineLimitBytes) this.#malformed('chunk');
        else this.#pending = Buffer.from(chunk);
        return;
      }
      this.#readChunkLine(chunk.toString('latin1', 0, end), body);
      chunk = chunk.subarray(end + 2);
    }
  }

  #readChunkLine(line: string, body: Body & { kind: 'chunks' }): void {
    if (body.part === 'end') {
      if (line === '') body.part = 'size';
      else this.#malformed('chunk');
    } else if (body.part === 'trailer') {
      this.#trailerBytes += line.length;
      if (line === '') this.state = 'whole';
      else if (this.#trailerBytes > headLimitBytes) this.#malformed('trailer-too-long');
    } else {
      const size = chunkSize.exec(line)?.[1];
      if (size === undefined) {
        this.#malformed('chunk-size');
        return;
      }
      body.left = Number.parseInt(size, 16);
      body.part = body.left === 0 ? 'trailer' : 'data';
    }
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const own = bytes.subarray(0, this.#limitBytes - this.bytes);
    const needed = this.bytes + own.length;
    if (this.bytes === 0) this.#store = Buffer.from(own);
    else {
      // Copied together: a list of a million pieces of one byte would take a hundred times as much.
      if (needed > this.#store.length) this.#grow(needed);
      own.copy(this.#store, this.bytes);
    }
    this.bytes = needed;
    if (this.bytes >= this.#limitBytes) this.state = 'cut';
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.min(this.#limitBytes, Math.max(needed, this.#store.length * 2)));
    this.#store.copy(larger, 0, 0, this.bytes);
    this.#store = larger;
  }
}

const nothing = Buffer.alloc(0);
const beginning = Buffer.from('HTTP/', 'latin1');
/** Where the status stands in a head. */
const statusAt = 'HTTP/1.1 '.length;

/** The headers of a head, by their names in small letters; null when one of them is malformed. */
function readHeaders(head: string): Map<string, string | string[]> | null {
  const headers = new Map<string, string | string[]>();
  for (const line of head.split('\r\n').slice(1)) {
    const header = headerLine.exec(line);
    if (header === null) return null;
    const [, name = '', value = ''] = header;
    addHeader(headers, name.toLowerCase(), value.trimEnd());
  }
  return headers;
}

/** Joins what came more than once, as node does it: cookies as a list, lengths only when they differ, the rest by commas. */
function addHeader(headers: Map<string, string | string[]>, name: string, value: string): void {
  const before = headers.get(name);
  if (name === 'set-cookie') {
    if (Array.isArray(before)) before.push(value);
    else headers.set(name, [value]);
  } else if (before === undefined) headers.set(name, value);
  else if (name === 'location' || (name === 'content-length' && before === value)) return;
  else headers.set(name, `${String(before)}, ${value}`);
}
