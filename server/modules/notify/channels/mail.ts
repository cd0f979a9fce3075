import { z } from 'zod';
import { defineChannelKind } from '../channel-kind.ts';
import { sendMail } from '../send-mail.ts';

const settings = z.object({ address: z.email().max(254) });

const en = {
  title: 'Mail',
  summary: 'A message to an address, by your mail server.',
  fields: { address: { label: 'Mail address' } },
};
const fr: typeof en = {
  title: 'Courriel',
  summary: 'Un message à une adresse, par votre serveur de courriel.',
  fields: { address: { label: 'Adresse de courriel' } },
};

/** Mail by the mail server that is set: one thread for an incident (RFC 5322, References). */
export const mailChannel = defineChannelKind({
  name: 'mail',
  settings,
  texts: { en, fr },
  forEverybody: true,
  digests: true,
  shown: ({ address }) => address,
  async send({ address }, message, { mailServer, signal }) {
    const server = await mailServer();
    if (server === null) return { end: 'later', reason: 'no_mail_server', detail: '' };
    return sendMail(server, { ...message, to: address }, signal);
  },
});
