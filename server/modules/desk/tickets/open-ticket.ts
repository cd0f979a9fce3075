import { v7 as uuid } from 'uuid';
import type { Level, Ticket, TicketKind } from '#contract/desk.ts';
import type { Requester } from '#contract/desk-words.ts';
import type { Doer, ThingRef } from '#contract/words.ts';
import type { Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { DeskParts } from './hold-ticket.ts';
import { priorityFrom } from './priority.ts';
import { messageStore } from '../talk/store-messages.ts';
import { requesterStore } from './store-requesters.ts';
import { searchStore } from '../finding/store-search.ts';
import { settingStore } from '../many/store-settings.ts';
import { storyStore } from './store-story.ts';
import { ticketStore, type TicketRecord } from './store-tickets.ts';
import { ticketFact } from './ticket-fact.ts';

/** A ticket that somebody opens. */
export interface TicketAsked {
  readonly id?: string | undefined;
  readonly kind: TicketKind;
  readonly title: string;
  readonly priority?: Ticket['priority'] | undefined;
  readonly impact?: Level | undefined;
  readonly urgency?: Level | undefined;
  readonly description: string;
  readonly cause: ThingRef | null;
  readonly requesterId: string | null;
  readonly categoryId: string | null;
  readonly teamId: string | null;
  readonly assigneeId: string | null;
  readonly tags: readonly string[];
  readonly dueAt: string | null;
  /** What a mail says is written to its ticket by whoever takes mail in. */
  readonly source: 'hand' | 'quick' | 'mail' | 'portal' | 'api';
}

async function lookedUp({ db }: Unit<'desk'>, asked: TicketAsked) {
  const settings = settingStore(db);
  const requester = asked.requesterId === null ? null : await requesterStore(db).get(asked.requesterId);
  const category = asked.categoryId === null ? null : await settings.category(asked.categoryId);
  const team = asked.teamId === null ? null : await settings.team(asked.teamId);
  const assignee = asked.assigneeId === null ? null : await storyStore(db).assignable(asked.assigneeId);
  const missing =
    (asked.requesterId !== null && requester === null) ||
    (asked.categoryId !== null && category === null) ||
    (asked.teamId !== null && team === null) ||
    (asked.assigneeId !== null && assignee === null);
  if (missing) throw new Refusal('not_found');
  return { requester, assignee, teamId: team?.id ?? category?.teamId ?? null };
}

/**
 * What was said of it, as the requester's own word where there is one, else as the beginning of its story. Returns the
 * message's text; empty when there is no message.
 */
async function writeBeginning(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  asked: TicketAsked,
  { who, requester }: { who: Doer; requester: Requester | null },
): Promise<string> {
  const { id, openedAt: at, requesterId } = ticket;
  const asMessage = requesterId !== null && asked.description.trim() !== '';
  await storyStore(unit.db).tell(id, {
    at,
    who,
    said:
      asked.kind === 'incident'
        ? { code: 'opened_by_hand', data: { description: asMessage ? '' : asked.description } }
        : { code: 'opened_ticket', data: { kind: asked.kind } },
  });
  if (asked.source === 'mail' || asked.description.trim() === '' || (!asMessage && asked.kind === 'incident'))
    return '';
  await messageStore(unit.db).add({
    id: uuid(),
    ticketId: id,
    homeId: id,
    at,
    who:
      requester === null
        ? who
        : { kind: requester.personId === null ? 'outside' : 'person', id: requester.personId, name: requester.name },
    requesterId,
    visibility: requesterId === null ? 'note' : 'public',
    format: 'plain',
    body: asked.description,
    channel: asked.source === 'portal' ? 'portal' : asked.source === 'api' ? 'api' : 'phone',
  });
  return asked.description;
}

/**
 * Opens a ticket, in a transaction that is under way. An incident opened by a person has no cause key: what a person saw
 * and what a check sees are not merged unasked. One that was opened under this id before stays as it is.
 */
export async function openIn(
  unit: Unit<'desk'>,
  { asked, cause, who, at }: { asked: TicketAsked; cause: TicketRecord['cause']; who: Doer; at: Date },
): Promise<string> {
  const id = asked.id ?? uuid();
  const tickets = ticketStore(unit.db);
  if (asked.id !== undefined && (await tickets.get(id)) !== null) return id;
  const { requester, assignee, teamId } = await lookedUp(unit, asked);
  const title = { en: asked.title, fr: asked.title };
  const ticket = await tickets.add(
    {
      id,
      kind: asked.kind,
      source: asked.source,
      title,
      priority: asked.priority ?? priorityFrom(asked.impact ?? null, asked.urgency ?? null),
      cause,
      causeKey: null,
      failingSince: at,
      openedAt: at,
      silenced: false,
    },
    {
      priorityByHand: asked.priority !== undefined || asked.kind === 'incident',
      impact: asked.impact ?? null,
      urgency: asked.urgency ?? null,
      requesterId: requester?.id ?? null,
      categoryId: asked.categoryId,
      teamId,
      assignee,
      tags: [...new Set(asked.tags)],
      dueAt: asked.dueAt === null ? null : new Date(asked.dueAt),
      ...(assignee === null ? {} : { state: 'in_progress' as const }),
    },
  );
  if (ticket === null) throw new Error('a ticket that a person opens has no cause that another could have');
  const said = await writeBeginning(unit, ticket, asked, { who, requester });
  const names = [asked.title, cause?.name, requester?.name, requester?.mail, ...ticket.tags];
  await searchStore(unit.db).begin(ticket, [...names, said].filter(Boolean).join(' '));
  const summary = { en: asked.description, fr: asked.description };
  if (asked.kind === 'incident')
    await unit.publish('desk.incidentOpened', { ...ticketFact(ticket), summary, silenced: false });
  else
    await unit.publish('desk.ticketOpened', {
      ticketId: id,
      number: ticket.number,
      kind: asked.kind,
      title: asked.title,
      priority: ticket.priority,
    });
  await unit.live('desk.ticket', id);
  return id;
}

/** Opens a ticket by hand. `then` is done in the same transaction, to one that was not there before. */
export async function openTicket(
  { transact, clock, needs }: DeskParts,
  asked: TicketAsked,
  who: Doer,
  then?: (unit: Unit<'desk'>, id: string) => Promise<void>,
): Promise<string> {
  const [cause] = asked.cause === null ? [] : await needs.namedThings([asked.cause]);
  if (asked.cause !== null && cause === undefined) throw new Refusal('not_found');
  return transact(async (unit) => {
    const isKnown = asked.id !== undefined && (await ticketStore(unit.db).get(asked.id)) !== null;
    const id = await openIn(unit, { asked, cause: cause ?? null, who, at: clock.now() });
    if (!isKnown) await then?.(unit, id);
    return id;
  });
}
