import { level, ticketSource } from '#contract/desk.ts';
import { waitingFor, type TicketSheet } from '#contract/desk-words.ts';
import type { Doer, Language } from '#contract/words.ts';
import { Refusal } from '#platform/refusal.ts';
import type { DeskParts } from './hold-ticket.ts';
import { promisesNow } from '../levels/explain-promises.ts';
import { draftStore } from '../talk/store-drafts.ts';
import { messageStore } from '../talk/store-messages.ts';
import { rearrangeStore } from '../talk/store-rearrange.ts';
import { requesterStore } from './store-requesters.ts';
import { satisfactionStore } from '../portal/store-satisfaction.ts';
import { settingStore } from '../many/store-settings.ts';
import { ticketStore, type TicketRecord } from './store-tickets.ts';
import { workStore } from './store-work.ts';
import { movesOf } from './ticket-moves.ts';

function personOf(who: Doer | null): { id: string; name: string } | null {
  return who === null || who.id === null ? null : { id: who.id, name: who.name };
}

/** So much of the story comes with the sheet. */
const firstPage = 50;

/** What the ticket's own row tells, in the words of the contract. */
function rowOf(ticket: TicketRecord, language: Language) {
  return {
    number: ticket.number,
    kind: ticket.kind,
    title: ticket.title[language],
    state: ticket.state,
    priority: ticket.priority,
    priorityByHand: ticket.priorityByHand,
    priorityReason: ticket.priorityReason,
    impact: level.nullable().parse(ticket.impact),
    urgency: level.nullable().parse(ticket.urgency),
    thing: ticket.cause,
    assignee: personOf(ticket.assignee),
    tags: [...ticket.tags],
    openedAt: ticket.openedAt.toISOString(),
    dueAt: ticket.dueAt?.toISOString() ?? null,
    snoozedUntil: ticket.snoozedUntil?.toISOString() ?? null,
    waitingFor: waitingFor.nullable().parse(ticket.waitingFor),
    waitingReason: ticket.waitingReason,
    resolvedAt: ticket.resolvedAt?.toISOString() ?? null,
    causeText: ticket.causeText,
    remedyText: ticket.remedyText,
    workaround: ticket.workaround,
    alertCount: ticket.alertCount,
  };
}

/** What the ids in a ticket's row stand for. */
function lookUp({ db }: DeskParts, ticket: TicketRecord) {
  const settings = settingStore(db);
  const requesters = requesterStore(db);
  return Promise.all([
    ticket.requesterId === null ? null : requesters.get(ticket.requesterId),
    rearrangeStore(db)
      .participants(ticket.id)
      .then((ids) => requesters.some(ids)),
    ticket.categoryId === null ? null : settings.category(ticket.categoryId),
    ticket.teamId === null ? null : settings.team(ticket.teamId),
    ticket.mergedIntoId === null ? null : ticketStore(db).get(ticket.mergedIntoId),
  ]);
}

/** All that a ticket's page shows, in one answer; what is read does not wait for each other. */
export async function readSheet(
  parts: DeskParts,
  id: string,
  { me, language }: { me: string; language: Language },
): Promise<TicketSheet> {
  const { db, clock } = parts;
  const ticket = await ticketStore(db).get(id);
  if (ticket === null) throw new Refusal('not_found');
  const work = workStore(db);
  const rearranged = rearrangeStore(db);
  const [
    stream,
    drafts,
    present,
    plan,
    linked,
    watchers,
    checklist,
    spent,
    rearrangements,
    facts,
    promises,
    satisfaction,
    [requester, participants, category, team, merged],
  ] = await Promise.all([
    messageStore(db).stream(id, { limit: firstPage }, language),
    draftStore(db).ofTicket(id, me),
    draftStore(db).present(id, me, clock.now()),
    ticket.kind === 'change' ? work.plan(id) : null,
    work.links(id, language),
    work.watchers(id),
    work.checklist(id),
    work.times(id),
    rearranged.ofTicket(id, language),
    ticketStore(db).facts(id),
    promisesNow(parts, id, language),
    satisfactionStore(db).of(id),
    lookUp(parts, ticket),
  ]);
  return {
    id,
    ...rowOf(ticket, language),
    moves: ticket.mergedIntoId === null ? [...movesOf({ ...ticket, emergency: plan?.emergency === true })] : [],
    requester,
    participants,
    category: category === null ? null : { id: category.id, name: category.name[language] },
    team,
    source: ticketSource.parse(facts.source),
    promises,
    satisfaction,
    updatedAt: facts.updatedAt.toISOString(),
    mergedInto: merged === null ? null : { id: merged.id, number: merged.number, title: merged.title[language] },
    plan,
    ...linked,
    watchers,
    checklist,
    ...spent,
    rearrangements,
    messageCount: facts.messageCount,
    lastWord: facts.lastWord,
    stream,
    drafts,
    present,
  };
}
