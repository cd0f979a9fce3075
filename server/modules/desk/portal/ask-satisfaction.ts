import type { MailParts } from '../mail/mail-parts.ts';
import { queueSatisfaction } from '../mail/queue-mail.ts';
import { mailboxStore } from '../mail/store-mailboxes.ts';
import { requesterStore } from '../tickets/store-requesters.ts';
import { satisfactionStore } from './store-satisfaction.ts';

const hourMs = 3_600_000;
/** Whoever switches this on does not write to everybody who was ever helped: only what was resolved lately is asked about. */
const backHours = 48;
const mostAtOnce = 100;

/**
 * Asks requesters by mail whether they are satisfied, once for each ticket, some hours after it was resolved: one that is
 * opened again before is not asked about. What was said on the portal is not asked again.
 */
export async function askForSatisfaction(parts: MailParts, signal: AbortSignal): Promise<void> {
  const { db, transact, clock } = parts;
  const hours = (await mailboxStore(db).all()).flatMap(({ satisfactionHours }) => satisfactionHours ?? []);
  if (hours.length === 0) return;
  const now = clock.now();
  const from = new Date(now.getTime() - (Math.max(...hours) + backHours) * hourMs);
  const due = await satisfactionStore(db).due({ from, now, most: mostAtOnce });
  for (const { ticketId, requesterId, mailboxId, byProgram } of due) {
    if (signal.aborted) return;
    await transact(async (unit) => {
      const requester = await requesterStore(unit.db).get(requesterId);
      const mail = requester?.mail ?? null;
      if (requester === null || mail === null) return;
      // Two servers look at the same time: whoever writes the row asks.
      const outcome = byProgram ? 'program' : 'asked';
      if (!(await satisfactionStore(unit.db).note(ticketId, now, outcome)) || byProgram) return;
      const { name, language } = requester;
      const to = { name: name === mail ? '' : name, address: mail };
      await queueSatisfaction(unit, { ticketId, mailboxId, to, language }, now);
    });
  }
}
