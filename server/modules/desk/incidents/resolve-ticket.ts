import type { Doer } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { holdOpen } from '../tickets/hold-ticket.ts';
import { outageSeconds } from './incident.ts';
import { searchStore } from '../finding/store-search.ts';
import { storyStore } from '../tickets/store-story.ts';
import { ticketStore, type TicketRecord } from '../tickets/store-tickets.ts';
import { ticketFact } from '../tickets/ticket-fact.ts';

interface Said {
  readonly causeText: string;
  readonly remedyText: string;
  readonly solutionId: string | null;
}

/** Resolves an incident or a problem, in a transaction that is under way and holds it. */
export async function resolveIn(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  { said, who, at }: { said: Said; who: Doer; at: Date },
): Promise<void> {
  const { causeText, remedyText, solutionId } = said;
  const { id } = ticket;
  const story = storyStore(unit.db);
  const isIncident = ticket.kind === 'incident';
  const seconds = isIncident ? outageSeconds(ticket.failingSince, ticket.goodSince) : null;
  await ticketStore(unit.db).change(id, {
    state: 'resolved',
    resolvedAt: at,
    resolvedBy: who,
    causeText,
    remedyText,
    solutionId,
    snoozedUntil: null,
    waitingFor: null,
    waitingReason: '',
  });
  await story.tell(id, {
    at,
    who,
    said: { code: 'resolved', data: { cause: causeText, remedy: remedyText, outageSeconds: seconds } },
  });
  if (isIncident)
    await unit.publish('desk.incidentResolved', {
      ...ticketFact(ticket),
      by: who.name,
      goodSince: ticket.goodSince?.toISOString() ?? null,
      outageSeconds: seconds,
      causeText,
      remedyText,
      solutionId,
      runbookIds: await story.goodRunbooks(id),
    });
  await searchStore(unit.db).rebuild([id]);
  await unit.live('desk.ticket', id);
}

/** A person agrees that it is resolved, and says why it failed and what helped. */
export function resolveTicket(
  { transact, clock }: { transact: Transact<'desk'>; clock: Clock },
  id: string,
  said: Said,
  who: Doer,
): Promise<void> {
  return transact(async (unit) => resolveIn(unit, await holdOpen(unit, id), { said, who, at: clock.now() }));
}
