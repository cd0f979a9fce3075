import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Needs } from '../needs.ts';
import { ticketStore, type TicketRecord } from './store-tickets.ts';
import { isOver } from './ticket-moves.ts';

/** What the desk's acts work with. */
export interface DeskParts {
  readonly db: Database<'desk'>;
  readonly transact: Transact<'desk'>;
  readonly clock: Clock;
  readonly needs: Needs;
}

/** Holds a ticket until the end of the transaction. */
export async function holdTicket({ db }: Unit<'desk'>, id: string): Promise<TicketRecord> {
  const ticket = await ticketStore(db).hold(id);
  if (ticket === null) throw new Refusal('not_found');
  return ticket;
}

/** Holds a ticket that is still worked on. */
export async function holdOpen(unit: Unit<'desk'>, id: string): Promise<TicketRecord> {
  const ticket = await holdTicket(unit, id);
  if (isOver(ticket.state)) throw new Refusal('already_resolved', { number: ticket.number });
  return ticket;
}
