import { parseAddresses, type MailAddress } from './read/addresses.ts';
import { clean } from './read/charset.ts';
import { decodeWords } from './read/header-text.ts';
import { readHeaders } from './read/headers.ts';
import { parseMessageIds } from './read/message-ids.ts';
import { headerValue } from './read/mime-parts.ts';

/** What can be said of a message that could not be read: enough to show which one it is. */
export interface Glance {
  readonly from: MailAddress | null;
  readonly subject: string;
  readonly messageId: string | null;
}

const mostBytes = 64 * 1024;

/** Looks at the beginning of a message's header alone. Never throws. */
export function glance(raw: Uint8Array): Glance {
  try {
    const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, mostBytes));
    const { fields } = readHeaders(head, 0, head.length);
    return {
      from: parseAddresses((headerValue(fields, 'from') ?? '').slice(0, 2_000))[0] ?? null,
      subject: clean(decodeWords((headerValue(fields, 'subject') ?? '').slice(0, 2_000)))
        .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
        .trim()
        .slice(0, 300),
      messageId: parseMessageIds((headerValue(fields, 'message-id') ?? '').slice(0, 2_000))[0] ?? null,
    };
  } catch {
    return { from: null, subject: '', messageId: null };
  }
}
