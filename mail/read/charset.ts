import { guessCharset } from './guess-charset.ts';
import { decodeUtf7 } from './utf-7.ts';

/** A text made of bytes, and how. */
export interface DecodedText {
  readonly text: string;
  /** The character set that was believed. */
  readonly charset: string;
  /** Why not the one that was named: it was wrong, missing, or the text had been encoded twice. */
  readonly repaired: 'wrong_label' | 'no_label' | 'mojibake' | null;
}

/** Labels that name nothing or less than is meant. */
const nothing = new Set([
  '',
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  'unknown',
  'x-unknown',
  'unknown-8bit',
  'default',
  'binary',
  '8bit',
  'iso-8859-1',
  'latin1',
  'windows-1252',
  'cp1252',
]);
const others: Readonly<Record<string, string>> = {
  cp1252: 'windows-1252',
  'cp-850': 'windows-1252',
  cp850: 'windows-1252',
  'ansi_x3.4-1968': 'us-ascii',
  'iso-8859-8-i': 'iso-8859-8-i',
  'x-gbk': 'gbk',
  cp936: 'gbk',
  'windows-936': 'gbk',
  cp932: 'shift_jis',
  'windows-31j': 'shift_jis',
  'iso-2022-jp-ms': 'iso-2022-jp',
  'iso-2022-jp-1': 'iso-2022-jp',
  'ks_c_5601-1987': 'euc-kr',
  'x-mac-roman': 'macintosh',
  'utf-8mb4': 'utf-8',
};

/** Makes text of bytes whatever their label says: the label is believed where the bytes allow it. Never throws. */
export function decodeText(bytes: Uint8Array, label: string): DecodedText {
  const named = label
    .trim()
    .toLowerCase()
    .replaceAll(/^["'\s]+|["'\s]+$/gu, '');
  const marked = byMark(bytes);
  if (marked !== null) return { ...marked, repaired: null };
  if (named === 'utf-7' || named === 'unicode-1-1-utf-7')
    return { text: clean(decodeUtf7(bytes)), charset: 'utf-7', repaired: null };
  const isPlain = nothing.has(named) || named === 'utf-8' || named === 'utf8';
  return mended(isPlain ? decodeUsual(bytes, named) : decodeNamed(bytes, named));
}

/** Labelled as what everybody writes, or not at all: UTF-8 where the bytes are that. */
function decodeUsual(bytes: Uint8Array, named: string): DecodedText {
  const utf8 = strictly(bytes, 'utf-8');
  if (utf8 !== null && !looksLikeEscapes(bytes)) {
    const isWrong = nothing.has(named) && named !== '' && !named.includes('ascii') && !isAscii(bytes);
    return { text: utf8, charset: 'utf-8', repaired: isWrong ? 'wrong_label' : null };
  }
  const isLatin = nothing.has(named) && /1252|8859|latin/u.test(named);
  const charset = isLatin ? 'windows-1252' : guessCharset(bytes);
  const repaired = isLatin ? null : named === '' ? 'no_label' : 'wrong_label';
  return { text: loosely(bytes, charset), charset, repaired };
}

function decodeNamed(bytes: Uint8Array, named: string): DecodedText {
  const utf8 = strictly(bytes, 'utf-8');
  const wanted = decoderFor(others[named] ?? named, false);
  if (wanted === null) {
    const charset = utf8 === null ? guessCharset(bytes) : 'utf-8';
    return { text: utf8 ?? loosely(bytes, charset), charset, repaired: 'wrong_label' };
  }
  // Bytes that are no text of the named set, but are good UTF-8 with more than ASCII, were labelled wrongly.
  const said = strictly(bytes, others[named] ?? named);
  if (said === null && utf8 !== null) return { text: utf8, charset: 'utf-8', repaired: 'wrong_label' };
  if (utf8 !== null && !isAscii(bytes) && isSingleByte(named))
    return { text: utf8, charset: 'utf-8', repaired: 'wrong_label' };
  return { text: said ?? clean(wanted.decode(bytes)), charset: wanted.encoding, repaired: null };
}

const isSingleByte = (label: string): boolean => /^(?:iso-8859|windows-125|cp125|koi8|macintosh|x-mac)/u.test(label);

function byMark(bytes: Uint8Array): { text: string; charset: string } | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { text: loosely(bytes.subarray(3), 'utf-8'), charset: 'utf-8' };
  if (a === 0xff && b === 0xfe) return { text: loosely(bytes, 'utf-16le'), charset: 'utf-16le' };
  if (a === 0xfe && b === 0xff) return { text: loosely(bytes, 'utf-16be'), charset: 'utf-16be' };
  return null;
}

function decoderFor(label: string, isFatal: boolean): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(label, { fatal: isFatal });
  } catch {
    return null;
  }
}

function strictly(bytes: Uint8Array, label: string): string | null {
  try {
    return clean(decoderFor(label, true)?.decode(bytes) ?? '\u0000') || (bytes.length === 0 ? '' : null);
  } catch {
    return null;
  }
}

function loosely(bytes: Uint8Array, label: string): string {
  return clean((decoderFor(label, false) ?? new TextDecoder('windows-1252')).decode(bytes));
}

/** The database can keep neither NUL nor half a pair of surrogates. */
export function clean(text: string): string {
  return (text.includes('\u0000') ? text.replaceAll('\u0000', '\uFFFD') : text).toWellFormed();
}

export function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

/** ISO-2022-JP is ASCII with escapes: it is good UTF-8 too. */
function looksLikeEscapes(bytes: Uint8Array): boolean {
  const at = bytes.indexOf(0x1b);
  return at !== -1 && (bytes[at + 1] === 0x24 || bytes[at + 1] === 0x28);
}

const twice = /[ÃÂ][\u0080-\u00BF\u0152-\u0178\u2013-\u2122ŠšŽžƒˆ˜]|â(?:€|„|‚)/u;
const longestMend = 2_000_000;

/** "Ã©" for "é": UTF-8 that somebody took for Windows-1252 and encoded again. Undone where every sign of it allows that. */
function mended(decoded: DecodedText): DecodedText {
  if (decoded.text.length > longestMend || !twice.test(decoded.text)) return decoded;
  const bytes = new Uint8Array(decoded.text.length);
  for (let at = 0; at < decoded.text.length; at += 1) {
    const code = decoded.text.charCodeAt(at);
    const byte =
      code < 0x80 || (code >= 0xa0 && code < 0x100) ? code : (windows1252.get(code) ?? (code < 0x100 ? code : -1));
    if (byte === -1) return decoded;
    bytes[at] = byte;
  }
  const text = strictly(bytes, 'utf-8');
  return text === null ? decoded : { text, charset: decoded.charset, repaired: 'mojibake' };
}

const windows1252 = new Map(
  Array.from(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at))).map(
    (sign, at) => [sign.charCodeAt(0), 0x80 + at],
  ),
);
