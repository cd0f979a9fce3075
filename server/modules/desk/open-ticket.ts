import { v7 as uuid } from 'uuid';
import type { Ticket } from '#contract/desk.ts';
import type { Doer, ThingRef } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Needs } from './needs.ts';
import { storyStore } from './store-story.ts';
import { ticketStore } from './store-tickets.ts';
import { ticketFact } from './ticket-fact.ts';

interface Parts {
  readonly transact: Transact<'desk'>;
  readonly clock: Clock;
  readonly needs: Needs;
}

/** Opens an incident by hand. It has no cause key: what a person saw and what a check sees are not merged unasked. */
export async function openTicket(
  { transact, clock, needs }: Parts,
  asked: { title: string; priority: Ticket['priority']; description: string; cause: ThingRef | null },
  who: Doer,
): Promise<string> {
  const [cause] = asked.cause === null ? [] : await needs.namedThings([asked.cause]);
  if (asked.cause !== null && cause === undefined) throw new Refusal('not_found');
  return transact(async (unit) => {
    const id = uuid();
    const now = clock.now();
    const tickets = ticketStore(unit.db);
    const title = { en: asked.title, fr: asked.title };
    await tickets.add({
      id,
      title,
      priority: asked.priority,
      cause: cause ?? null,
      causeKey: null,
      failingSince: now,
      openedAt: now,
      silenced: false,
    });
    await tickets.change(id, { priorityByHand: true });
    await storyStore(unit.db).tell(id, {
      at: now,
      who,
      said: { code: 'opened_by_hand', data: { description: asked.description } },
    });
    const ticket = await tickets.get(id);
    if (ticket === null) throw new Refusal('not_found');
    const summary = { en: asked.description, fr: asked.description };
    await unit.publish('desk.incidentOpened', { ...ticketFact(ticket), summary, silenced: false });
    await unit.live('desk.ticket', id);
    return id;
  });
}
