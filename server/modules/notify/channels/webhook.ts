import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { defineChannelKind } from '../channel-kind.ts';
import { maskedUrl } from '../webhook-destination.ts';
import { asText } from '../wording.ts';

const settings = z.object({ hookUrl: secretText(2_000) });

const en = {
  title: 'Webhook',
  summary: 'A POST of JSON to an address of yours: a chat room, a ticket system.',
  fields: {
    hookUrl: {
      label: 'Address',
      help: 'A whole address, such as https://chat.example.org/hooks/… It is kept as a secret.',
    },
  },
};
const fr: typeof en = {
  title: 'Webhook',
  summary: 'Un POST de JSON vers une de vos adresses : un salon, un système de billets.',
  fields: {
    hookUrl: {
      label: 'Adresse',
      help: 'Une adresse entière, comme https://chat.example.org/hooks/… Elle est gardée comme un secret.',
    },
  },
};

/**
 * A receiver of one's own. `Idempotency-Key` is the delivery's id, so that a notice that is sent again after a crash can
 * be told from another.
 */
export const webhookChannel = defineChannelKind({
  name: 'webhook',
  settings,
  texts: { en, fr },
  urls: ['hookUrl'],
  needs: [['hookUrl']],
  forEverybody: true,
  digests: true,
  shown: ({ hookUrl }) => maskedUrl(new URL(hookUrl)),
  send: ({ hookUrl }, { id, at, language, wording, notice }, { ask }) =>
    ask({
      url: new URL(hookUrl),
      headers: { 'idempotency-key': id },
      readsAnswer: false,
      json: {
        id,
        at: at.toISOString(),
        language,
        subject: wording.subject,
        text: asText(wording),
        url: wording.link?.url ?? null,
        notice,
      },
    }),
});
