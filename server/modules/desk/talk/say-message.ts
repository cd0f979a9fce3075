import { v7 as uuid } from 'uuid';
import type { Message, TicketMove } from '#contract/desk-words.ts';
import type { Doer, Language } from '#contract/words.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Unit } from '#platform/outbox.ts';
import { holdTicket, type DeskParts } from '../tickets/hold-ticket.ts';
import { moveIn } from '../tickets/move-ticket.ts';
import { queueAnswer } from '../mail/queue-mail.ts';
import { draftStore } from './store-drafts.ts';
import { fileStore } from './store-files.ts';
import { messageStore } from './store-messages.ts';
import { rearrangeStore } from './store-rearrange.ts';
import { requesterStore } from '../tickets/store-requesters.ts';
import { searchStore } from '../finding/store-search.ts';
import type { TicketRecord } from '../tickets/store-tickets.ts';
import { workStore } from '../tickets/store-work.ts';
import { isOver } from '../tickets/ticket-moves.ts';

/** Something that is said in a ticket. */
export interface Saying {
  readonly messageId?: string | undefined;
  readonly visibility: Message['visibility'];
  readonly format: Message['format'];
  readonly body: string;
  readonly channel: Message['channel'];
  readonly draftId?: string | undefined;
  readonly attachmentIds: readonly string[];
  readonly mentionIds: readonly string[];
  readonly asRequester: boolean;
  readonly move?: TicketMove | undefined;
}

async function authorOf(unit: Unit<'desk'>, ticket: TicketRecord, saying: Saying, who: Doer) {
  const requesterId = saying.asRequester ? ticket.requesterId : null;
  if (requesterId === null) return { author: who, requesterId: null };
  const requester = await requesterStore(unit.db).get(requesterId);
  if (requester === null) return { author: who, requesterId: null };
  const kind = requester.personId === null ? ('outside' as const) : ('person' as const);
  return { author: { kind, id: requester.personId, name: requester.name }, requesterId };
}

async function tellMentioned(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  { messageId, personIds, who, at }: { messageId: string; personIds: readonly string[]; who: Doer; at: Date },
): Promise<void> {
  if (personIds.length === 0) return;
  const work = workStore(unit.db);
  // Whoever is mentioned follows the ticket from then on, and hears of it.
  await work.watch(ticket.id, personIds, true);
  const known = new Set((await work.watchers(ticket.id)).map(({ id }) => id));
  const mentioned = [...new Set(personIds)].filter((id) => known.has(id) && id !== who.id);
  if (mentioned.length === 0) return;
  await messageStore(unit.db).mention(messageId, ticket.id, mentioned, at);
  await unit.publish('desk.mentioned', {
    ticketId: ticket.id,
    messageId,
    number: ticket.number,
    by: who.name,
    personIds: mentioned,
  });
  await unit.live('desk.mention', ticket.id, { personIds: mentioned });
}

/**
 * Writes a message to a ticket, in a transaction that is under way. What is written to a ticket that was merged away is
 * read in the one that stayed, and goes home with it when the merge is undone.
 */
export async function sayIn(
  unit: Unit<'desk'>,
  ticketId: string,
  { saying, who, at, language }: { saying: Saying; who: Doer; at: Date; language: Language },
): Promise<string> {
  const messages = messageStore(unit.db);
  const ticket = await holdTicket(unit, await rearrangeStore(unit.db).rootOf(ticketId));
  const { author, requesterId } = await authorOf(unit, ticket, saying, who);
  const id = saying.messageId ?? uuid();
  const isNew = await messages.add({
    id,
    ticketId: ticket.id,
    homeId: ticketId,
    at,
    who: author,
    requesterId,
    visibility: saying.visibility,
    format: saying.format,
    body: saying.body,
    channel: saying.channel,
  });
  if (saying.draftId !== undefined) await draftStore(unit.db).end(saying.draftId, who.id ?? '', at, saying.body);
  if (!isNew) {
    // Somebody else's message of the same id is not shown to whoever guessed it.
    if ((await messages.among(ticket.id, [id])).length === 0) throw new Refusal('not_found');
    return id;
  }
  const words = await fileStore(unit.db).give(saying.attachmentIds, id, who.id ?? '');
  await searchStore(unit.db).append(ticket.id, [saying.body, ...words].join(' '));
  await tellMentioned(unit, ticket, { messageId: id, personIds: saying.mentionIds, who, at });
  await unit.publish('desk.messageAdded', {
    ticketId: ticket.id,
    messageId: id,
    number: ticket.number,
    visibility: saying.visibility,
    fromRequester: requesterId !== null,
    by: author.name,
    tags: [...ticket.tags],
  });
  if (saying.visibility === 'public' && requesterId === null)
    await queueAnswer(unit, { ticketId: ticket.id, messageId: id, who, at });
  if (saying.move !== undefined) await moveIn(unit, ticket, { move: saying.move, who, at, language });
  else if (requesterId !== null) await answerCame(unit, ticket, { who: author, at, language });
  await unit.live('desk.ticket', ticket.id);
  return id;
}

/** A requester who answers ends the waiting for them, and opens again what was thought to be over. */
export async function answerCame(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  { who, at, language }: { who: Doer; at: Date; language: Language },
): Promise<void> {
  const waited = ticket.state === 'waiting' && ticket.waitingFor === 'requester';
  const over = ticket.state === 'solved' || (isOver(ticket.state) && ticket.mergedIntoId === null);
  if (!waited && !over) return;
  if (ticket.kind === 'change' && over) return;
  const to = isOver(ticket.state) && ticket.state === 'cancelled' ? 'open' : 'in_progress';
  await moveIn(unit, ticket, { move: { to, reason: '' }, who, at, language });
}

/** Answers publicly, or writes an internal note. */
export async function say(
  { db, transact, clock }: DeskParts,
  ticketId: string,
  saying: Saying,
  { who, language }: { who: Doer; language: Language },
): Promise<Message> {
  const id = await transact((unit) => sayIn(unit, ticketId, { saying, who, at: clock.now(), language }));
  return (await messageStore(db).get(id)) ?? Promise.reject(new Refusal('not_found'));
}
