import { setTimeout as wait } from 'node:timers/promises';
import { fetchNew, TakeFailed, type FetchOutcome, type FetchParts, type MailboxMark } from './fetch-mailbox.ts';
import { imapTrouble, openImap, type ImapAccess } from './imap-access.ts';

export interface WatchParts extends FetchParts {
  /** Asked before each connection, because tokens expire and settings change. When it throws, `onError` is told. */
  readonly access: () => Promise<ImapAccess>;
  readonly mark: () => Promise<MailboxMark>;
  /** Told of each go, good or bad. */
  readonly onFetch: (outcome: FetchOutcome) => void;
  /** Told when the caller's own `take` or `keep` failed; the message is tried again. */
  readonly onError: (error: unknown) => void;
  /** The mailbox is looked into at least this often, whatever the server tells (some tell nothing). */
  readonly pollEveryMs: number;
}

const firstPauseMs = 1_000;
const longestPauseMs = 5 * 60_000;

/**
 * Watches a mailbox until `signal` says stop: takes in what is new, then waits for the server to say that there is more
 * (RFC 2177, IDLE) or for the next round. A broken connection is opened again, after pauses that grow.
 */
export async function watchMailbox(parts: WatchParts, signal: AbortSignal): Promise<void> {
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    try {
      await watchOnce(parts, signal, () => (pauseMs = firstPauseMs));
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof TakeFailed) parts.onError(error.cause);
      else parts.onFetch({ outcome: 'failed', ...imapTrouble(error) });
    }
    await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

const nothing = (): void => undefined;

async function watchOnce(parts: WatchParts, signal: AbortSignal, onWell: () => void): Promise<void> {
  const access = await parts.access().catch((cause: unknown) => {
    throw new TakeFailed('what opens the mailbox could not be had', { cause });
  });
  const client = await openImap(access, parts.mostMessageBytes);
  const stop = (): void => client.close();
  signal.addEventListener('abort', stop);
  try {
    let isMore = true;
    let wake = nothing;
    client.on('exists', () => {
      isMore = true;
      wake();
    });
    client.on('close', () => wake());
    while (client.usable && !signal.aborted) {
      isMore = false;
      const outcome = await fetchNew(client, access, await parts.mark(), parts, signal);
      parts.onFetch(outcome);
      onWell();
      if (isMore || outcome.taken > 0) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, parts.pollEveryMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        // The folder stays open after its lock is released; what comes in is told by "exists".
        void client.idle({ whenFree: true }).catch(() => wake());
      });
    }
  } finally {
    signal.removeEventListener('abort', stop);
    client.close();
  }
}
