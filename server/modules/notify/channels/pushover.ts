import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { detailOf, type Reading } from '../ask-service.ts';
import { defineChannelKind, type Message } from '../channel-kind.ts';
import { bodyOf, clip } from '../message-text.ts';

const settings = z.object({
  token: secretText(100),
  userKey: secretText(100),
  emergency: z.enum(['never', 'critical', 'high']).default('critical'),
  apiUrl: z.string().max(500).default('https://api.pushover.net'),
});

const en = {
  title: 'Pushover',
  summary: 'A push to telephones by Pushover; from a priority on it rings until somebody acknowledges it there.',
  fields: {
    token: { label: 'Application token' },
    userKey: { label: 'User or group key' },
    emergency: {
      label: 'Rings until acknowledged',
      help: 'Every minute for an hour; a recovery or taking the incident in Vigie ends it.',
      options: { never: 'Never', critical: 'Critical', high: 'High and critical' },
    },
    apiUrl: { label: 'API address', help: 'Another one only for a relay of yours.' },
  },
};
const fr: typeof en = {
  title: 'Pushover',
  summary:
    'Une notification sur téléphone par Pushover ; à partir d’une priorité, elle sonne jusqu’à ce qu’on y réponde.',
  fields: {
    token: { label: 'Jeton d’application' },
    userKey: { label: 'Clé d’utilisateur ou de groupe' },
    emergency: {
      label: 'Sonne jusqu’à réponse',
      help: 'Chaque minute pendant une heure ; un rétablissement ou la prise en charge dans Vigie y met fin.',
      options: { never: 'Jamais', critical: 'Critique', high: 'Haute et critique' },
    },
    apiUrl: { label: 'Adresse de l’API', help: 'Une autre seulement pour un relais à vous.' },
  },
};

const urgency = { low: -1, normal: 0, high: 1, critical: 1 } as const;

function rings({ phase, priority }: Message, from: 'never' | 'critical' | 'high'): boolean {
  if (phase !== 'opens' && phase !== 'recalls') return false;
  return from === 'high'
    ? priority === 'high' || priority === 'critical'
    : from === 'critical' && priority === 'critical';
}

const answered = z.object({
  status: z.number(),
  errors: z.array(z.string()).optional(),
  receipt: z.string().optional(),
});

const reading: Reading = (answer) => {
  const said = answered.safeParse(answer.json);
  if (!said.success || answer.status >= 500) return null;
  const { status, errors = [], receipt } = said.data;
  if (status === 1)
    return {
      end: 'delivered',
      detail: detailOf(answer, ''),
      ...(receipt === undefined ? {} : { receipt: { receipt } }),
    };
  const detail = detailOf(answer, errors.join(' '));
  // 429: the month's messages are used up; there is nothing to hurry for.
  return answer.status === 429
    ? { end: 'later', reason: null, detail, retryAfterMs: answer.retryAfterMs }
    : { end: 'refused', reason: null, detail };
};

/**
 * Pushover: pushover.net/api. An emergency (retry from 30 s on, expire at most 10,800 s) is cancelled by its tag, so
 * that it stops ringing (pushover.net/api/receipts). A request it refuses (4xx) must not be sent again as it is.
 */
export const pushoverChannel = defineChannelKind({
  name: 'pushover',
  settings,
  texts: { en, fr },
  urls: ['apiUrl'],
  needs: [['token'], ['userKey']],
  forEverybody: true,
  digests: true,
  tellsTaking: true,
  shown: () => 'Pushover',
  async send({ token, userKey, emergency, apiUrl }, message, { ask }) {
    const api = apiUrl.replace(/\/$/u, '');
    const { subject, link } = message.wording;
    const { thread, phase } = message;
    if (thread !== null && (phase === 'closes' || phase === 'takes')) {
      const cancelled = await ask({
        url: new URL(`${api}/1/receipts/cancel_by_tag/${encodeURIComponent(thread)}.json`),
        json: { token },
      });
      if (phase === 'takes') return cancelled;
    }
    const isEmergency = rings(message, emergency);
    return ask(
      {
        url: new URL(`${api}/1/messages.json`),
        json: {
          token,
          user: userKey,
          title: clip(subject, 250),
          message: clip(bodyOf(message.wording), 1_024),
          // A longer address would be cut, and lead nowhere.
          ...(link === null || link.url.length > 512 ? {} : { url: link.url, url_title: clip(link.text, 100) }),
          timestamp: Math.floor(message.at.getTime() / 1_000),
          ...(isEmergency
            ? { priority: 2, retry: 60, expire: 3_600, ...(thread === null ? {} : { tags: thread }) }
            : { priority: phase === 'opens' || phase === 'recalls' ? urgency[message.priority] : 0 }),
        },
      },
      reading,
    );
  },
});
