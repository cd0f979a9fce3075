import { v7 as uuid } from 'uuid';
import type { Ticket } from '#contract/desk.ts';
import type { Doer } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { holdOpen } from './hold-ticket.ts';
import { workingState } from '../incidents/incident.ts';
import { messageStore, plainNote } from '../talk/store-messages.ts';
import { searchStore } from '../finding/store-search.ts';
import { storyStore } from './store-story.ts';
import { ticketStore, type TicketChange, type TicketRecord } from './store-tickets.ts';
import type { Said } from './story-words.ts';
import { ticketFact } from './ticket-fact.ts';

interface Parts {
  readonly transact: Transact<'desk'>;
  readonly clock: Clock;
}

/** The state of a ticket once somebody has it in hand; one that is proposed as resolved stays so. */
function takenState(state: Ticket['state']): Ticket['state'] {
  return state === 'open' ? workingState(true) : state;
}

/**
 * Takes an incident in hand: whoever says so has it from then on, and reminders stop. Who took it first stays who
 * acknowledged it; a second person who takes it becomes its assignee.
 */
export function acknowledge({ transact, clock }: Parts, id: string, who: Doer): Promise<void> {
  return transact(async (unit) => {
    const ticket = await holdOpen(unit, id);
    const isFirst = ticket.acknowledgedAt === null;
    const has = ticket.assignee?.id === who.id;
    if (!isFirst && has) return;
    const at = clock.now();
    await ticketStore(unit.db).change(id, {
      ...(isFirst ? { acknowledgedAt: at, acknowledgedBy: who } : {}),
      assignee: who,
      state: takenState(ticket.state),
    });
    const story = storyStore(unit.db);
    if (isFirst) await story.tell(id, { at, who, said: { code: 'acknowledged', data: undefined } });
    // That the first to take it has it goes without saying, unless it was somebody else's.
    if (!has && !(isFirst && ticket.assignee === null))
      await story.tell(id, { at, who, said: { code: 'assigned', data: { to: who.name } } });
    if (isFirst) await unit.publish('desk.incidentAcknowledged', { ...ticketFact(ticket), by: who.name });
    await unit.live('desk.ticket', id);
  });
}

/** Gives a ticket to an operator, or back to the queue. */
export function assign({ transact, clock }: Parts, id: string, personId: string | null, who: Doer): Promise<void> {
  return transact(async (unit) => {
    const ticket = await holdOpen(unit, id);
    const to = personId === null ? null : await storyStore(unit.db).assignable(personId);
    if (personId !== null && to === null) throw new Refusal('not_found');
    if ((ticket.assignee?.id ?? null) === personId) return;
    const state = to === null ? ticket.state : takenState(ticket.state);
    await ticketStore(unit.db).change(id, { assignee: to, state });
    await storyStore(unit.db).tell(id, {
      at: clock.now(),
      who,
      said: { code: 'assigned', data: { to: to?.name ?? null } },
    });
    await unit.live('desk.ticket', id);
  });
}

/** Adds a comment, as typed; a resolved ticket takes comments too. */
export function comment({ transact, clock }: Parts, id: string, text: string, who: Doer): Promise<void> {
  return transact(async (unit) => {
    const ticket = await ticketStore(unit.db).hold(id);
    if (ticket === null) throw new Refusal('not_found');
    await messageStore(unit.db).add({
      ...plainNote,
      id: uuid(),
      ticketId: id,
      homeId: id,
      at: clock.now(),
      who,
      body: text,
    });
    await searchStore(unit.db).append(id, text);
    await unit.publish('desk.commentAdded', { ticketId: id, number: ticket.number, by: who.name, text });
    await unit.live('desk.ticket', id);
  });
}

interface Wanted {
  readonly title?: string | undefined;
  readonly priority?: Ticket['priority'] | undefined;
  readonly causeText?: string | undefined;
  readonly remedyText?: string | undefined;
}

/** What a wanted change comes to: the fields that differ, and what the story says of them. */
export function changeOf(
  ticket: Pick<TicketRecord, 'title' | 'priority' | 'causeText' | 'remedyText'>,
  wanted: Wanted,
): { change: TicketChange; said: Said[] } {
  const said: Said[] = [];
  let change: TicketChange = {};
  const { title, priority, causeText, remedyText } = wanted;
  if (title !== undefined && (title !== ticket.title.en || title !== ticket.title.fr)) {
    change = { ...change, title: { en: title, fr: title } };
    said.push({ code: 'title_changed', data: { to: title } });
  }
  if (priority !== undefined && priority !== ticket.priority) {
    change = { ...change, priority, priorityByHand: true };
    said.push({ code: 'priority_changed', data: { from: ticket.priority, to: priority } });
  }
  const cause = causeText === undefined || causeText === ticket.causeText ? null : causeText;
  const remedy = remedyText === undefined || remedyText === ticket.remedyText ? null : remedyText;
  if (cause !== null) change = { ...change, causeText: cause };
  if (remedy !== null) change = { ...change, remedyText: remedy };
  if (cause !== null || remedy !== null) said.push({ code: 'cause_written', data: { cause, remedy } });
  return { change, said };
}

/** Changes what a person may change of a ticket; a title said by a person is the same in both languages. */
export function changeTicket({ transact, clock }: Parts, id: string, wanted: Wanted, who: Doer): Promise<void> {
  return transact(async (unit) => {
    const ticket = await holdOpen(unit, id);
    const { change, said } = changeOf(ticket, wanted);
    if (said.length === 0) return;
    await ticketStore(unit.db).change(id, change);
    const at = clock.now();
    for (const one of said) await storyStore(unit.db).tell(id, { at, who, said: one });
    await searchStore(unit.db).rebuild([id]);
    await unit.live('desk.ticket', id);
  });
}
