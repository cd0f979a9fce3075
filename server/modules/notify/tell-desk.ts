import type { Fact } from '#contract/facts.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Notice } from './notice.ts';
import { tellPersons } from './personal-notices.ts';
import { deliverDuty } from './tell-ticket.ts';

interface Parts {
  readonly transact: Transact<'notify'>;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly demonstration: boolean;
}

function tell(
  { transact, clock, publicUrl, demonstration }: Parts,
  personIds: readonly string[],
  subjectId: string,
  notice: Extract<Notice, { about: 'promise' | 'mention' }>,
): Promise<void> {
  return transact(async (unit) => {
    const told = { about: notice.about, subjectId, round: 1, ticketId: notice.ticketId, notice };
    await tellPersons(unit, personIds, told, { now: clock.now(), publicUrl, demonstration });
    await unit.live('notify.delivery', null);
    await unit.wake(deliverDuty);
  });
}

/** Tells by their own channels whom a policy names that a promised time runs out. */
export function tellPromise(parts: Parts, { payload }: Fact<'desk.promiseNear'>): Promise<void> {
  const { ticketId, number, title, goal, dueAt, over, startedAt, stepId, personIds } = payload;
  return tell(parts, personIds, `${ticketId} ${goal} ${startedAt} ${stepId}`, {
    about: 'promise',
    ticketId,
    ticket: number,
    name: title,
    goal,
    dueAt,
    over,
  });
}

/** Tells whoever was named in a ticket. */
export function tellMention(parts: Parts, { payload }: Fact<'desk.mentioned'>): Promise<void> {
  const { ticketId, messageId, number, by, personIds } = payload;
  return tell(parts, personIds, messageId, { about: 'mention', ticketId, ticket: number, by });
}
