import type { TicketState } from '#contract/desk.ts';
import type { TicketMove } from '#contract/desk-words.ts';
import type { Doer, Language } from '#contract/words.ts';
import type { Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import * as en from '#texts/en/desk.ts';
import * as fr from '#texts/fr/desk.ts';
import { holdTicket, type DeskParts } from './hold-ticket.ts';
import { resolveIn } from '../incidents/resolve-ticket.ts';
import { storyStore } from './store-story.ts';
import { causeStore } from '../incidents/store-causes.ts';
import { ticketStore, type TicketChange, type TicketRecord } from './store-tickets.ts';
import { workStore } from './store-work.ts';
import { ticketFact } from './ticket-fact.ts';
import { isOver, movesOf } from './ticket-moves.ts';

const words = { en, fr };

function refuseMove(ticket: TicketRecord, to: TicketState, moves: readonly TicketState[], language: Language): never {
  const { kinds, states } = words[language];
  throw new Refusal('move_not_legal', {
    kind: kinds[ticket.kind] ?? ticket.kind,
    from: states[ticket.state] ?? ticket.state,
    to: states[to] ?? to,
    moves: moves.map((state) => states[state] ?? state).join(', ') || '–',
  });
}

/** Whether what a step needs was given, and who may take it. */
async function guardMove(unit: Unit<'desk'>, ticket: TicketRecord, move: TicketMove, who: Doer): Promise<void> {
  const { to, reason } = move;
  const work = workStore(unit.db);
  if (to === 'cancelled' && reason.trim() === '') throw new Refusal('reason_missing');
  if (ticket.state === 'approval' && to === 'open' && reason.trim() === '') throw new Refusal('reason_missing');
  // What a check opened is ended by agreeing on its cause, never by hiding it.
  if (ticket.alertCount > 0 && to === 'cancelled') throw new Refusal('cause_is_open');
  if (ticket.openAlertCount > 0 && to === 'solved') throw new Refusal('cause_is_open');
  if (to === 'approved' && (await work.askedApproval(ticket.id)) === who.id) throw new Refusal('own_approval');
  if (ticket.kind === 'change' && to === 'resolved' && reason.trim() === '') throw new Refusal('reason_missing');
  const reopens = isOver(ticket.state);
  if (reopens && ticket.mergedIntoId !== null) throw new Refusal('already_resolved', { number: ticket.number });
  if (reopens && ticket.causeKey !== null && (await causeStore(unit.db).openOf([ticket.causeKey])).size > 0)
    throw new Refusal('cause_is_open');
}

async function keepPlan(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  move: TicketMove,
  who: Doer,
  at: Date,
): Promise<void> {
  if (ticket.kind !== 'change') return;
  const work = workStore(unit.db);
  if (move.to === 'approved') await work.approvePlan(ticket.id, { id: who.id ?? '', name: who.name }, at);
  // What goes back to planning has to be agreed to again.
  if (move.to === 'open') await work.approvePlan(ticket.id, null, at);
  if (ticket.state === 'review' && move.to === 'resolved') await work.reviewPlan(ticket.id, who.name, move.reason, at);
}

function changeFor(ticket: TicketRecord, { to, reason, waitingFor }: TicketMove, who: Doer, at: Date): TicketChange {
  const over = isOver(to);
  return {
    state: to,
    waitingFor: to === 'waiting' ? (waitingFor ?? 'other') : null,
    waitingReason: to === 'waiting' ? reason : '',
    resolvedAt: over ? at : null,
    resolvedBy: over ? who : null,
    ...(over ? { snoozedUntil: null } : {}),
    ...(isOver(ticket.state) ? { round: ticket.round + 1, goodSince: null } : {}),
    ...(ticket.acknowledgedAt === null && ticket.kind === 'incident' && to === 'in_progress'
      ? { acknowledgedAt: at, acknowledgedBy: who }
      : {}),
  };
}

async function publishMove(unit: Unit<'desk'>, ticket: TicketRecord, move: TicketMove, who: Doer): Promise<void> {
  const { id, number, kind, state } = ticket;
  await unit.publish('desk.ticketMoved', { ticketId: id, number, kind, from: state, to: move.to, by: who.name });
  if (kind !== 'incident') return;
  if (isOver(state)) {
    const summary = { en: move.reason, fr: move.reason };
    await unit.publish('desk.incidentReopened', { ...ticketFact(ticket), summary });
  } else if (ticket.acknowledgedAt === null && move.to === 'in_progress')
    await unit.publish('desk.incidentAcknowledged', { ...ticketFact(ticket), by: who.name });
}

/** Takes a ticket one step further, in a transaction that is under way and holds it. */
export async function moveIn(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  { move, who, at, language }: { move: TicketMove; who: Doer; at: Date; language: Language },
): Promise<void> {
  const { to } = move;
  if (to === ticket.state) return;
  const plan = ticket.kind === 'change' ? await workStore(unit.db).plan(ticket.id) : null;
  const moves = movesOf({ ...ticket, emergency: plan?.emergency === true });
  if (!moves.includes(to)) refuseMove(ticket, to, moves, language);
  await guardMove(unit, ticket, move, who);
  if (to === 'resolved' && (ticket.kind === 'incident' || ticket.kind === 'problem')) {
    const causeText = (move.causeText ?? ticket.causeText).trim();
    const remedyText = (move.remedyText ?? ticket.remedyText).trim();
    if (causeText === '' || remedyText === '') throw new Refusal('reason_missing');
    return resolveIn(unit, ticket, { said: { causeText, remedyText, solutionId: null }, who, at });
  }
  await ticketStore(unit.db).change(ticket.id, {
    ...changeFor(ticket, move, who, at),
    ...(move.causeText === undefined ? {} : { causeText: move.causeText }),
    ...(move.remedyText === undefined ? {} : { remedyText: move.remedyText }),
  });
  await keepPlan(unit, ticket, move, who, at);
  await storyStore(unit.db).tell(ticket.id, {
    at,
    who,
    said: {
      code: 'moved',
      data: {
        from: ticket.state,
        to,
        why: move.reason,
        waitingFor: to === 'waiting' ? (move.waitingFor ?? 'other') : null,
      },
    },
  });
  await publishMove(unit, ticket, move, who);
  await unit.live('desk.ticket', ticket.id);
}

/** Brings a ticket into another state, if its kind has that step. */
export function moveTicket(
  { transact, clock }: DeskParts,
  id: string,
  move: TicketMove,
  { who, language }: { who: Doer; language: Language },
): Promise<void> {
  return transact(async (unit) => {
    await moveIn(unit, await holdTicket(unit, id), { move, who, at: clock.now(), language });
  });
}
