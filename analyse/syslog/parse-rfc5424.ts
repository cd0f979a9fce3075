import { isDay } from './calendar.ts';
import type { SyslogMessage } from './syslog-message.ts';

/** What of a message is not as RFC 5424 wants it. */
export type SyslogPart =
  | 'priority'
  | 'version'
  | 'timestamp'
  | 'hostname'
  | 'appName'
  | 'procId'
  | 'msgId'
  | 'structuredData'
  | 'duplicateElement'
  | 'message'
  | 'length';

/** Refused; `at` is the byte at which it goes wrong, from 0. */
export interface SyslogFault {
  readonly part: SyslogPart;
  readonly at: number;
}

/** No message is longer, bytes: receivers must take 2 KiB (section 6.1), some send whole stack traces. */
export const mostSyslogBytes = 1_048_576;
const mostElements = 256;
const mostParameters = 1024;

const header = /<(0|[1-9]\d{0,2})>([1-9]\d{0,2}) /y;
const stamp =
  /(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.\d{1,6})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d) /y;
const names = {
  hostname: /([!-~]{1,255}) /y,
  appName: /([!-~]{1,48}) /y,
  procId: /([!-~]{1,128}) /y,
  msgId: /([!-~]{1,32}) /y,
} as const;
const sdName = /[!#-<>-\\^-~]{1,32}/y;
const byteOrderMark = 'ï»¿';

/**
 * Reads one message strictly by RFC 5424: what its grammar does not allow is refused. Bytes of a message without a byte
 * order mark may be in any encoding (section 6.4): they are read as UTF-8, and what is none as U+FFFD.
 */
export function parseRfc5424(bytes: Uint8Array): SyslogMessage | SyslogFault {
  if (bytes.length > mostSyslogBytes) return { part: 'length', at: mostSyslogBytes };
  // One letter for each byte: the grammar is one of bytes.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const start = exec(header, text, 0);
  const priority = Number(start?.[1] ?? 999);
  if (start === null || priority > 191)
    return { part: /^<(?:0|[1-9]\d?|1[0-8]\d|19[01])>/u.test(text) ? 'version' : 'priority', at: 0 };
  const time = nilOr(stamp, text, start[0].length);
  if (time === null || (time.value !== null && !isDay(...daysOf(time.value))))
    return { part: 'timestamp', at: start[0].length };
  let { to } = time;
  const parts: Record<keyof typeof names, string | null> = { hostname: null, appName: null, procId: null, msgId: null };
  for (const part of ['hostname', 'appName', 'procId', 'msgId'] as const) {
    const found = nilOr(names[part], text, to);
    if (found === null) return { part, at: to };
    parts[part] = found.value;
    ({ to } = found);
  }
  const data = readElements(text, to);
  if ('part' in data) return data;
  const rest = text.slice(data.to);
  if (rest !== '' && !rest.startsWith(' ')) return { part: 'structuredData', at: data.to };
  const message = utf8(rest.slice(1), rest.startsWith(` ${byteOrderMark}`));
  if (message === null) return { part: 'message', at: data.to + 1 };
  return {
    facility: priority >> 3,
    severity: priority & 7,
    version: Number(start[2]),
    timestamp: time.value,
    ...parts,
    structuredData: data.elements,
    message: message === '' ? null : message,
  };
}

function exec(shape: RegExp, text: string, at: number): RegExpExecArray | null {
  shape.lastIndex = at;
  return shape.exec(text);
}

/** A part and the space behind it; `-` stands for none. */
function nilOr(shape: RegExp, text: string, at: number): { value: string | null; to: number } | null {
  if (text.startsWith('- ', at)) return { value: null, to: at + 2 };
  const found = exec(shape, text, at);
  return found === null ? null : { value: found[0].slice(0, -1), to: at + found[0].length };
}

function daysOf(time: string): [number, number, number] {
  return [Number(time.slice(0, 4)), Number(time.slice(5, 7)), Number(time.slice(8, 10))];
}

type Elements = Record<string, Record<string, string>>;

function readElements(text: string, from: number): { elements: Elements | null; to: number } | SyslogFault {
  if (text.startsWith('-', from)) return { elements: null, to: from + 1 };
  const elements = new Map<string, Record<string, string>>();
  let at = from;
  while (text.startsWith('[', at)) {
    const name = exec(sdName, text, at + 1)?.[0];
    if (name === undefined || elements.size >= mostElements) return { part: 'structuredData', at };
    if (elements.has(name)) return { part: 'duplicateElement', at };
    const read = readParameters(text, at + 1 + name.length);
    if (read === null) return { part: 'structuredData', at };
    elements.set(name, Object.fromEntries(read.parameters));
    at = read.to;
  }
  return elements.size === 0 ? { part: 'structuredData', at } : { elements: Object.fromEntries(elements), to: at };
}

function readParameters(text: string, from: number): { parameters: Map<string, string>; to: number } | null {
  const parameters = new Map<string, string>();
  let at = from;
  for (let count = 0; text.startsWith(' ', at) && count < mostParameters; count += 1) {
    const name = exec(sdName, text, at + 1)?.[0];
    if (name === undefined || !text.startsWith('="', at + 1 + name.length)) return null;
    const start = at + name.length + 3;
    const end = valueEnd(text, start);
    // A value is UTF-8 (section 6.3.3).
    const value = end < 0 ? null : utf8(text.slice(start, end), true);
    if (value === null) return null;
    parameters.set(name, value.replaceAll(/\\(["\\\]])/gu, '$1'));
    at = end + 1;
  }
  return text.startsWith(']', at) ? { parameters, to: at + 1 } : null;
}

/** Where a value's closing quote is; −1 when it has none, or a bracket that is not escaped. */
function valueEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '"') return at;
    if (letter === ']') return -1;
    if (letter === '\\' && /["\\\]]/u.test(text[at + 1] ?? '')) at += 1;
  }
  return -1;
}

/** Text of bytes; null when they have to be UTF-8 and are not. */
function utf8(latin: string, isStrict: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: isStrict, ignoreBOM: true }).decode(Buffer.from(latin, 'latin1'));
  } catch {
    return null;
  }
}
