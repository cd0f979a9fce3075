import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { detailOf, type Reading } from '../ask-service.ts';
import { defineChannelKind } from '../channel-kind.ts';
import { bodyOf, clip } from '../message-text.ts';

const settings = z.object({
  token: secretText(200),
  chat: z.string().min(1).max(100),
  topic: z.number().int().min(0).default(0),
  apiUrl: z.string().max(500).default('https://api.telegram.org'),
});

const en = {
  title: 'Telegram',
  summary: 'A Telegram chat or group, by a bot. What follows an opening answers it.',
  fields: {
    token: { label: 'Bot token', help: 'From @BotFather, such as 123456:ABC-…' },
    chat: { label: 'Chat', help: 'Its id, such as -1001234567890, or @name of a public channel.' },
    topic: { label: 'Topic', help: 'Id of a group’s topic; 0 for none.' },
    apiUrl: { label: 'API address', help: 'Another one only for a Bot API server of yours.' },
  },
};
const fr: typeof en = {
  title: 'Telegram',
  summary: 'Une conversation ou un groupe Telegram, par un robot. La suite répond à l’ouverture.',
  fields: {
    token: { label: 'Jeton du robot', help: 'Donné par @BotFather, comme 123456:ABC-…' },
    chat: { label: 'Conversation', help: 'Son identifiant, comme -1001234567890, ou @nom d’un canal public.' },
    topic: { label: 'Sujet', help: 'Identifiant d’un sujet du groupe ; 0 pour aucun.' },
    apiUrl: { label: 'Adresse de l’API', help: 'Une autre seulement pour un serveur Bot API à vous.' },
  },
};

/** A message takes 4,096 characters after its entities were read. */
const longestText = 3_500;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const answered = z.object({
  ok: z.boolean(),
  description: z.string().optional(),
  result: z.object({ message_id: z.number() }).optional(),
  parameters: z.object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() }).optional(),
});

const reading: Reading = (answer) => {
  const said = answered.safeParse(answer.json);
  if (!said.success) return null;
  const { ok, result, description = '', parameters } = said.data;
  if (ok && result !== undefined)
    return { end: 'delivered', detail: detailOf(answer, ''), receipt: { message: String(result.message_id) } };
  // A group that became a supergroup has another id, which the answer names.
  const moved = parameters?.migrate_to_chat_id;
  const detail = detailOf(answer, moved === undefined ? description : `${description} (${moved})`);
  if (answer.status !== 429) return answer.status >= 500 ? null : { end: 'refused', reason: null, detail };
  return { end: 'later', reason: null, detail, retryAfterMs: (parameters?.retry_after ?? 0) * 1_000 };
};

/**
 * Telegram: sendMessage of the Bot API (core.telegram.org/bots/api#sendmessage). Too many are told by `retry_after` in
 * seconds, among the answer's `parameters` (core.telegram.org/bots/api#responseparameters).
 */
export const telegramChannel = defineChannelKind({
  name: 'telegram',
  settings,
  texts: { en, fr },
  urls: ['apiUrl'],
  needs: [['token']],
  forEverybody: true,
  digests: true,
  shown: ({ chat }) => chat,
  send({ token, chat, topic, apiUrl }, message, { ask }) {
    const { subject, link } = message.wording;
    const way =
      link === null ? '' : `\n<a href="${escaped(link.url).replaceAll('"', '&quot;')}">${escaped(link.text)}</a>`;
    const first = message.receipt?.['message'];
    return ask(
      {
        url: new URL(
          `${apiUrl.replace(/\/$/u, '')}/bot${encodeURIComponent(token).replaceAll('%3A', ':')}/sendMessage`,
        ),
        json: {
          chat_id: chat,
          ...(topic === 0 ? {} : { message_thread_id: topic }),
          parse_mode: 'HTML',
          text: `<b>${escaped(clip(subject, 300))}</b>\n${escaped(clip(bodyOf(message.wording), longestText))}${way}`,
          link_preview_options: { is_disabled: true },
          ...(first === undefined
            ? {}
            : { reply_parameters: { message_id: Number(first), allow_sending_without_reply: true } }),
        },
      },
      reading,
    );
  },
});
