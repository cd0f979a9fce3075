import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { defineChannelKind, type Message } from '../channel-kind.ts';
import { bodyOf, clip, clipBytes } from '../message-text.ts';

const settings = z.object({
  server: z.string().max(500).default('https://ntfy.sh'),
  topic: z.string().regex(/^[-_A-Za-z0-9]{1,64}$/u),
  token: secretText(200),
});

const en = {
  title: 'ntfy',
  summary:
    'A push to telephones by an ntfy server. A recovery replaces the notice of the failure (ntfy 2.16 or later).',
  fields: {
    server: { label: 'Server' },
    topic: { label: 'Topic', help: 'Letters, digits, - and _. On a public server it is as good as a password.' },
    token: { label: 'Access token', help: 'tk_… where the topic is protected.' },
  },
};
const fr: typeof en = {
  title: 'ntfy',
  summary:
    'Une notification sur téléphone par un serveur ntfy. Le rétablissement remplace l’avis de panne (ntfy 2.16 ou plus).',
  fields: {
    server: { label: 'Serveur' },
    topic: { label: 'Sujet', help: 'Lettres, chiffres, - et _. Sur un serveur public, il vaut un mot de passe.' },
    token: { label: 'Jeton d’accès', help: 'tk_… si le sujet est protégé.' },
  },
};

/** A message takes 4,096 bytes; more would become an attachment. */
const longestBytes = 3_800;
const urgency = { low: 2, normal: 3, high: 4, critical: 5 } as const;

function priorityOf({ phase, priority }: Message): number {
  return phase === 'opens' || phase === 'recalls' ? urgency[priority] : 3;
}

const signs = {
  opens: 'rotating_light',
  recalls: 'rotating_light',
  takes: 'hand',
  closes: 'white_check_mark',
  other: 'bell',
} as const;

/**
 * ntfy: publish as JSON (docs.ntfy.sh/publish/#publish-as-json). `sequence_id` makes what follows an update of the same
 * notice (docs.ntfy.sh/publish/#updating-deleting-notifications).
 */
export const ntfyChannel = defineChannelKind({
  name: 'ntfy',
  settings,
  texts: { en, fr },
  urls: ['server'],
  needs: [['server']],
  forEverybody: true,
  digests: true,
  shown: ({ server, topic }) => `${new URL(server).host}/${topic}`,
  send({ server, topic, token }, message, { ask }) {
    const { subject, link } = message.wording;
    return ask({
      url: new URL(server),
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
      json: {
        topic,
        title: clip(subject, 250),
        message: clipBytes(bodyOf(message.wording), longestBytes),
        priority: priorityOf(message),
        tags: [signs[message.phase]],
        ...(link === null ? {} : { click: link.url }),
        ...(message.thread === null ? {} : { sequence_id: message.thread }),
      },
    });
  },
});
