import { mailDuty, type MailParts } from './mail-parts.ts';
import { sendOne } from './send-mail.ts';
import { mailOutStore } from './store-mail-out.ts';

const longestSleepMs = 30_000;
const shortestSleepMs = 100;
const mostAtOnce = 4;
/** Longer than an attempt can take; one that was begun by a process that died comes again after this. */
const claimMs = 180_000;

/** Sends mails that wait until the signal aborts: at once when woken, else when the next is due. */
export async function keepSending(parts: MailParts, signal: AbortSignal): Promise<void> {
  const { db, clock, log } = parts;
  const store = mailOutStore(db);
  const running = new Set<Promise<void>>();
  let woken = Promise.withResolvers<void>();
  parts.onWake(mailDuty.send, () => woken.resolve(), signal);
  signal.addEventListener('abort', () => woken.resolve(), { once: true });
  while (!signal.aborted) {
    woken = Promise.withResolvers();
    const now = clock.now();
    const room = mostAtOnce - running.size;
    const mails = room === 0 ? [] : await store.claim(now, new Date(now.getTime() + claimMs), room);
    for (const mail of mails) {
      const work: Promise<void> = sendOne(parts, mail, signal)
        .catch((error: unknown) => {
          if (!signal.aborted) log.error({ mail: mail.id, error }, 'a mail could not be handled; it is tried again');
        })
        .finally(() => {
          running.delete(work);
          woken.resolve();
        });
      running.add(work);
    }
    const next = running.size >= mostAtOnce ? null : await store.nextAt();
    if (signal.aborted) break;
    const waitMs = next === null ? longestSleepMs : next.getTime() - clock.now().getTime();
    const timer = setTimeout(() => woken.resolve(), Math.min(longestSleepMs, Math.max(shortestSleepMs, waitMs)));
    await woken.promise;
    clearTimeout(timer);
  }
  await Promise.all(running);
}
