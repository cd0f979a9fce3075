import { stripVTControlCharacters } from 'node:util';

/** Evidence kept of one run, in bytes. */
export const outputLimitBytes = 8192;

// Control characters but line feed and tab, bidirectional overrides, and the byte order mark.
const controls = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * Text from a target made safe to store and show: no control characters, no bidirectional overrides,
 * well-formed, and at most `limitBytes` of UTF-8 (an ellipsis marks the cut).
 */
export function sanitiseOutput(raw: string | Buffer, limitBytes = outputLimitBytes): string {
  // Only a little more than the limit is worth reading: a hostile target may send much.
  const text =
    typeof raw === 'string' ? raw.slice(0, limitBytes * 2) : raw.subarray(0, limitBytes * 2).toString('utf8');
  const clean = stripVTControlCharacters(text.toWellFormed()).replaceAll('\r\n', '\n').replace(controls, '\ufffd');
  if (Buffer.byteLength(clean) <= limitBytes) return clean;
  const bytes = Buffer.from(clean).subarray(0, limitBytes - 3);
  // A cut inside a character leaves U+FFFD at the end; it is taken away.
  return `${bytes.toString('utf8').replace(/\ufffd+$/u, '')}…`;
}
