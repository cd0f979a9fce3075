import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { defineChannelKind, type Message } from '../channel-kind.ts';
import { bodyOf, clip } from '../message-text.ts';

const settings = z.object({ server: z.string().min(1).max(500), token: secretText(200) });

const en = {
  title: 'Gotify',
  summary: 'A push to telephones by a Gotify server of yours.',
  fields: {
    server: { label: 'Server', help: 'https://gotify.example.org' },
    token: { label: 'Application token', help: 'Of an application made for Vigie.' },
  },
};
const fr: typeof en = {
  title: 'Gotify',
  summary: 'Une notification sur téléphone par un serveur Gotify à vous.',
  fields: {
    server: { label: 'Serveur', help: 'https://gotify.example.org' },
    token: { label: 'Jeton d’application', help: 'Celui d’une application créée pour Vigie.' },
  },
};

// From 4 on the app rings, from 8 on it wakes (gotify/android).
const urgency = { low: 3, normal: 5, high: 8, critical: 10 } as const;

function priorityOf({ phase, priority }: Message): number {
  return phase === 'opens' || phase === 'recalls' ? urgency[priority] : 4;
}

/** Gotify: POST /message (gotify.net/api-docs). */
export const gotifyChannel = defineChannelKind({
  name: 'gotify',
  settings,
  texts: { en, fr },
  urls: ['server'],
  needs: [['token']],
  forEverybody: true,
  digests: true,
  shown: ({ server }) => new URL(server).host,
  send({ server, token }, message, { ask }) {
    const { subject, link } = message.wording;
    return ask({
      url: new URL(`${server.replace(/\/$/u, '')}/message`),
      headers: { 'x-gotify-key': token },
      json: {
        title: clip(subject, 250),
        message: clip(bodyOf(message.wording), 8_000),
        priority: priorityOf(message),
        extras: {
          'client::display': { contentType: 'text/plain' },
          ...(link === null ? {} : { 'client::notification': { click: { url: link.url } } }),
        },
      },
    });
  },
});
