import { clean, decodeText } from './charset.ts';
import { decodeQuotedPrintable, hexPair } from './decode-transfer.ts';

const encodedWord =
  /=\?(?<charset>[^?\s]{1,60})\?(?<encoding>[BbQq])\?(?<coded>[^?\r\n]{0,4000}(?:\?(?!=)[^?\r\n]{0,400}){0,4})\?=/gu;

/** Reads the encoded words of a header (RFC 2047), also those that break its rules: split signs, spaces, no label. */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value;
  // Words next to each other are one text; a sign may be split between two of them.
  const joined = value.replaceAll(/\?=\s+(?==\?)/gu, '?=');
  let out = '';
  let end = 0;
  const held: { charset: string; bytes: Buffer[] } = { charset: '', bytes: [] };
  const flush = (): void => {
    if (held.bytes.length > 0) out += decodeText(Buffer.concat(held.bytes), held.charset).text;
    held.bytes = [];
  };
  for (const match of joined.matchAll(encodedWord)) {
    const { charset = '', encoding = '', coded = '' } = match.groups ?? {};
    // RFC 2231, 5: a language may follow the character set.
    const label = charset.split('*')[0]?.toLowerCase() ?? '';
    const bytes = /b/iu.test(encoding) ? Buffer.from(coded, 'base64') : decodeQ(coded);
    if (held.bytes.length === 0 || match.index !== end || held.charset !== label) {
      flush();
      out += joined.slice(end, match.index);
      held.charset = label;
    }
    held.bytes.push(bytes);
    end = match.index + match[0].length;
  }
  flush();
  return clean(out + joined.slice(end));
}

function decodeQ(coded: string): Buffer {
  return decodeQuotedPrintable(Buffer.from(coded.replaceAll('_', ' '), 'latin1'));
}

/** A header with parameters, such as a Content-Type, read as far as it can be. */
export interface HeaderWithParameters {
  /** Lower case. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const parameter = /;\s*(?<name>[^\s=;"]{1,80})\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.){0,4000})"?|(?<plain>[^;]{0,4000}))/gu;

/** Reads "text/plain; charset=utf-8", with the continued and encoded parameters of RFC 2231, and the broken ones of many programs. */
export function parseParameters(header: string): HeaderWithParameters {
  const value = header.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const plain = new Map<string, string>();
  const pieces = new Map<string, { at: number; text: string; isEncoded: boolean }[]>();
  for (const match of header.slice(0, 20_000).matchAll(parameter)) {
    const name = (match.groups?.['name'] ?? '').toLowerCase();
    const quoted = match.groups?.['quoted'];
    const text = quoted === undefined ? (match.groups?.['plain'] ?? '').trim() : quoted.replaceAll(/\\(?=["\\])/gu, '');
    const [base = '', first, second] = name.split('*');
    if (first === undefined) {
      if (!plain.has(base)) plain.set(base, decodeWords(text));
      continue;
    }
    const at = first === '' ? 0 : Number(first);
    const isEncoded = first === '' || second === '';
    if (Number.isSafeInteger(at))
      pieces.set(base, [...(pieces.get(base) ?? []), { at, text, isEncoded }].slice(0, 200));
  }
  for (const [name, list] of pieces) plain.set(name, joinPieces(list));
  return { value, parameters: plain };
}

function joinPieces(pieces: { at: number; text: string; isEncoded: boolean }[]): string {
  const sorted = pieces.toSorted((a, b) => a.at - b.at);
  const head = sorted[0];
  const said = head?.isEncoded === true ? /^(?<charset>[^']{0,60})'[^']{0,20}'/u.exec(head.text) : null;
  const charset = said?.groups?.['charset'] ?? '';
  const bytes = sorted.map(({ text, isEncoded }, index) => {
    const rest = index === 0 && said !== null ? text.slice(said[0].length) : text;
    return isEncoded ? percentBytes(rest) : Buffer.from(rest, 'utf8');
  });
  return decodeText(Buffer.concat(bytes), charset).text;
}

function percentBytes(text: string): Buffer {
  const raw = Buffer.from(text, 'utf8');
  const out: number[] = [];
  for (let at = 0; at < raw.length; at += 1) {
    const value = raw[at] === 0x25 ? hexPair(raw[at + 1], raw[at + 2]) : null;
    out.push(value ?? raw[at] ?? 0);
    if (value !== null) at += 2;
  }
  return Buffer.from(out);
}
