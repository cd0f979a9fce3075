import type { Log } from '#platform/log.ts';
import { deliverNext, type DeliverParts } from './deliver.ts';
import { queueStore } from './store-queue.ts';

const longestSleepMs = 30_000;
const shortestSleepMs = 100;
/** So many channels are sent to at once; a slow one holds up nobody but itself. */
const mostLanes = 24;

interface Parts extends DeliverParts {
  readonly onWake: (listener: () => void, signal: AbortSignal) => void;
  readonly log: Log;
}

/**
 * Delivers until the signal aborts: at once when woken, else when the next notice is due. Each channel has a lane of its
 * own, and one message at a time, so that its notices arrive in their order.
 */
export async function keepDelivering(parts: Parts, signal: AbortSignal): Promise<void> {
  const lanes = new Map<string, Promise<void>>();
  const queue = queueStore(parts.db);
  let woken = Promise.withResolvers<void>();
  parts.onWake(() => woken.resolve(), signal);
  signal.addEventListener('abort', () => woken.resolve(), { once: true });
  const start = (channelId: string): void => {
    const work = deliverNext(parts, channelId, signal)
      .catch((error: unknown) => {
        // What it claimed is tried again when the claim has run out.
        if (!signal.aborted) parts.log.error({ channelId, error }, 'a notice could not be handled');
      })
      .finally(() => {
        lanes.delete(channelId);
        woken.resolve();
      });
    lanes.set(channelId, work);
  };
  while (!signal.aborted) {
    // Before looking, so that what is written while we look wakes us again.
    woken = Promise.withResolvers();
    const due = await queue.dueChannels(parts.clock.now(), [...lanes.keys()], mostLanes - lanes.size);
    due.forEach(start);
    const next = await queue.nextAt([...lanes.keys()]);
    if (signal.aborted) break;
    const sleepMs =
      next === null ? longestSleepMs : Math.max(shortestSleepMs, next.getTime() - parts.clock.now().getTime());
    const timer = setTimeout(() => woken.resolve(), Math.min(longestSleepMs, sleepMs));
    await woken.promise;
    clearTimeout(timer);
  }
  await Promise.all(lanes.values());
}
