import { decodeText } from './charset.ts';

/** The headers of a message or a part, in the order in which they stand. */
export interface Headers {
  readonly fields: readonly HeaderField[];
  /** Where the body begins, counted from the beginning of the bytes. */
  readonly bodyStart: number;
}

export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  /** Unfolded; bytes beyond ASCII read as UTF-8 or, failing that, as what they look like. Encoded words are still encoded. */
  readonly value: string;
}

const lineFeed = 0x0a;
const mostFields = 2_000;

/** Reads headers until a blank line or something that is none. Takes time in proportion to their length. */
export function readHeaders(bytes: Buffer, start: number, end: number): Headers {
  const fields: { name: string; pieces: string[] }[] = [];
  let at = start;
  while (at < end) {
    const stop = bytes.indexOf(lineFeed, at);
    const next = stop === -1 || stop >= end ? end : stop + 1;
    const line = bytes.subarray(at, next);
    const first = line[0];
    if (first === lineFeed || (first === 0x0d && line[1] === lineFeed))
      return { fields: finish(fields), bodyStart: next };
    if (first === 0x20 || first === 0x09) {
      fields.at(-1)?.pieces.push(textOf(line));
    } else {
      const colon = line.indexOf(0x3a);
      const name = colon > 0 && colon < 200 ? line.subarray(0, colon).toString('latin1').trimEnd() : '';
      if (/^[!-9;-~]+$/u.test(name)) {
        if (fields.length < mostFields)
          fields.push({ name: name.toLowerCase(), pieces: [textOf(line.subarray(colon + 1))] });
      } else if (!isForgivable(line, at === start)) {
        // Something that is no header and no blank line: the body begins here without one.
        return { fields: finish(fields), bodyStart: fields.length === 0 ? start : at };
      }
    }
    at = next;
  }
  return { fields: finish(fields), bodyStart: end };
}

/** The line that mailbox files begin with, and its quoted form. */
function isForgivable(line: Buffer, isFirst: boolean): boolean {
  return isFirst && /^>?From /u.test(line.subarray(0, 6).toString('latin1'));
}

function textOf(bytes: Buffer): string {
  return decodeText(bytes, '').text.replaceAll(/[\r\n]+/gu, '');
}

function finish(fields: readonly { name: string; pieces: readonly string[] }[]): HeaderField[] {
  return fields.map(({ name, pieces }) => ({ name, value: pieces.join('').trim() }));
}
