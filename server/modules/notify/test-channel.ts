import { v7 as uuid } from 'uuid';
import type { Delivery } from '#contract/notify.ts';
import type { Language } from '#contract/words.ts';
import { Refusal } from '#platform/refusal.ts';
import { send, type DeliverParts } from './deliver.ts';
import type { Notice } from './notice.ts';
import type { Actor } from '#platform/caller.ts';
import { keptChannel } from './keep-channel.ts';
import { messageOf } from './message.ts';
import { deliveryStore } from './store-deliveries.ts';
import { claimMs, queueStore } from './store-queue.ts';
import { answerText, wordNotice } from './wording.ts';

/** Sends a test notice at once, once, even by a channel that is switched off; it is in the log like any other. */
export async function testChannel(
  parts: DeliverParts,
  { channelId, actor, language, signal }: { channelId: string; actor: Actor; language: Language; signal: AbortSignal },
): Promise<Delivery> {
  const { transact, clock, publicUrl } = parts;
  const channel = await keptChannel(parts, channelId, actor);
  const notice: Notice = { about: 'test', channel: channel.name };
  const at = clock.now();
  const id = await transact(({ db }) =>
    deliveryStore(db).write(
      {
        channel,
        about: 'test',
        subjectId: uuid(),
        round: 1,
        ticketId: null,
        notice,
        subject: wordNotice(notice, channel.language, publicUrl).subject,
        hold: parts.demonstration ? 'demonstration' : null,
        because: [],
        at,
      },
      new Date(at.getTime() + claimMs),
    ),
  );
  if (id === null) throw new Error('a test notice was there already');
  if (parts.demonstration) return kept(parts, id, language);
  const { subject } = wordNotice(notice, channel.language, publicUrl);
  const told = { id, notice, ticketId: null, at, subject };
  const message = messageOf([told], { language: channel.language, publicUrl, receipt: null });
  await transact(({ db }) => queueStore(db).claim([id], at));
  const outcome = await send(parts, channel, message, signal);
  await transact(async (unit) => {
    const queue = queueStore(unit.db);
    if (outcome.end === 'delivered') {
      await queue.delivered([id], outcome.detail, clock.now(), outcome.receipt ?? null);
      await unit.publish('notify.delivered', { deliveryId: id, ticketId: null, channel: channel.name, about: 'test' });
    } else {
      await queue.failed([id], outcome.reason, outcome.detail);
    }
    await unit.live('notify.delivery', id);
  });
  if (outcome.end !== 'delivered')
    throw new Refusal('channel_failed', { answer: answerText(outcome.reason, outcome.detail, language) });
  return kept(parts, id, language);
}

async function kept({ db }: DeliverParts, id: string, language: Language): Promise<Delivery> {
  return (await deliveryStore(db).get(id, language)) ?? Promise.reject(new Refusal('not_found'));
}
