import type { Fact } from '#contract/facts.ts';
import { mayDo } from '#contract/permission.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { channelKinds } from './channel-kinds.ts';
import { stopOf } from './due-notices.ts';
import type { Notice } from './notice.ts';
import { tellPersons } from './personal-notices.ts';
import { channelStore } from './store-channels.ts';
import { deliveryStore } from './store-deliveries.ts';
import { peopleReader } from './store-routes.ts';
import { deliverDuty } from './tell-ticket.ts';
import { wordNotice } from './wording.ts';

interface Parts {
  readonly transact: Transact<'notify'>;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly demonstration: boolean;
}

/**
 * Tells whoever may approve a run, by their own channels, and the channels that belong to nobody and are told of
 * everything. Not the person who proposed it: another has to decide. A safe run starts by itself and asks nobody.
 */
export async function askApproval(
  { transact, clock, publicUrl, demonstration }: Parts,
  { payload }: Fact<'upkeep.runProposed'>,
): Promise<void> {
  if (payload.safe) return;
  await transact(async (unit) => {
    const { runId, runbookName, host, by, byId, incidentId } = payload;
    const notice: Notice = {
      about: 'approval',
      runId,
      runbook: runbookName,
      host: host.name,
      by,
      ticketId: incidentId,
    };
    const told = { about: 'approval', subjectId: runId, round: 1, ticketId: incidentId, notice } as const;
    const now = clock.now();
    const approvers = [...(await peopleReader(unit.db).persons())].filter(
      ([id, { active, role, name }]) =>
        // A fact from before ids were told knows the name only.
        active && mayDo(role, 'upkeep.approve') && (byId === undefined ? name !== by : id !== byId),
    );
    const channels = await channelStore(unit.db).all();
    // Who may approve and has no channel is no fault worth a line for each run.
    const reached = approvers.flatMap(([id]) => (channels.some(({ personId }) => personId === id) ? id : []));
    await tellPersons(unit, reached, told, { now, publicUrl, demonstration });
    for (const channel of channels.filter(({ everything, personId }) => everything && personId === null))
      await deliveryStore(unit.db).write({
        ...told,
        channel,
        subject: wordNotice(notice, channel.language, publicUrl).subject,
        hold: stopOf({ active: channel.active, demonstration }),
        because: [[{ code: 'everything', name: '' }]],
        at: now,
      });
    await unit.live('notify.delivery', null, { runId });
    await unit.wake(deliverDuty);
  });
}

type Decided = Pick<Fact<'upkeep.runApproved'>['payload'], 'runId' | 'runbookName' | 'host' | 'incidentId'>;

/**
 * A service that keeps a state was asked, and would go on asking: it is told that the run waits no more. People are not,
 * who see what became of it.
 */
export async function closeApproval(
  { transact, clock, publicUrl, demonstration }: Parts,
  { payload }: { readonly payload: Decided },
): Promise<void> {
  const { runId, runbookName, host, incidentId: ticketId } = payload;
  await transact(async (unit) => {
    const deliveries = deliveryStore(unit.db);
    const asked = new Set(await deliveries.askedToApprove(runId));
    const notice: Notice = { about: 'decided', runId, runbook: runbookName, host: host.name, ticketId };
    for (const channel of await channelStore(unit.db).all()) {
      if (!asked.has(channel.id) || !channelKinds[channel.kind].tellsTaking) continue;
      await deliveries.write({
        about: 'decided',
        subjectId: runId,
        round: 1,
        ticketId,
        notice,
        channel,
        subject: wordNotice(notice, channel.language, publicUrl).subject,
        hold: stopOf({ active: channel.active, demonstration }),
        because: [[{ code: 'everything', name: '' }]],
        at: clock.now(),
      });
      await unit.live('notify.delivery', null, { runId });
    }
    await unit.wake(deliverDuty);
  });
}
