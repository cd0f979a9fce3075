import { actorOf, type Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { mayBecome } from './recommendation.ts';
import { recommendationStore, type StoredRecommendation } from './store-recommendation.ts';

interface Parts {
  readonly transact: Transact<'advice'>;
  readonly clock: Clock;
}

const stateAfter = { accept: 'accepted', done: 'done', decline: 'declined', reopen: 'open' } as const;

/** Accepts, declines and so on. */
export function decide(
  { transact, clock }: Parts,
  decision: {
    readonly what: keyof typeof mayBecome;
    readonly id: string;
    readonly reason?: string;
  },
  caller: Caller,
): Promise<StoredRecommendation> {
  const { what, id, reason = '' } = decision;
  return transact(async (unit) => {
    const store = recommendationStore(unit.db);
    const held = await store.hold(id);
    if (held === null) throw new Refusal('not_found');
    if (!mayBecome[what].includes(held.state)) throw new Refusal('not_in_this_state');
    await store.decide(id, {
      state: stateAfter[what],
      by: actorOf(caller).name,
      at: clock.now(),
      reason,
      declinedExtent: what === 'decline' ? held.extent : null,
    });
    await unit.live('advice.recommendation', id);
    return (await store.get(id)) ?? held;
  });
}
