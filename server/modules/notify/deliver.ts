import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Vault } from '#platform/vault.ts';
import { stopOf } from './due-notices.ts';
import { nextTry, type Outcome } from './retry.ts';
import { sendMail, type MailServerAccess } from './send-mail.ts';
import { sendWebhook } from './send-webhook.ts';
import { channelStore, mailServerStore, type ChannelRecord } from './store-channels.ts';
import { deliveryStore, type ClaimedDelivery, type HeldFor } from './store-deliveries.ts';
import { runReader } from './store-runs.ts';
import { ticketReader } from './store-tickets.ts';
import { mailServerUse, urlUse } from './vault-uses.ts';
import { wordNotice } from './wording.ts';

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
export async function mailServerAccess({ db, vault }: DeliverParts): Promise<MailServerAccess | null> {
  const server = await mailServerStore(db).get();
  if (server === null) return null;
  const { passwordSealed, ...rest } = server;
  return { ...rest, password: passwordSealed === null ? null : vault.unseal(passwordSealed, mailServerUse) };
}

/** Words one notice in its channel's language and sends it. */
export async function send(
  parts: DeliverParts,
  channel: ChannelRecord,
  delivery: Pick<ClaimedDelivery, 'id' | 'notice' | 'ticketId' | 'at'>,
  signal: AbortSignal,
): Promise<Outcome> {
  const { language } = channel;
  const { id: deliveryId, notice, ticketId, at } = delivery;
  const wording = wordNotice(notice, language, parts.publicUrl);
  if (channel.urlSealed !== null) {
    const url = new URL(parts.vault.unseal(channel.urlSealed, urlUse(channel.id)));
    return sendWebhook({ deliveryId, url, notice, wording, language, at }, signal);
  }
  const server = await mailServerAccess(parts);
  if (server === null) return { end: 'later', reason: 'no_mail_server', detail: '' };
  return sendMail(server, { deliveryId, ticketId, to: channel.destination, wording, language, at }, signal);
}

/** Why a notice that waited is not sent any more. */
async function holdOf(
  { db, demonstration }: DeliverParts,
  channel: ChannelRecord | null,
  { about, ticketId, notice }: ClaimedDelivery,
): Promise<HeldFor | null> {
  if (channel === null) return 'removed';
  const stop = stopOf({ ...channel, demonstration });
  if (stop !== null) return stop;
  if (notice.about === 'approval') return (await runReader(db).isDecided(notice.runId)) ? 'decided' : null;
  if (about !== 'reminder' || ticketId === null) return null;
  const ticket = await ticketReader(db).get(ticketId);
  const lasts = ticket?.state === 'open' || ticket?.state === 'in_progress';
  return lasts && ticket.acknowledgedAt === null ? null : 'acknowledged';
}

/** Writes down how a trial ended, and says so. */
function writeDown(
  { transact, clock }: DeliverParts,
  delivery: ClaimedDelivery,
  { channel, outcome }: { channel: ChannelRecord; outcome: Outcome },
): Promise<void> {
  return transact(async (unit) => {
    const deliveries = deliveryStore(unit.db);
    const now = clock.now();
    const { id, about, ticketId, attempts, at } = delivery;
    if (outcome.end === 'delivered') {
      await deliveries.delivered(id, outcome.detail, now);
      await unit.publish('notify.delivered', { deliveryId: id, ticketId, channel: channel.name, about });
    } else if (outcome.end === 'refused') {
      await deliveries.failed(id, outcome.reason, outcome.detail);
    } else {
      const nextAt = nextTry(at, attempts, now);
      if (nextAt === null) await deliveries.failed(id, 'gave_up', outcome.detail);
      else await deliveries.later(delivery, { reason: outcome.reason, answer: outcome.detail, nextAt });
    }
    await unit.live('notify.delivery', id, { ticketId });
  });
}

async function deliverOne(parts: DeliverParts, delivery: ClaimedDelivery, signal: AbortSignal): Promise<void> {
  const channel = await channelStore(parts.db).get(delivery.channelId);
  const hold = await holdOf(parts, channel, delivery);
  if (channel === null || hold !== null) {
    await parts.transact(async (unit) => {
      await deliveryStore(unit.db).held(delivery.id, hold ?? 'removed');
      await unit.live('notify.delivery', delivery.id, { ticketId: delivery.ticketId });
    });
    return;
  }
  const outcome = await send(parts, channel, delivery, signal);
  await writeDown(parts, delivery, { channel, outcome });
}

/** Sends what is due, a piece of it; returns how many were tried. */
export async function deliverDue(parts: DeliverParts, signal: AbortSignal): Promise<number> {
  const claimed = await deliveryStore(parts.db).claim(parts.clock.now());
  await Promise.all(claimed.map((delivery) => deliverOne(parts, delivery, signal)));
  return claimed.length;
}
