import { v7 as uuid } from 'uuid';
import type { Message } from '#contract/desk-words.ts';
import type { Doer } from '#contract/words.ts';
import type { ReadMessage } from '#mail/message.ts';
import type { Unit } from '#platform/outbox.ts';
import { guessLanguage } from '#mail/guess-language.ts';
import { attachmentName as en } from '#texts/en/mail.ts';
import { attachmentName as fr } from '#texts/fr/mail.ts';
import { keepBytes } from '../talk/keep-bytes.ts';
import { mailThreadStore } from './store-mail-threads.ts';
import { messageStore } from '../talk/store-messages.ts';
import { searchStore } from '../finding/store-search.ts';
import type { TicketRecord } from '../tickets/store-tickets.ts';

/** More is not shown: the whole is kept as it came. */
const longestBody = 200_000;

/** The text of a mail and the stretches of it that are folded away. */
export function bodyOf({ text, folded }: Pick<ReadMessage, 'text' | 'folded'>): {
  readonly body: string;
  readonly folds: Message['folds'];
} {
  const passages = folded.passages.length === 0 ? [{ kind: 'visible' as const, text }] : folded.passages;
  const folds: Message['folds'] = [];
  let body = '';
  for (const passage of passages) {
    const room = longestBody - body.length;
    if (room <= 0) break;
    const from = body.length;
    body += passage.text.replaceAll('\u0000', '').slice(0, room).toWellFormed();
    if (passage.kind !== 'visible') folds.push({ from, to: body.length, kind: passage.kind });
  }
  return { body, folds };
}

function fileName({ name, type }: { readonly name: string; readonly type: string }, unnamed: string): string {
  if (name !== '') return name;
  const ending = /^(?:image|text|application)\/(?<ending>png|jpeg|gif|webp|html|calendar|pdf)$/u.exec(type)?.groups?.[
    'ending'
  ];
  return ending === undefined ? unnamed : `${unnamed}.${ending === 'calendar' ? 'ics' : ending}`;
}

/** Writes what a mail says to its ticket, with its files, in the transaction in which it is filed; the message's id. */
export async function writeMail(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  mail: {
    readonly homeId: string;
    readonly message: ReadMessage;
    readonly rawId: string;
    readonly who: Doer;
    readonly requesterId: string | null;
    readonly visibility: 'public' | 'note';
    readonly at: Date;
  },
): Promise<string> {
  const { db } = unit;
  const { message, who, at, visibility, requesterId } = mail;
  const id = uuid();
  const { body, folds } = bodyOf(message);
  await messageStore(db).add({
    id,
    ticketId: ticket.id,
    homeId: mail.homeId,
    at,
    who,
    requesterId,
    visibility,
    format: 'plain',
    body,
    channel: 'mail',
  });
  const store = mailThreadStore(db);
  await store.markMessage(id, { mailId: message.messageId, rawId: mail.rawId, folds, state: 'received' });
  const unnamed = guessLanguage(message.folded.visible) === 'en' ? en : fr;
  // What is folded away is searched too: what was passed on, or quoted from elsewhere, may stand nowhere else.
  const words: string[] = [message.subject, body];
  for (const [place, file] of message.attachments.entries()) {
    const name = fileName(file, unnamed(place + 1)).toWellFormed();
    const kept = await keepBytes(db, file.bytes, { name, at, searched: true });
    await store.addFile({
      id: uuid(),
      ticketId: ticket.id,
      messageId: id,
      blobId: kept.blobId,
      name,
      contentId: file.contentId,
      at,
      byName: who.name,
    });
    words.push(name, kept.words);
  }
  await searchStore(db).append(ticket.id, words.join(' '));
  await unit.publish('desk.messageAdded', {
    ticketId: ticket.id,
    messageId: id,
    number: ticket.number,
    visibility,
    fromRequester: requesterId !== null,
    by: who.name,
    tags: [...ticket.tags],
  });
  await unit.live('desk.ticket', ticket.id);
  return id;
}
