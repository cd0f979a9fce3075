import { MessageReader } from '#mail/message-reader.ts';
import { mailDuty, type MailParts } from './mail-parts.ts';
import { mailInStore } from './store-mail-in.ts';
import { takeIn } from './take-mail.ts';

const longestSleepMs = 30_000;
const shortestSleepMs = 50;
/** One is read while others are written. */
const mostAtOnce = 4;
/** One that was begun by a process that died comes again after this. */
const claimMs = 30_000;

/** Waits until woken or until it is time. */
async function sleep(woken: PromiseWithResolvers<void>, ms: number): Promise<void> {
  const timer = setTimeout(() => woken.resolve(), ms);
  await woken.promise;
  clearTimeout(timer);
}

/** Files mails that wait until the signal aborts: at once when woken, else when the next is due. */
export async function keepTaking(parts: MailParts, signal: AbortSignal): Promise<void> {
  const { db, clock, log } = parts;
  const store = mailInStore(db);
  let woken = Promise.withResolvers<void>();
  parts.onWake(mailDuty.takeIn, () => woken.resolve(), signal);
  signal.addEventListener('abort', () => woken.resolve(), { once: true });
  await using reader = new MessageReader();
  while (!signal.aborted) {
    woken = Promise.withResolvers();
    const now = clock.now();
    const rows = await store.claim(now, new Date(now.getTime() + claimMs), mostAtOnce);
    await Promise.all(
      rows.map((row) =>
        takeIn(parts, reader, row).catch((error: unknown) => {
          if (!signal.aborted) log.error({ mail: row.id, error }, 'a mail could not be filed; it is tried again');
        }),
      ),
    );
    if (rows.length === mostAtOnce || signal.aborted) continue;
    const next = await store.nextAt();
    const waitMs = next === null ? longestSleepMs : next.getTime() - clock.now().getTime();
    await sleep(woken, Math.min(longestSleepMs, Math.max(shortestSleepMs, waitMs)));
  }
}
