import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { defineChannelKind } from '../channel-kind.ts';
import { bodyOf, clipWritten, colourOf } from '../message-text.ts';
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

/** Older servers take 7,900 characters for all attachments, as JSON; newer ones many more. */
const longestText = 3_500;
const longestTitle = 300;

/** In Mattermost's Markdown an @ may call everybody: nothing that a host says may do so. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]()~#|<>]/gu, String.raw`\$&`).replaceAll('@', '@\u200B');
}

/**
 * Mattermost: incoming webhooks (developers.mattermost.com/integrate/webhooks/incoming) with an attachment
 * (developers.mattermost.com/integrate/reference/message-attachments), whose texts may mention people.
 */
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
    const title = clipWritten(subject, longestTitle, plain);
    return ask({
      url: new URL(hookUrl),
      json: {
        ...(room === '' ? {} : { channel: room }),
        username: 'Vigie',
        attachments: [
          {
            fallback: title,
            color: colourOf(message),
            title,
            ...(link === null ? {} : { title_link: link.url }),
            text: clipWritten(bodyOf(message.wording), longestText, plain),
          },
        ],
      },
    });
  },
});
