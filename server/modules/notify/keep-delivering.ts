import { deliverDue, type DeliverParts } from './deliver.ts';
import { deliveryStore } from './store-deliveries.ts';

const longestSleepMs = 30_000;
const shortestSleepMs = 100;

/** Delivers until the signal aborts: at once when woken, else when the next notice is due. */
export async function keepDelivering(
  parts: DeliverParts & { readonly onWake: (listener: () => void, signal: AbortSignal) => void },
  signal: AbortSignal,
): Promise<void> {
  let woken = Promise.withResolvers<void>();
  parts.onWake(() => woken.resolve(), signal);
  signal.addEventListener('abort', () => woken.resolve(), { once: true });
  while (!signal.aborted) {
    // Before looking, so that what is written while we look wakes us again.
    woken = Promise.withResolvers();
    if ((await deliverDue(parts, signal)) > 0) continue;
    const next = await deliveryStore(parts.db).nextAt();
    if (signal.aborted) return;
    const now = parts.clock.now().getTime();
    const sleepMs = next === null ? longestSleepMs : Math.max(shortestSleepMs, next.getTime() - now);
    const timer = setTimeout(() => woken.resolve(), Math.min(longestSleepMs, sleepMs));
    await woken.promise;
    clearTimeout(timer);
  }
}
