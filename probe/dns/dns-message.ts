import { randomInt } from 'node:crypto';

/** Numbers of the record types that are understood (IANA). */
export const typeNumbers = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  DS: 43,
  RRSIG: 46,
  DNSKEY: 48,
  CAA: 257,
} as const;

/** One record. Names are kept as on the wire, whole and in small letters: the form that signatures are made over. */
export interface DnsRecord {
  readonly name: Buffer;
  readonly type: number;
  readonly ttl: number;
  /** The data, its names whole and in small letters too (RFC 4034, section 6.2). */
  readonly data: Buffer;
}

/** A name server's answer. */
export interface DnsMessage {
  readonly id: number;
  /** 0 no error, 2 server failure, 3 no such name, 5 refused. */
  readonly responseCode: number;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  /** The asked name and type, as the answer repeats them. */
  readonly question: { readonly name: Buffer; readonly type: number } | undefined;
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
}

/** A question ready to be sent. */
export interface DnsQuestion {
  readonly bytes: Buffer;
  readonly id: number;
  readonly name: Buffer;
  readonly type: number;
}

const mostNameBytes = 255;
// More records than this are no honest answer to one question.
const mostRecords = 1_000;
const internet = 1;
const optional = 41;
// What fits through every path without being cut into pieces (DNS flag day 2020).
const payloadBytes = 1_232;

/** A name as on the wire, in small letters. Throws RangeError for what is no name. */
export function wireName(text: string): Buffer {
  const labels = text.split('.').filter((label) => label !== '');
  const parts = labels.map((label) => {
    const bytes = Buffer.from(label.toLowerCase(), 'latin1');
    if (bytes.length > 63) throw new RangeError('a label has at most 63 letters');
    return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  });
  const name = Buffer.concat([...parts, Buffer.alloc(1)]);
  if (name.length > mostNameBytes) throw new RangeError('a name has at most 255 letters');
  return name;
}

/** A name for people, without a closing dot; the root is a dot. */
export function nameText(name: Buffer): string {
  return (
    labelsOf(name)
      .map((label) => label.toString('latin1').replaceAll(/[.\\]/gu, String.raw`\$&`))
      .join('.') || '.'
  );
}

/** The labels of a whole name, the most particular first. */
export function labelsOf(name: Buffer): Buffer[] {
  const labels: Buffer[] = [];
  for (let at = 0; at < name.length;) {
    const length = name[at] ?? 0;
    if (length === 0) break;
    labels.push(name.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return labels;
}

/** A question. `dnssec` asks for signatures and for no validation on the way: whoever asks so validates himself. */
export function dnsQuestion(
  name: string,
  type: number,
  options: { readonly recursion: boolean; readonly dnssec: boolean },
): DnsQuestion {
  const wire = wireName(name);
  const id = randomInt(65_536);
  const header = Buffer.alloc(12);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE((options.recursion ? 0x0100 : 0) | (options.dnssec ? 0x0010 : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(1, 10);
  const asked = Buffer.alloc(4);
  asked.writeUInt16BE(type, 0);
  asked.writeUInt16BE(internet, 2);
  const extension = Buffer.alloc(11);
  extension.writeUInt16BE(optional, 1);
  extension.writeUInt16BE(payloadBytes, 3);
  extension.writeUInt16BE(options.dnssec ? 0x8000 : 0, 7);
  return { bytes: Buffer.concat([header, wire, asked, extension]), id, name: wire, type };
}

/** Reads a message; undefined when it is not one. */
export function readDnsMessage(bytes: Buffer): DnsMessage | undefined {
  try {
    return readMessage(new Reader(bytes));
  } catch (error) {
    // Whatever is cut short or points astray shows as a read outside of the message.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readMessage(reader: Reader): DnsMessage | undefined {
  const [id, flags] = [reader.number(2), reader.number(2)];
  const [questions, answers, authorities, additionals] = [
    reader.number(2),
    reader.number(2),
    reader.number(2),
    reader.number(2),
  ];
  const isAnswer = (flags & 0x8000) !== 0;
  if (!isAnswer || questions > 1 || answers + authorities + additionals > mostRecords) return undefined;
  let question: DnsMessage['question'];
  if (questions === 1) {
    question = { name: reader.name(), type: reader.number(2) };
    reader.number(2);
  }
  const truncated = (flags & 0x0200) !== 0;
  const section = (count: number): DnsRecord[] => Array.from({ length: count }, () => readRecord(reader));
  return {
    id,
    responseCode: flags & 15,
    authoritative: (flags & 0x0400) !== 0,
    truncated,
    question,
    // A truncated message is asked for again over TCP; what it holds may be cut anywhere.
    answers: truncated ? [] : section(answers),
    authorities: truncated ? [] : section(authorities),
    additionals: truncated ? [] : section(additionals),
  };
}

function readRecord(reader: Reader): DnsRecord {
  const name = reader.name();
  const type = reader.number(2);
  reader.number(2);
  const ttl = reader.number(4);
  const length = reader.number(2);
  return { name, type, ttl, data: readData(reader, type, length) };
}

/** Bytes before the names in the data of types that hold names, and how many names follow. */
const namesIn: Readonly<Record<number, readonly [before: number, names: number]>> = {
  [typeNumbers.NS]: [0, 1],
  [typeNumbers.CNAME]: [0, 1],
  [typeNumbers.PTR]: [0, 1],
  [typeNumbers.DNAME]: [0, 1],
  [typeNumbers.SOA]: [0, 2],
  [typeNumbers.MX]: [2, 1],
  [typeNumbers.SRV]: [6, 1],
  [typeNumbers.RRSIG]: [18, 1],
};

function readData(reader: Reader, type: number, length: number): Buffer {
  const end = reader.at + length;
  const [before, names] = namesIn[type] ?? [0, 0];
  if (names === 0) return reader.take(length);
  const parts = [reader.take(before)];
  for (let name = 0; name < names; name += 1) parts.push(reader.name());
  if (reader.at > end) throw new RangeError('the data is longer than it says');
  parts.push(reader.take(end - reader.at));
  return Buffer.concat(parts);
}

class Reader {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  number(length: number): number {
    const value = this.#bytes.readUIntBE(this.at, length);
    this.at += length;
    return value;
  }

  take(length: number): Buffer {
    if (this.at + length > this.#bytes.length) throw new RangeError('cut short');
    const part = this.#bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }

  /** A name, its pointers followed. A pointer may only point further back, so there is an end. */
  name(): Buffer {
    const parts: Buffer[] = [];
    let total = 1;
    let at = this.at;
    let lowest = this.at;
    let returnTo: number | undefined;
    for (;;) {
      const length = this.#bytes.readUInt8(at);
      if (length === 0) break;
      if (length >= 0xc0) {
        const target = this.#bytes.readUInt16BE(at) & 0x3fff;
        if (target >= lowest) throw new RangeError('a pointer that does not point back');
        returnTo ??= at + 2;
        lowest = target;
        at = target;
        continue;
      }
      total += length + 1;
      if (length > 63 || total > mostNameBytes || at + 1 + length > this.#bytes.length) throw new RangeError('no name');
      parts.push(this.#bytes.subarray(at, at + 1 + length));
      at += 1 + length;
    }
    this.at = returnTo ?? at + 1;
    return small(Buffer.concat([...parts, Buffer.alloc(1)]));
  }
}

/** The same name in small letters; lengths of labels lie below the letters. */
function small(name: Buffer): Buffer {
  return Buffer.from(name.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte)));
}
