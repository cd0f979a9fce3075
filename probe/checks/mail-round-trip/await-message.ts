import { setTimeout as wait } from 'node:timers/promises';
import type { CheckContext } from '#probe/check-kind.ts';
import type { ImapSession } from '#probe/imap-session.ts';
import { findMessages, type FoundMessage } from './mailbox.ts';
import type { ProbeMessage } from './probe-message.ts';

// Some servers idle without telling news: it is looked again after so long in any case.
const idleMs = 5_000;
const pollMs = 1_000;

/** Waits for a message in the open folder, by IDLE where the server has it; undefined when the time is up. */
export async function awaitMessage(
  mailbox: ImapSession,
  { owner, token }: ProbeMessage,
  { nextUid, untilMs }: { readonly nextUid: number; readonly untilMs: number },
  { clock, signal }: CheckContext,
): Promise<FoundMessage | undefined> {
  for (;;) {
    await mailbox.must('NOOP', 'NOOP');
    const [found] = await findMessages(mailbox, owner, token, nextUid);
    const leftMs = untilMs - clock.nowMs();
    if (found !== undefined || leftMs <= 0) return found;
    if (mailbox.capabilities.has('IDLE')) await mailbox.idleUntil(clock.nowMs() + Math.min(idleMs, leftMs));
    // An aborted run is noticed by the next command.
    else await wait(Math.min(pollMs, leftMs), undefined, { signal }).catch(() => undefined);
  }
}
