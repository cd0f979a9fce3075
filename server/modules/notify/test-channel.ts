import { v7 as uuid } from 'uuid';
import type { Language } from '#contract/words.ts';
import { Refusal } from '#platform/refusal.ts';
import { send, type DeliverParts } from './deliver.ts';
import type { Notice } from './notice.ts';
import { channelStore } from './store-channels.ts';
import { deliveryStore, type Delivery } from './store-deliveries.ts';
import { answerText, wordNotice } from './wording.ts';

/** Longer than sending may take, so that nobody else sends it meanwhile. */
const claimMs = 90_000;

/** Sends a test notice at once, once, even by a channel that is switched off; it is in the log like any other. */
export async function testChannel(
  parts: DeliverParts,
  { channelId, language, signal }: { channelId: string; language: Language; signal: AbortSignal },
): Promise<Delivery> {
  const { transact, clock, publicUrl } = parts;
  const channel = await channelStore(parts.db).get(channelId);
  if (channel === null) throw new Refusal('not_found');
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
        at,
      },
      new Date(at.getTime() + claimMs),
    ),
  );
  if (id === null) throw new Error('a test notice was there already');
  if (parts.demonstration) return kept(parts, id, language);
  const outcome = await send(parts, channel, { id, notice, ticketId: null, at }, signal);
  await transact(async (unit) => {
    const deliveries = deliveryStore(unit.db);
    if (outcome.end === 'delivered') {
      await deliveries.delivered(id, outcome.detail, clock.now());
      await unit.publish('notify.delivered', { deliveryId: id, ticketId: null, channel: channel.name, about: 'test' });
    } else {
      await deliveries.failed(id, outcome.reason, outcome.detail);
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
