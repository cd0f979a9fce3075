import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { detailOf, type Reading } from '../ask-service.ts';
import { defineChannelKind, type Message } from '../channel-kind.ts';
import { bodyOf, clipWritten, colourOf } from '../message-text.ts';
import { maskedUrl } from '../webhook-destination.ts';

const settings = z.object({ hookUrl: secretText(2_000) });

const en = {
  title: 'Discord',
  summary: 'A Discord channel, by a webhook. A recovery also marks the message that told of the failure.',
  fields: {
    hookUrl: { label: 'Webhook', help: 'https://discord.com/api/webhooks/… from the channel’s integrations.' },
  },
};
const fr: typeof en = {
  title: 'Discord',
  summary: 'Un canal Discord, par un webhook. Un rétablissement marque aussi le message qui annonçait la panne.',
  fields: {
    hookUrl: { label: 'Webhook', help: 'https://discord.com/api/webhooks/… depuis les intégrations du canal.' },
  },
};

/** An embed's title takes 256 characters, its description 4,096, both together 6,000. */
const longestTitle = 256;
const longestText = 4_096;

function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]()~|>#]/gu, String.raw`\$&`);
}

function embedOf(message: Message) {
  const { subject, link } = message.wording;
  return {
    title: clipWritten(subject, longestTitle, plain),
    description: clipWritten(bodyOf(message.wording), longestText, plain),
    color: Number.parseInt(colourOf(message).slice(1), 16),
    ...(link === null ? {} : { url: link.url }),
  };
}

const made = z.object({ id: z.string() });
const limited = z.object({ retry_after: z.number() });

const reading: Reading = (answer) => {
  const limit = limited.safeParse(answer.json);
  if (answer.status === 429 && limit.success)
    return { end: 'later', reason: null, detail: detailOf(answer), retryAfterMs: limit.data.retry_after * 1_000 };
  const message = made.safeParse(answer.json);
  return answer.status === 200 && message.success
    ? { end: 'delivered', detail: detailOf(answer, ''), receipt: { message: message.data.id } }
    : null;
};

/**
 * Discord: Execute Webhook with `wait`, which answers with the message, and Edit Webhook Message
 * (docs.discord.com/developers/resources/webhook). Too many are told by 429 with `retry_after` in seconds.
 */
export const discordChannel = defineChannelKind({
  name: 'discord',
  settings,
  texts: { en, fr },
  urls: ['hookUrl'],
  needs: [['hookUrl']],
  forEverybody: true,
  digests: true,
  shown: ({ hookUrl }) => maskedUrl(new URL(hookUrl)),
  async send({ hookUrl }, message, { ask }) {
    const json = { username: 'Vigie', embeds: [embedOf(message)], allowed_mentions: { parse: [] } };
    const told = message.receipt?.['message'];
    if (told !== undefined && message.phase === 'closes') {
      const edit = new URL(hookUrl);
      edit.pathname = `${edit.pathname.replace(/\/$/u, '')}/messages/${encodeURIComponent(told)}`;
      // A message that somebody deleted cannot be marked; what counts is the one that follows, since edits ring nowhere.
      await ask({ method: 'PATCH', url: edit, json: { embeds: json.embeds, allowed_mentions: json.allowed_mentions } });
    }
    const post = new URL(hookUrl);
    post.searchParams.set('wait', 'true');
    return ask({ url: post, json }, reading);
  },
});
