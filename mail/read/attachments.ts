import { createHash } from 'node:crypto';
import type { AttachedMessage, MailAttachment } from '../message.ts';
import { parseAddresses } from './addresses.ts';
import type { RawAttachment } from './bodies.ts';
import { decodeWords } from './header-text.ts';
import { readHeaders } from './headers.ts';
import { parseMessageIds } from './message-ids.ts';
import { headerValue } from './mime-parts.ts';

/** Endings of what a click would run on some system. */
const programs =
  /\.(?:exe|scr|com|bat|cmd|pif|msi|msp|msix|appx|jar|js|jse|vbs|vbe|wsf|wsh|ws|hta|ps1|psm1|lnk|url|scf|reg|cpl|dll|sys|inf|chm|hlp|iso|img|vhd|vhdx|one|xll|docm|dotm|xlsm|xltm|xlam|pptm|potm|ppam|sldm|app|dmg|pkg|command|sh|run|deb|rpm|apk)$/iu;
const programTypes =
  /^application\/(?:x-msdownload|x-msdos-program|x-dosexec|x-executable|x-sh|x-ms-installer|java-archive|hta|javascript|x-javascript)$/u;

/** Files as they are kept, with the images that the HTML held itself. */
export function finishAttachments(
  raw: readonly RawAttachment[],
  images: ReadonlyMap<string, { readonly type: string; readonly bytes: Buffer }>,
): MailAttachment[] {
  const own = [...images].map(([contentId, { type, bytes }]) => ({
    name: `${contentId}.${type.split('/')[1] ?? 'png'}`,
    type,
    bytes,
    contentId,
    isInline: true,
  }));
  return [...raw, ...own].map((file) => ({
    ...file,
    hash: createHash('sha256').update(file.bytes).digest('hex'),
    isProgram: programs.test(file.name) || programTypes.test(file.type),
    message: file.type === 'message/rfc822' || /\.eml$/iu.test(file.name) ? attachedMessage(file.bytes) : null,
  }));
}

const mostHeaderBytes = 256 * 1024;

function attachedMessage(bytes: Buffer): AttachedMessage {
  const { fields } = readHeaders(bytes, 0, Math.min(bytes.length, mostHeaderBytes));
  return {
    subject: decodeWords(headerValue(fields, 'subject') ?? '').slice(0, 500),
    from: parseAddresses(headerValue(fields, 'from') ?? ''),
    messageId: parseMessageIds(headerValue(fields, 'message-id') ?? '')[0] ?? null,
  };
}
