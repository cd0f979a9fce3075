import type { Delivery } from '#contract/notify.ts';
import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { deliveryStore } from './store-deliveries.ts';
import { deliverDuty } from './tell-ticket.ts';

/** Has a notice that failed or waits tried now; what was delivered is not sent twice, and what is held has its reason. */
export function retryDelivery(
  { transact, clock }: { transact: Transact<'notify'>; clock: Clock },
  id: string,
  language: Language,
): Promise<Delivery> {
  return transact(async ({ db, live, wake }) => {
    const deliveries = deliveryStore(db);
    const before = await deliveries.get(id, language);
    if (before === null) throw new Refusal('not_found');
    if (!(await deliveries.retry(id, clock.now()))) throw new Refusal('not_in_this_state', { state: before.state });
    await live('notify.delivery', id, { ticketId: before.ticketId });
    await wake(deliverDuty);
    return (await deliveries.get(id, language)) ?? before;
  });
}
