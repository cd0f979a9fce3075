import type { Fact } from '#contract/facts.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { stopOf } from './due-notices.ts';
import type { Notice } from './notice.ts';
import { channelStore } from './store-channels.ts';
import { deliveryStore } from './store-deliveries.ts';
import { deliverDuty } from './tell-ticket.ts';
import { wordNotice } from './wording.ts';

/** Tells every channel that is told of everything that a run waits for approval; a safe one starts by itself and asks nobody. */
export async function askApproval(
  {
    transact,
    clock,
    publicUrl,
    demonstration,
  }: { transact: Transact<'notify'>; clock: Clock; publicUrl: string; demonstration: boolean },
  { payload }: Fact<'upkeep.runProposed'>,
): Promise<void> {
  if (payload.safe) return;
  await transact(async (unit) => {
    const { runId, runbookName, host, by, incidentId } = payload;
    const notice: Notice = {
      about: 'approval',
      runId,
      runbook: runbookName,
      host: host.name,
      by,
      ticketId: incidentId,
    };
    for (const channel of (await channelStore(unit.db).all()).filter(({ everything }) => everything)) {
      await deliveryStore(unit.db).write({
        channel,
        about: 'approval',
        subjectId: runId,
        round: 1,
        ticketId: incidentId,
        notice,
        subject: wordNotice(notice, channel.language, publicUrl).subject,
        hold: stopOf({ active: channel.active, demonstration }),
        because: [[{ code: 'everything', name: '' }]],
        at: clock.now(),
      });
    }
    await unit.live('notify.delivery', null, { runId });
    await unit.wake(deliverDuty);
  });
}
