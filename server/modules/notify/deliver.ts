import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import type { Vault } from '#platform/vault.ts';
import { askService } from './ask-service.ts';
import type { Means, Message } from './channel-kind.ts';
import { channelKinds } from './channel-kinds.ts';
import { clearSettings } from './channel-secrets.ts';
import { stopOf } from './due-notices.ts';
import { reachOf } from './keep-channel.ts';
import { messageOf } from './message.ts';
import { packNotices } from './pack-notices.ts';
import { nextTry, type Outcome } from './retry.ts';
import type { MailServerAccess } from './send-mail.ts';
import { channelStore, mailServerStore, type ChannelRecord } from './store-channels.ts';
import type { HeldFor } from './store-deliveries.ts';
import { queueStore, type QueuedDelivery } from './store-queue.ts';
import { runReader } from './store-runs.ts';
import { ticketReader } from './store-tickets.ts';
import { mailServerUse } from './vault-uses.ts';

export interface DeliverParts {
  readonly db: Database<'notify'>;
  readonly transact: Transact<'notify'>;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly publicUrl: string;
  /** Nothing leaves the demonstration. */
  readonly demonstration: boolean;
}

/** The mail server with its password; null while none is set. */
export async function mailServerAccess({
  db,
  vault,
}: Pick<DeliverParts, 'db' | 'vault'>): Promise<MailServerAccess | null> {
  const server = await mailServerStore(db).get();
  if (server === null) return null;
  const { passwordSealed, ...rest } = server;
  return { ...rest, password: passwordSealed === null ? null : vault.unseal(passwordSealed, mailServerUse) };
}

/** Sends one message by its channel. */
export function send(
  parts: DeliverParts,
  channel: ChannelRecord,
  message: Message,
  signal: AbortSignal,
): Promise<Outcome> {
  const means: Means = {
    signal,
    mailServer: () => mailServerAccess(parts),
    ask: (asked, reading) =>
      askService(asked, {
        reach: reachOf(channel),
        signal,
        clock: parts.clock,
        ...(reading === undefined ? {} : { reading }),
      }),
  };
  return channelKinds[channel.kind].send({ ...clearSettings(parts.vault, channel) }, message, means);
}

/** Why a notice that waited is not sent any more. */
async function holdOf(
  db: Database<'notify'>,
  { about, ticketId, notice, channelId }: QueuedDelivery,
): Promise<HeldFor | null> {
  if (notice.about === 'approval') return (await runReader(db).isDecided(notice.runId)) ? 'decided' : null;
  if (notice.about === 'decided') return (await queueStore(db).wasAsked(channelId, notice.runId)) ? null : 'decided';
  if (about !== 'reminder' || ticketId === null) return null;
  const ticket = await ticketReader(db).get(ticketId);
  const lasts = ticket?.state === 'open' || ticket?.state === 'in_progress';
  return lasts && ticket.acknowledgedAt === null ? null : 'acknowledged';
}

interface Claimed {
  readonly channel: ChannelRecord;
  readonly notices: readonly [QueuedDelivery, ...QueuedDelivery[]];
}

/** Takes from a channel's queue what is true no more, and claims what is sent now. */
async function claimOf(
  { db, live }: Unit<'notify'>,
  channelId: string,
  { now, demonstration }: { now: Date; demonstration: boolean },
): Promise<Claimed | null> {
  const queue = queueStore(db);
  const waiting = await queue.ofChannel(channelId, now);
  if (waiting.length === 0) return null;
  const channel = await channelStore(db).get(channelId);
  const stop = channel === null ? 'removed' : stopOf({ active: channel.active, demonstration });
  if (channel === null || stop !== null) {
    await queue.held(
      waiting.map(({ id }) => id),
      stop ?? 'removed',
    );
    await live('notify.delivery', null);
    return null;
  }
  const left: QueuedDelivery[] = [];
  for (const one of waiting) {
    const hold = await holdOf(db, one);
    if (hold === null) left.push(one);
    else await queue.held([one.id], hold);
  }
  const since = new Date(now.getTime() - channel.stormMinutes * 60_000);
  const { digests } = channelKinds[channel.kind];
  const limits = { notices: channel.stormNotices, minutes: channel.stormMinutes, digests };
  const pack = packNotices(left, limits, await queue.sentSince(channelId, since), now);
  await queue.held(pack.overtaken, 'overtaken');
  if (left.length < waiting.length || pack.overtaken.length > 0) await live('notify.delivery', null);
  const head = left.find(({ id }) => !pack.overtaken.includes(id));
  if (pack.waitUntil !== null && head !== undefined) {
    const beside = left.filter(({ id }) => !pack.overtaken.includes(id)).map(({ id }) => id);
    await queue.postpone(head.id, pack.waitUntil, beside);
    await live('notify.delivery', head.id, { ticketId: head.ticketId });
  }
  const [first, ...others] = left.filter(({ id }) => pack.send.includes(id));
  if (first === undefined) return null;
  const notices = [first, ...others] as const;
  await queue.claim(
    notices.map(({ id }) => id),
    now,
  );
  return { channel, notices: [first, ...others] };
}

/** Writes down how a trial ended, and says so. */
function writeDown({ transact, clock }: DeliverParts, { channel, notices }: Claimed, outcome: Outcome): Promise<void> {
  return transact(async (unit) => {
    const queue = queueStore(unit.db);
    const now = clock.now();
    const [first] = notices;
    const ids = notices.map(({ id }) => id);
    if (outcome.end === 'delivered') {
      await queue.delivered(ids, outcome.detail, now, outcome.receipt ?? null);
      for (const { id, ticketId, about } of notices)
        await unit.publish('notify.delivered', { deliveryId: id, ticketId, channel: channel.name, about });
    } else if (outcome.end === 'refused') {
      await queue.failed(ids, outcome.reason, outcome.detail);
    } else {
      const nextAt = nextTry(first.at, first.attempts + 1, now, outcome.retryAfterMs);
      if (nextAt === null) await queue.failed(ids, 'gave_up', outcome.detail);
      else await queue.later({ ids, dueAt: first.dueAt }, { reason: outcome.reason, answer: outcome.detail, nextAt });
    }
    for (const ticketId of new Set(notices.map((notice) => notice.ticketId)))
      await unit.live('notify.delivery', first.id, { ticketId });
  });
}

/** Sends the next message to a channel; does nothing while another process does. */
export async function deliverNext(parts: DeliverParts, channelId: string, signal: AbortSignal): Promise<void> {
  const { transact, clock, demonstration, db, publicUrl } = parts;
  const claimed = await transact((unit) => claimOf(unit, channelId, { now: clock.now(), demonstration }));
  if (claimed === null) return;
  const { channel, notices } = claimed;
  const [first] = notices;
  const isOne = notices.length === 1 && first.ticketId !== null;
  const receipt = isOne && first.ticketId !== null ? await queueStore(db).receiptOf(channelId, first.ticketId) : null;
  const outcome = await send(
    parts,
    channel,
    messageOf(notices, { language: channel.language, publicUrl, receipt }),
    signal,
  );
  await writeDown(parts, claimed, outcome);
}
