import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { timeText } from '#probe/number-text.ts';
import type { TcpSettings } from './settings.ts';

export type TcpReasons = ConnectionReasons & {
  open: { port: number; ms: number };
  slow: { port: number; ms: number; warnMs: number };
  answered: { port: number; ms: number };
  otherAnswer: { expect: string };
  noAnswer: { expect: string; ms: number };
};

const en: KindTexts<TcpSettings, TcpReasons> = {
  name: 'TCP port',
  description: 'Connects to a port; can send a text and expect another.',
  fields: {
    port: { label: 'Port', help: 'The TCP port to connect to.' },
    send: {
      label: 'Send',
      help: 'Text sent after connecting. \\r, \\n, \\t, \\\\ and \\xHH are understood. Empty sends nothing.',
    },
    expect: {
      label: 'Expect',
      help: 'Text that has to appear in the first 8 KiB of the answer. Empty expects nothing.',
    },
    warnMs: { label: 'Warn when slower than (ms)', help: 'Degraded when the whole run takes longer. 0 never warns.' },
  },
  metrics: { connect: 'Connection time', total: 'Total time' },
  reasons: {
    ...connectionTexts.en,
    open: ({ port, ms }) => `Port ${port} accepts connections (${timeText('en', ms)}).`,
    slow: ({ port, ms, warnMs }) => `Port ${port} took ${timeText('en', ms)}, longer than ${timeText('en', warnMs)}.`,
    answered: ({ port, ms }) => `Port ${port} answers as expected (${timeText('en', ms)}).`,
    otherAnswer: ({ expect }) => `The answer does not contain “${expect}”.`,
    noAnswer: ({ expect, ms }) => `The connection opened, but “${expect}” did not come within ${timeText('en', ms)}.`,
  },
};

const fr: KindTexts<TcpSettings, TcpReasons> = {
  name: 'Port TCP',
  description: 'Se connecte à un port ; peut envoyer un texte et en attendre un autre.',
  fields: {
    port: { label: 'Port', help: 'Le port TCP auquel se connecter.' },
    send: {
      label: 'Envoyer',
      help: 'Texte envoyé après la connexion. \\r, \\n, \\t, \\\\ et \\xHH sont compris. Vide : rien n’est envoyé.',
    },
    expect: {
      label: 'Attendre',
      help: 'Texte qui doit figurer dans les 8 premiers Kio de la réponse. Vide : rien n’est attendu.',
    },
    warnMs: {
      label: 'Avertir au-delà de (ms)',
      help: 'Dégradé quand le passage entier dure plus longtemps. 0 n’avertit jamais.',
    },
  },
  metrics: { connect: 'Temps de connexion', total: 'Temps total' },
  reasons: {
    ...connectionTexts.fr,
    open: ({ port, ms }) => `Le port ${port} accepte les connexions (${timeText('fr', ms)}).`,
    slow: ({ port, ms, warnMs }) => `Le port ${port} a mis ${timeText('fr', ms)}, plus de ${timeText('fr', warnMs)}.`,
    answered: ({ port, ms }) => `Le port ${port} répond comme prévu (${timeText('fr', ms)}).`,
    otherAnswer: ({ expect }) => `La réponse ne contient pas « ${expect} ».`,
    noAnswer: ({ expect, ms }) =>
      `La connexion s’est ouverte, mais « ${expect} » n’est pas arrivé en ${timeText('fr', ms)}.`,
  },
};

export const tcpTexts = { en, fr };
