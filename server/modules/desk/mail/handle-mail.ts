import { v7 as uuid } from 'uuid';
import type { MailRecord } from './show-mail.ts';
import type { Doer, Language } from '#contract/words.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Unit } from '#platform/outbox.ts';
import { noSubject as en } from '#texts/en/mail.ts';
import { noSubject as fr } from '#texts/fr/mail.ts';
import { editTicket } from '../tickets/edit-ticket.ts';
import { holdTicket } from '../tickets/hold-ticket.ts';
import { mailDuty, type MailParts } from './mail-parts.ts';
import { filed } from './mail-step.ts';
import { openIn } from '../tickets/open-ticket.ts';
import { answerCame } from '../talk/say-message.ts';
import { showMail } from './show-mail.ts';
import { mailFacts, mailInStore, type MailInRow } from './store-mail-in.ts';
import { mailOutStore } from './store-mail-out.ts';
import { mailPeopleStore } from './store-mail-people.ts';
import { mailThreadStore } from './store-mail-threads.ts';
import { messageStore } from '../talk/store-messages.ts';
import { rearrangeStore } from '../talk/store-rearrange.ts';
import { ticketStore } from '../tickets/store-tickets.ts';

interface By {
  readonly who: Doer;
  readonly language: Language;
}

async function heldMail({ db }: Unit<'desk'>, id: string): Promise<MailInRow> {
  return (await mailInStore(db).hold(id)) ?? Promise.reject(new Refusal('not_found'));
}

function refuse(): never {
  throw new Refusal('not_in_this_state');
}

/** Reads a mail again that was set aside: what could not be read by an earlier version may be now. */
export async function readAgain(parts: MailParts, id: string, { language }: By): Promise<MailRecord> {
  await parts.transact(async (unit) => {
    const mail = await heldMail(unit, id);
    if (mail.state !== 'aside' || mail.cut) refuse();
    await mailInStore(unit.db).await(id, parts.clock.now());
    await unit.wake(mailDuty.takeIn);
  });
  return showMail(parts, id, language);
}

/** Opens a ticket of a mail that opened none. The mail itself is a file of it, because it may be unreadable. */
export async function mailToTicket(parts: MailParts, id: string, { who, language }: By): Promise<MailRecord> {
  const { transact, clock } = parts;
  await transact(async (unit) => {
    const mail = await heldMail(unit, id);
    if (mail.ticket_id !== null || mail.state === 'waiting') refuse();
    const at = clock.now();
    const person =
      mail.from_address === ''
        ? null
        : await mailPeopleStore(unit.db).ensure({ name: mail.from_name, address: mail.from_address }, language, at);
    const title = mail.subject === '' ? { en, fr } : { en: mail.subject, fr: mail.subject };
    const ticketId = await openIn(unit, {
      asked: {
        kind: 'request',
        title: title[language].slice(0, 300),
        description: '',
        cause: null,
        requesterId: person?.id ?? null,
        categoryId: null,
        teamId: null,
        assigneeId: null,
        tags: [],
        dueAt: null,
        source: 'mail',
      },
      cause: null,
      who,
      at,
    });
    const messageId = uuid();
    const facts = mailFacts.parse(mail.facts);
    await messageStore(unit.db).add({
      id: messageId,
      ticketId,
      homeId: ticketId,
      at: mail.received_at,
      who: { kind: 'outside', id: null, name: mail.from_name || mail.from_address || '?' },
      requesterId: person?.id ?? null,
      visibility: person === null ? 'note' : 'public',
      format: 'plain',
      body: facts.words,
      channel: 'mail',
    });
    const store = mailThreadStore(unit.db);
    await store.markMessage(messageId, { mailId: mail.message_id, rawId: mail.raw_id, folds: [], state: 'received' });
    await store.addFile({
      id: uuid(),
      ticketId,
      messageId,
      blobId: mail.raw_id,
      name: `${title[language].replaceAll(/[/\\\p{Cc}]/gu, ' ').slice(0, 80)}.eml`,
      contentId: '',
      at,
      byName: who.name,
    });
    await mailInStore(unit.db).toTicket(id, {
      ticketId,
      writtenId: messageId,
      steps: [filed('ticket_by_hand', who.name)],
    });
    await unit.live('desk.mail', id);
  });
  return showMail(parts, id, language);
}

/** Takes the writer of a mail in: it becomes their public word, and what they write next is one too. */
export function trustWriter(parts: MailParts, id: string, { who, language }: By): Promise<string> {
  const { transact, clock } = parts;
  return transact(async (unit) => {
    const mail = await heldMail(unit, id);
    if (mail.outcome !== 'note' || mail.written_id === null || mail.ticket_id === null || mail.from_address === '')
      refuse();
    const at = clock.now();
    const ticket = await holdTicket(unit, await rearrangeStore(unit.db).rootOf(mail.ticket_id));
    const person = await mailPeopleStore(unit.db).ensure(
      { name: mail.from_name, address: mail.from_address },
      language,
      at,
    );
    if (person.id !== ticket.requesterId) await rearrangeStore(unit.db).participate(ticket.id, [person.id]);
    await mailThreadStore(unit.db).publish(mail.written_id, person.id);
    await mailInStore(unit.db).addSteps(id, [filed('writer_trusted', who.name)], {
      standing: 'participant',
      outcome: 'reply',
    });
    await rearrangeStore(unit.db).recount([ticket.id]);
    await answerCame(unit, ticket, { who, at, language });
    await unit.live('desk.ticket', ticket.id);
    return ticket.id;
  });
}

/** Makes the first writer of a mail that was passed on the one who is helped; who passed it on goes on taking part. */
export async function adoptSender(parts: MailParts, id: string, { who, language }: By): Promise<string> {
  const found = await parts.transact(async (unit) => {
    const mail = await heldMail(unit, id);
    const { forwardedFrom } = mailFacts.parse(mail.facts);
    if (forwardedFrom === null || mail.ticket_id === null) refuse();
    const ticketId = await rearrangeStore(unit.db).rootOf(mail.ticket_id);
    const before = (await ticketStore(unit.db).get(ticketId))?.requesterId ?? null;
    const at = parts.clock.now();
    const person = await mailPeopleStore(unit.db).ensure(forwardedFrom, language, at);
    if (before !== null && before !== person.id) await rearrangeStore(unit.db).participate(ticketId, [before]);
    return { ticketId, requesterId: person.id };
  });
  await editTicket(parts, found.ticketId, { requesterId: found.requesterId }, who);
  return found.ticketId;
}

/** Sends a mail again that did not arrive. */
export function sendAgain(parts: MailParts, id: string): Promise<void> {
  return parts.transact(async (unit) => {
    const again = await mailOutStore(unit.db).again(id, parts.clock.now());
    if (again === null) throw new Refusal('not_found');
    await unit.live('desk.ticket', again.ticketId);
    await unit.wake(mailDuty.send);
  });
}
