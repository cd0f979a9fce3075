import type { Doer } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { outageSeconds } from './incident.ts';
import { storyStore } from './store-story.ts';
import { ticketStore } from './store-tickets.ts';
import { ticketFact } from './ticket-fact.ts';

/** A person agrees that it is resolved, and says why it failed and what helped. */
export function resolveTicket(
  { transact, clock }: { transact: Transact<'desk'>; clock: Clock },
  id: string,
  { causeText, remedyText, solutionId }: { causeText: string; remedyText: string; solutionId: string | null },
  who: Doer,
): Promise<void> {
  return transact(async (unit) => {
    const tickets = ticketStore(unit.db);
    const story = storyStore(unit.db);
    const ticket = await tickets.hold(id);
    if (ticket === null) throw new Refusal('not_found');
    if (ticket.state === 'resolved') throw new Refusal('already_resolved', { number: ticket.number });
    const at = clock.now();
    const seconds = outageSeconds(ticket.failingSince, ticket.goodSince);
    await tickets.change(id, {
      state: 'resolved',
      resolvedAt: at,
      resolvedBy: who,
      causeText,
      remedyText,
      solutionId,
    });
    await story.tell(id, {
      at,
      who,
      said: { code: 'resolved', data: { cause: causeText, remedy: remedyText, outageSeconds: seconds } },
    });
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
    await unit.live('desk.ticket', id);
  });
}
