import type { FactPayload } from '#contract/facts.ts';
import type { Doer } from '#contract/words.ts';
import type { TicketRecord } from './store-tickets.ts';

/** Who does what no person does. */
export const vigie: Doer = { kind: 'vigie', id: null, name: 'Vigie' };

type Common = Omit<FactPayload<'desk.incidentAcknowledged'>, 'by'>;

/** What every fact about a ticket says of it. */
export function ticketFact(ticket: TicketRecord): Common {
  return {
    ticketId: ticket.id,
    number: ticket.number,
    title: ticket.title,
    priority: ticket.priority,
    cause: ticket.cause,
    causeKey: ticket.causeKey,
    failingSince: ticket.failingSince.toISOString(),
  };
}
