import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { timeText } from '#probe/number-text.ts';
import type { UdpSettings } from './settings.ts';

export type UdpReasons = ConnectionReasons & {
  answered: { port: number; ms: number; bytes: number };
  notRefused: { port: number; ms: number };
  slow: { port: number; ms: number; warnMs: number };
  noAnswer: { port: number; ms: number };
  otherAnswer: { expect: string };
};

const en: KindTexts<UdpSettings, UdpReasons> = {
  name: 'UDP port',
  description: 'Sends a datagram and judges what comes back, or that nothing refuses it.',
  fields: {
    port: { label: 'Port', help: 'The UDP port to send to.' },
    wants: {
      label: 'Up when',
      help: 'Few UDP services answer just anything: for the others it is a good sign that the port is not refused.',
      options: { answer: 'an answer comes', noRefusal: 'nothing refuses (no “port unreachable”)' },
    },
    send: { label: 'Send', help: 'Text of the datagram. \\r, \\n, \\t and \\\\ are understood. Empty sends no bytes.' },
    sendHex: { label: 'Send bytes', help: 'Bytes in hexadecimal, such as “ff ff 54”; takes the place of the text.' },
    expect: {
      label: 'Expect',
      help: 'Text that has to be in the answer; with * it is a pattern for the whole answer. Empty accepts any.',
    },
    warnMs: { label: 'Warn when slower than (ms)', help: 'Degraded when the answer takes longer. 0 never warns.' },
  },
  metrics: { answerTime: 'Answer time' },
  reasons: {
    ...connectionTexts.en,
    answered: ({ port, ms }) => `UDP port ${port} answers in ${timeText('en', ms)}.`,
    notRefused: ({ port }) => `UDP port ${port} is not refused; nothing answered, which is normal for many services.`,
    slow: ({ port, ms, warnMs }) =>
      `UDP port ${port} took ${timeText('en', ms)} to answer, longer than ${timeText('en', warnMs)}.`,
    noAnswer: ({ port, ms }) => `UDP port ${port} did not answer within ${timeText('en', ms)}.`,
    otherAnswer: ({ expect }) => `The answer does not contain “${expect}”.`,
  },
};

const fr: KindTexts<UdpSettings, UdpReasons> = {
  name: 'Port UDP',
  description: 'Envoie un datagramme et juge ce qui revient, ou vérifie que rien ne le refuse.',
  fields: {
    port: { label: 'Port', help: 'Le port UDP auquel envoyer.' },
    wants: {
      label: 'En service quand',
      help: 'Peu de services UDP répondent à n’importe quoi : pour les autres, un port qui n’est pas refusé est bon signe.',
      options: { answer: 'une réponse arrive', noRefusal: 'rien ne refuse (pas de « port injoignable »)' },
    },
    send: { label: 'Envoyer', help: 'Texte du datagramme. \\r, \\n, \\t et \\\\ sont compris. Vide : aucun octet.' },
    sendHex: {
      label: 'Envoyer des octets',
      help: 'Octets en hexadécimal, par exemple « ff ff 54 » ; remplace le texte.',
    },
    expect: {
      label: 'Attendre',
      help: 'Texte qui doit figurer dans la réponse ; avec *, un motif pour la réponse entière. Vide : toute réponse convient.',
    },
    warnMs: {
      label: 'Avertir au-delà de (ms)',
      help: 'Dégradé quand la réponse prend plus de temps. 0 n’avertit jamais.',
    },
  },
  metrics: { answerTime: 'Temps de réponse' },
  reasons: {
    ...connectionTexts.fr,
    answered: ({ port, ms }) => `Le port UDP ${port} répond en ${timeText('fr', ms)}.`,
    notRefused: ({ port }) =>
      `Le port UDP ${port} n’est pas refusé ; rien n’a répondu, ce qui est normal pour beaucoup de services.`,
    slow: ({ port, ms, warnMs }) =>
      `Le port UDP ${port} a mis ${timeText('fr', ms)} à répondre, plus de ${timeText('fr', warnMs)}.`,
    noAnswer: ({ port, ms }) => `Le port UDP ${port} n’a pas répondu en ${timeText('fr', ms)}.`,
    otherAnswer: ({ expect }) => `La réponse ne contient pas « ${expect} ».`,
  },
};

export const udpTexts = { en, fr };
