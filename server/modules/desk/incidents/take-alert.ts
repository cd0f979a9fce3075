import { v7 as uuid } from 'uuid';
import type { Fact, FactPayload } from '#contract/facts.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import type { Needs } from '../needs.ts';
import { higherPriority, priorityOf, type Priority } from '../tickets/priority.ts';
import { settleTicket } from './settle-ticket.ts';
import { alertStore, type AlertRecord } from './store-alerts.ts';
import { searchStore } from '../finding/store-search.ts';
import { storyStore } from '../tickets/store-story.ts';
import { ticketStore, type TicketRecord } from '../tickets/store-tickets.ts';
import { titleOf } from '../tickets/story-words.ts';
import { ticketFact, vigie } from '../tickets/ticket-fact.ts';
import { isOver } from '../tickets/ticket-moves.ts';

interface Parts {
  readonly transact: Transact<'desk'>;
  readonly needs: Needs;
}

/** When a cause takes thousands of checks with it, the story tells the first of them; the counts tell the rest. */
const mostToldAlerts = 50;

function alertOf(payload: FactPayload<'watch.alertRaised'>, at: Date): AlertRecord {
  const { alertId, checkId, checkName, checkKind, target, failingSince, summary } = payload;
  return {
    id: alertId,
    checkId,
    checkName,
    checkKind,
    target,
    failingSince: new Date(failingSince),
    raisedAt: at,
    goodSince: null,
    clearedAt: null,
    summary,
  };
}

function saidOf(alert: AlertRecord) {
  return { check: alert.checkName, target: alert.target.name, summary: alert.summary };
}

/**
 * A confirmed failure opens one incident for its cause, or joins the one that is open. What was heard of its end before
 * this is kept with the alert, so that a late beginning does not leave an incident open for ever.
 */
export async function takeAlert({ transact, needs }: Parts, fact: Fact<'watch.alertRaised'>): Promise<void> {
  const { payload } = fact;
  const priority = priorityOf(await needs.importanceOfAffected([payload.cause, payload.target]), payload.state);
  await transact.once(fact.id, 'desk.takeAlert', async (unit) => {
    const alert = await alertStore(unit.db).keep(alertOf(payload, fact.at));
    if (alert.ticketId !== null) return;
    const tickets = ticketStore(unit.db);
    await tickets.lockCause(payload.causeKey);
    const open = await heldOfCause(unit, payload.causeKey);
    const ticketId = open?.id ?? uuid();
    if (open === null) await openFor(unit, ticketId, { alert, payload, priority, at: fact.at });
    else await joinTo(unit, open, { alert, payload, priority, at: fact.at });
    await settleTicket(unit, ticketId, { alert, at: fact.at });
  });
}

interface Taken {
  readonly alert: AlertRecord;
  readonly payload: FactPayload<'watch.alertRaised'>;
  readonly priority: Priority;
  readonly at: Date;
}

async function openFor(unit: Unit<'desk'>, ticketId: string, { alert, payload, priority, at }: Taken): Promise<void> {
  const { cause, causeKey, summary, silenced } = payload;
  const tickets = ticketStore(unit.db);
  const added = await tickets.add({
    id: ticketId,
    title: titleOf(cause.name, summary),
    priority,
    cause,
    causeKey,
    failingSince: alert.failingSince,
    openedAt: at,
    silenced,
  });
  // The lock on the cause makes this impossible; the index would still hold. The job then runs again and joins.
  if (!added) throw new Error(`an incident of ${causeKey} was opened meanwhile`);
  await alertStore(unit.db).join(alert.id, ticketId);
  await storyStore(unit.db).tell(ticketId, {
    at,
    who: vigie,
    said: { code: 'opened_by_alert', data: { ...saidOf(alert), silenced } },
  });
  await searchStore(unit.db).rebuild([ticketId]);
  const ticket = await tickets.get(ticketId);
  if (ticket !== null) await unit.publish('desk.incidentOpened', { ...ticketFact(ticket), summary, silenced });
}

/** The cause's open incident, held. One that somebody resolved while we waited for it is open no more. */
async function heldOfCause({ db }: Unit<'desk'>, causeKey: string): Promise<TicketRecord | null> {
  const tickets = ticketStore(db);
  const id = await tickets.openOfCause(causeKey);
  const ticket = id === null ? null : await tickets.hold(id);
  return ticket === null || isOver(ticket.state) ? null : ticket;
}

async function joinTo(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  { alert, payload, priority, at }: Taken,
): Promise<void> {
  const { id: ticketId } = ticket;
  const tickets = ticketStore(unit.db);
  const story = storyStore(unit.db);
  await alertStore(unit.db).join(alert.id, ticketId);
  const higher = ticket.priorityByHand ? ticket.priority : higherPriority(ticket.priority, priority);
  await tickets.change(ticketId, { priority: higher, silenced: ticket.silenced && payload.silenced });
  if (ticket.state !== 'solved' && (await story.count(ticketId, 'alert_added')) < mostToldAlerts)
    await story.tell(ticketId, { at, who: vigie, said: { code: 'alert_added', data: saidOf(alert) } });
  if (higher !== ticket.priority) {
    const data = { from: ticket.priority, to: higher };
    await story.tell(ticketId, { at, who: vigie, said: { code: 'priority_changed', data } });
  }
}
