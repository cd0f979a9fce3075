import type { MailReading } from '#contract/desk-mail-words.ts';
import { mailPage, type MailPage } from '#mail/html/mail-page.ts';
import { usualLimits, type MailAttachment, type ReadMessage } from '#mail/message.ts';
import type { Database } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import { fileKind, previewOf } from '../talk/file-kind.ts';
import { bytesOf } from '../talk/keep-bytes.ts';
import type { ReadingRoom } from './reading-room.ts';
import { mailListStore } from './store-mail-lists.ts';

interface Parts {
  readonly db: Database<'desk'>;
  readonly room: ReadingRoom;
}

const mostLinks = 200;
/** Of all images that are shown within one mail. */
const mostImageBytes = 12_000_000;

/** Reads a filed mail anew from its own bytes: nothing of it is stored twice, and what reads it may get better. */
async function readAnew({ db, room }: Parts, id: string): Promise<ReadMessage> {
  const raw = await mailListStore(db).raw(id);
  if (raw === null) throw new Refusal('not_found');
  if (!(await mailListStore(db).readable(id))) throw new Refusal('not_in_this_state');
  const outcome = await room.read(await bytesOf(db, raw.blobId, usualLimits.mostBytes));
  if (outcome.outcome === 'quarantined') throw new Refusal('not_in_this_state');
  return outcome.message;
}

/** What a mail says. */
export async function readMail(parts: Parts, id: string): Promise<MailReading> {
  const message = await readAnew(parts, id);
  return {
    text: message.text,
    textFrom: message.textFrom,
    html: message.html,
    remoteImages: message.remoteImages,
    folded: /data-fold="(?:quoted|signature|disclaimer)"/u.test(message.html ?? ''),
    links: message.links
      .slice(0, mostLinks)
      .map(({ text, target, host, isDeceptive }) => ({ text, target, host, deceptive: isDeceptive })),
    attachments: message.attachments.map(({ name, type, bytes, contentId, isProgram }) => ({
      name,
      type,
      sizeBytes: bytes.length,
      contentId,
      runs: isProgram,
    })),
  };
}

/** Only pictures by their own first bytes, never what somebody calls one; no drawing, which may hold more than a picture. */
function imagesOf(attachments: readonly MailAttachment[]): (id: string) => string | null {
  let room = mostImageBytes;
  return (id) => {
    const found = attachments.find(({ contentId, name }) => contentId === id || name === id);
    if (found === undefined) return null;
    const bytes = Buffer.from(found.bytes.buffer, found.bytes.byteOffset, found.bytes.byteLength);
    const kind = fileKind(bytes.subarray(0, 4_096), found.name);
    if (previewOf(kind) !== 'image' || bytes.length > room) return null;
    room -= bytes.length;
    return `data:${kind.type};base64,${bytes.toString('base64')}`;
  };
}

/** A page that shows a mail's HTML; null when it has none. */
export async function showMailPage(
  parts: Parts,
  id: string,
  wish: {
    readonly language: string;
    readonly remoteImages: boolean;
    readonly folded: boolean;
    readonly dark: boolean;
  },
): Promise<MailPage | null> {
  const message = await readAnew(parts, id);
  if (message.html === null) return null;
  return mailPage(message.html, { ...wish, title: message.subject, imageOf: imagesOf(message.attachments) });
}
