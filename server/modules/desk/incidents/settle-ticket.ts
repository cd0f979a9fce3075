import type { Unit } from '#platform/outbox.ts';
import { outageSeconds, settle, workingState } from './incident.ts';
import { alertStore, type AlertRecord } from './store-alerts.ts';
import { storyStore } from '../tickets/store-story.ts';
import { ticketStore, type TicketRecord } from '../tickets/store-tickets.ts';
import { ticketFact, vigie } from '../tickets/ticket-fact.ts';

/** Brings a ticket into the state that its alerts ask for; `alert` is the one because of which one looks. */
export async function settleTicket(
  unit: Unit<'desk'>,
  ticketId: string,
  { alert, at }: { alert: AlertRecord; at: Date },
): Promise<void> {
  const tickets = ticketStore(unit.db);
  const ticket = await tickets.hold(ticketId);
  if (ticket === null) return;
  const sum = await alertStore(unit.db).sumOf(ticketId);
  const failingSince = sum.failingSince ?? ticket.failingSince;
  const goodSince = sum.open === 0 ? sum.goodSince : null;
  await tickets.change(ticketId, { failingSince, goodSince });
  const now = { ...ticket, failingSince, goodSince };
  const step = settle(ticket.state, sum);
  if (step === 'solve') await solve(unit, now, at);
  else if (step === 'reopen') await reopen(unit, now, { alert, at });
  await unit.live('desk.ticket', ticketId);
}

async function solve(unit: Unit<'desk'>, ticket: TicketRecord, at: Date): Promise<void> {
  const goodSince = ticket.goodSince ?? at;
  const seconds = outageSeconds(ticket.failingSince, goodSince) ?? 0;
  await ticketStore(unit.db).change(ticket.id, { state: 'solved', goodSince });
  await storyStore(unit.db).tell(ticket.id, {
    at,
    who: vigie,
    said: { code: 'solved', data: { outageSeconds: seconds } },
  });
  await unit.publish('desk.incidentSolved', {
    ...ticketFact(ticket),
    goodSince: goodSince.toISOString(),
    outageSeconds: seconds,
  });
}

async function reopen(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  { alert, at }: { alert: AlertRecord; at: Date },
): Promise<void> {
  const taken = ticket.acknowledgedAt !== null || ticket.assignee !== null;
  await ticketStore(unit.db).change(ticket.id, { state: workingState(taken), round: ticket.round + 1 });
  const data = { check: alert.checkName, target: alert.target.name, summary: alert.summary };
  await storyStore(unit.db).tell(ticket.id, { at, who: vigie, said: { code: 'reopened', data } });
  await unit.publish('desk.incidentReopened', { ...ticketFact(ticket), summary: alert.summary });
}
