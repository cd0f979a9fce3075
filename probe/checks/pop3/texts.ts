import type { KindTexts } from '#probe/check-kind.ts';
import { mailFields, mailMetrics } from '#probe/mail-fields.ts';
import { mailTexts, type MailReasons } from '#probe/mail-reasons.ts';
import { numberText, timeText } from '#probe/number-text.ts';
import type { Pop3Settings } from './settings.ts';

export type Pop3Reasons = MailReasons & {
  ready: { ms: number };
  counted: { user: string; messages: number; ms: number };
  manyMessages: { user: string; messages: number; limit: number };
  slow: { ms: number; warnMs: number };
};

const en: KindTexts<Pop3Settings, Pop3Reasons> = {
  name: 'POP3',
  description: 'Talks to a mailbox server by POP3: greeting, encryption, sign-in, how much mail waits.',
  fields: {
    port: { label: 'Port', help: '995 with TLS at once, 110 with STARTTLS.' },
    ...mailFields.en,
    warnMessages: { label: 'Warn from messages', help: 'Degraded when more messages wait. 0 never warns.' },
  },
  metrics: { ...mailMetrics.en, messages: 'Messages', size: 'Size of the messages' },
  reasons: {
    ...mailTexts.en,
    ready: ({ ms }) => `The POP3 server answers (${timeText('en', ms)}).`,
    counted: ({ user, messages, ms }) =>
      `${numberText('en', messages)} messages wait for ${user} (${timeText('en', ms)}).`,
    manyMessages: ({ user, messages, limit }) =>
      `${numberText('en', messages)} messages wait for ${user}, more than ${numberText('en', limit)}.`,
    slow: ({ ms, warnMs }) => `The conversation took ${timeText('en', ms)}, longer than ${timeText('en', warnMs)}.`,
  },
};

const fr: KindTexts<Pop3Settings, Pop3Reasons> = {
  name: 'POP3',
  description: 'Parle à un serveur de boîtes en POP3 : accueil, chiffrement, session, courrier en attente.',
  fields: {
    port: { label: 'Port', help: '995 avec TLS d’emblée, 110 avec STARTTLS.' },
    ...mailFields.fr,
    warnMessages: {
      label: 'Avertir à partir de (messages)',
      help: 'Dégradé quand davantage de messages attendent. 0 n’avertit jamais.',
    },
  },
  metrics: { ...mailMetrics.fr, messages: 'Messages', size: 'Taille des messages' },
  reasons: {
    ...mailTexts.fr,
    ready: ({ ms }) => `Le serveur POP3 répond (${timeText('fr', ms)}).`,
    counted: ({ user, messages, ms }) =>
      `${numberText('fr', messages)} messages attendent ${user} (${timeText('fr', ms)}).`,
    manyMessages: ({ user, messages, limit }) =>
      `${numberText('fr', messages)} messages attendent ${user}, plus de ${numberText('fr', limit)}.`,
    slow: ({ ms, warnMs }) => `La conversation a duré ${timeText('fr', ms)}, plus de ${timeText('fr', warnMs)}.`,
  },
};

export const pop3Texts = { en, fr };
