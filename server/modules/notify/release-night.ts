import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { nightHold } from './personal-notices.ts';
import { channelStore } from './store-channels.ts';
import { deliveryStore } from './store-deliveries.ts';
import { deliverDuty } from './tell-ticket.ts';

const recentMs = 3 * 86_400_000;

/** Sends in the morning what was held for the night and belongs to no incident; what was decided meanwhile is held on. */
export async function releaseNight({
  transact,
  clock,
  demonstration,
}: {
  transact: Transact<'notify'>;
  clock: Clock;
  demonstration: boolean;
}): Promise<void> {
  await transact(async (unit) => {
    const now = clock.now();
    const deliveries = deliveryStore(unit.db);
    const held = await deliveries.heldForNight(new Date(now.getTime() - recentMs));
    let released = 0;
    for (const { id, channelId } of held) {
      const channel = await channelStore(unit.db).get(channelId);
      if (channel === null || (await nightHold(unit, channel, { now, demonstration })) !== null) continue;
      await deliveries.release(id, now);
      released += 1;
    }
    if (released === 0) return;
    await unit.live('notify.delivery', null);
    await unit.wake(deliverDuty);
  });
}
