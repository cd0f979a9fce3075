import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { defineChannelKind } from '../channel-kind.ts';
import { bodyOf, clip, colourOf } from '../message-text.ts';
import { maskedUrl } from '../webhook-destination.ts';

const settings = z.object({ hookUrl: secretText(2_000), room: z.string().max(100).default('') });

const en = {
  title: 'Mattermost',
  summary: 'A Mattermost channel, by an incoming webhook.',
  fields: {
    hookUrl: { label: 'Webhook', help: 'https://chat.example.org/hooks/…' },
    room: {
      label: 'Channel',
      help: 'Only where it is another than the webhook’s own: its name in the address, such as town-square.',
    },
  },
};
const fr: typeof en = {
  title: 'Mattermost',
  summary: 'Un canal Mattermost, par un webhook entrant.',
  fields: {
    hookUrl: { label: 'Webhook', help: 'https://chat.example.org/hooks/…' },
    room: {
      label: 'Canal',
      help: 'Seulement s’il diffère de celui du webhook : son nom dans l’adresse, comme town-square.',
    },
  },
};

/** A post takes 16,383 characters. */
const longestText = 8_000;

/** In Mattermost's Markdown an @ may call everybody: nothing that a host says may do so. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]()~#|<>]/gu, String.raw`\$&`).replaceAll('@', '@\u200B');
}

/** Mattermost: incoming webhooks (developers.mattermost.com/integrate/webhooks/incoming). */
export const mattermostChannel = defineChannelKind({
  name: 'mattermost',
  settings,
  texts: { en, fr },
  urls: ['hookUrl'],
  needs: [['hookUrl']],
  forEverybody: true,
  digests: true,
  shown: ({ hookUrl, room }) => (room === '' ? maskedUrl(new URL(hookUrl)) : `${new URL(hookUrl).host} ${room}`),
  send({ hookUrl, room }, message, { ask }) {
    const { subject, link } = message.wording;
    const title = clip(subject, 300);
    return ask({
      url: new URL(hookUrl),
      json: {
        ...(room === '' ? {} : { channel: room }),
        username: 'Vigie',
        attachments: [
          {
            fallback: plain(title),
            color: colourOf(message),
            title: plain(title),
            ...(link === null ? {} : { title_link: link.url }),
            text: plain(clip(bodyOf(message.wording), longestText)),
          },
        ],
      },
    });
  },
});
