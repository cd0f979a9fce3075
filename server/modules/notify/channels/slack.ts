import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { detailOf, type Reading } from '../ask-service.ts';
import { defineChannelKind, type Message } from '../channel-kind.ts';
import { clipWritten } from '../message-text.ts';
import { maskedUrl } from '../webhook-destination.ts';

const settings = z.object({
  hookUrl: secretText(2_000),
  token: secretText(500),
  room: z.string().max(100).default(''),
  apiUrl: z.string().max(500).default('https://slack.com/api'),
});

const en = {
  title: 'Slack',
  summary: 'A Slack channel: by an incoming webhook, or by a bot, which tells an incident in one thread.',
  fields: {
    hookUrl: { label: 'Webhook', help: 'https://hooks.slack.com/services/… Leave it empty when a bot writes.' },
    token: {
      label: 'Bot token',
      help: 'xoxb-… with the scope chat:write. With it, what follows an opening is told in its thread.',
    },
    room: { label: 'Channel of the bot', help: 'Its id, such as C0123456789, or #incidents. The bot has to be in it.' },
    apiUrl: { label: 'API address', help: 'Another one only for a relay of yours.' },
  },
};
const fr: typeof en = {
  title: 'Slack',
  summary: 'Un canal Slack : par un webhook entrant, ou par un robot, qui raconte un incident dans un seul fil.',
  fields: {
    hookUrl: { label: 'Webhook', help: 'https://hooks.slack.com/services/… Laissez vide si un robot écrit.' },
    token: {
      label: 'Jeton du robot',
      help: 'xoxb-… avec le droit chat:write. Grâce à lui, la suite est racontée dans le fil de l’ouverture.',
    },
    room: { label: 'Canal du robot', help: 'Son identifiant, comme C0123456789, ou #incidents. Le robot doit y être.' },
    apiUrl: { label: 'Adresse de l’API', help: 'Une autre seulement pour un relais à vous.' },
  },
};

/** A section's text takes 3,000 characters, its written entities counted (docs.slack.dev, Block Kit, section). */
const longestSection = 3_000;
const longestTitle = 500;
/** Slack's own faults, which pass (chat.postMessage, "Errors"). */
const passing = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
]);

/** Only these three signs mean something in mrkdwn's source. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function contentOf({ wording }: Message) {
  const { subject, paragraphs, link } = wording;
  const title = clipWritten(subject, longestTitle, escaped);
  const body = paragraphs.filter((paragraph) => !subject.endsWith(paragraph)).join('\n');
  const way = link === null ? '' : `\n<${link.url}|${escaped(link.text)}>`;
  const told = clipWritten(body, longestSection - title.length - way.length - 3, escaped);
  const text = `*${title}*\n${told}${way}`;
  return { text: title, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
}

const posted = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  ts: z.string().optional(),
  channel: z.string().optional(),
});

/** The API answers 200 even when it refuses: `ok` says which. */
const reading: Reading = (answer) => {
  const said = posted.safeParse(answer.json);
  if (!said.success) return null;
  const { ok, error = '', ts, channel } = said.data;
  const detail = detailOf(answer, error);
  if (ok)
    return {
      end: 'delivered',
      detail,
      ...(ts === undefined || channel === undefined ? {} : { receipt: { ts, channel } }),
    };
  return passing.has(error)
    ? { end: 'later', reason: null, detail, retryAfterMs: answer.retryAfterMs }
    : { end: 'refused', reason: null, detail };
};

/**
 * Slack: incoming webhooks (docs.slack.dev/messaging/sending-messages-using-incoming-webhooks) and chat.postMessage
 * (docs.slack.dev/reference/methods/chat.postMessage). Too many are told by 429 with Retry-After
 * (docs.slack.dev/apis/web-api/rate-limits).
 */
export const slackChannel = defineChannelKind({
  name: 'slack',
  settings,
  texts: { en, fr },
  urls: ['hookUrl', 'apiUrl'],
  needs: [['hookUrl', 'token']],
  forEverybody: true,
  digests: true,
  shown: ({ hookUrl, room }) => (hookUrl === '' ? room : maskedUrl(new URL(hookUrl))),
  send({ hookUrl, token, room, apiUrl }, message, { ask }) {
    const content = contentOf(message);
    if (token === '') return ask({ url: new URL(hookUrl), json: content });
    const thread = message.receipt?.['ts'];
    return ask(
      {
        url: new URL(`${apiUrl.replace(/\/$/u, '')}/chat.postMessage`),
        headers: { authorization: `Bearer ${token}` },
        json: {
          channel: message.receipt?.['channel'] ?? room,
          ...content,
          unfurl_links: false,
          // The recovery is shown in the channel too: who read of the failure there must not have to open its thread.
          ...(thread === undefined ? {} : { thread_ts: thread, reply_broadcast: message.phase === 'closes' }),
        },
      },
      reading,
    );
  },
});
