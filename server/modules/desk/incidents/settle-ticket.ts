import type { FactDraft, Unit } from '#platform/outbox.ts';
import { outageSeconds, settle, workingState } from './incident.ts';
import { alertStore, type AlertRecord } from './store-alerts.ts';
import { storyStore, type Told } from '../tickets/store-story.ts';
import { ticketStore, type TicketChange, type TicketRecord } from '../tickets/store-tickets.ts';
import { ticketFact, vigie } from '../tickets/ticket-fact.ts';

/** A ticket to be looked at, and the alert because of which. */
export interface Touched {
  readonly ticketId: string;
  readonly alert: AlertRecord;
  readonly at: Date;
}

interface Step {
  readonly change: TicketChange;
  readonly said: Told['said'];
  readonly fact: FactDraft;
}

/** Brings tickets into the state that their alerts ask for. A ticket that several alerts touch is looked at once. */
export async function settleTickets(unit: Unit<'desk'>, all: readonly Touched[]): Promise<void> {
  const touched = new Map(all.map((each) => [each.ticketId, each]));
  const tickets = ticketStore(unit.db);
  const held = await tickets.holdAll([...touched.keys()]);
  const sums = await alertStore(unit.db).sums([...held.keys()]);
  const steps: (Step & { readonly ticketId: string; readonly at: Date })[] = [];
  for (const { ticketId, alert, at } of touched.values()) {
    const ticket = held.get(ticketId);
    if (ticket === undefined) continue;
    const sum = sums.get(ticketId) ?? { all: 0, open: 0, failingSince: null, goodSince: null };
    const failingSince = sum.failingSince ?? ticket.failingSince;
    const goodSince = sum.open === 0 ? sum.goodSince : null;
    const step = stepOf({ ...ticket, failingSince, goodSince }, settle(ticket.state, sum), { alert, at });
    await tickets.change(ticketId, { failingSince, goodSince, ...step?.change });
    if (step !== null) steps.push({ ...step, ticketId, at });
  }
  await storyStore(unit.db).tellAll(steps.map(({ ticketId, at, said }) => ({ ticketId, at, who: vigie, said })));
  await unit.publishAll(steps.map(({ fact }) => fact));
  await unit.liveAll([...held.keys()].map((id) => ({ topic: 'desk.ticket', id })));
}

function stepOf(
  ticket: TicketRecord,
  step: 'solve' | 'reopen' | 'stay',
  { alert, at }: { readonly alert: AlertRecord; readonly at: Date },
): Step | null {
  if (step === 'stay') return null;
  if (step === 'solve') {
    const goodSince = ticket.goodSince ?? at;
    const seconds = outageSeconds(ticket.failingSince, goodSince) ?? 0;
    const payload = { ...ticketFact(ticket), goodSince: goodSince.toISOString(), outageSeconds: seconds };
    return {
      change: { state: 'solved', goodSince },
      said: { code: 'solved', data: { outageSeconds: seconds } },
      fact: { name: 'desk.incidentSolved', payload },
    };
  }
  const taken = ticket.acknowledgedAt !== null || ticket.assignee !== null;
  const data = { check: alert.checkName, target: alert.target.name, summary: alert.summary };
  return {
    change: { state: workingState(taken), round: ticket.round + 1 },
    said: { code: 'reopened', data },
    fact: { name: 'desk.incidentReopened', payload: { ...ticketFact(ticket), summary: alert.summary } },
  };
}
