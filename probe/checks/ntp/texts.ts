import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { timeText } from '#probe/number-text.ts';
import type { NtpSettings } from './settings.ts';

export type NtpReasons = ConnectionReasons & {
  inTime: { offsetMs: number; stratum: number; reference: string };
  offsetTooLarge: { offsetMs: number; limitMs: number };
  stratumTooHigh: { stratum: number; limit: number };
  distanceTooLarge: { distanceMs: number; limitMs: number };
  notSynchronised: { stratum: number };
  kissOfDeath: { word: string };
  noAnswer: { port: number; ms: number };
  notNtp: { port: number; ms: number };
};

const en: KindTexts<NtpSettings, NtpReasons> = {
  name: 'Time server (NTP)',
  description: 'Asks a time server and compares its clock with this machine’s.',
  fields: {
    port: { label: 'Port', help: 'Port of the time server.' },
    warnOffsetMs: {
      label: 'Warn at an offset of (ms)',
      help: 'Degraded when the clocks differ by more. 0 never warns.',
    },
    downOffsetMs: { label: 'Down at an offset of (ms)', help: 'Down when the clocks differ by more. 0: never.' },
    maxStratum: { label: 'Highest stratum', help: 'Degraded when the server is further from a reference clock.' },
    warnDistanceMs: {
      label: 'Warn at a root distance of (ms)',
      help: 'Degraded when the server itself may be off by more: half its delay to the reference plus its dispersion. 0 never warns.',
    },
  },
  metrics: {
    offset: 'Offset',
    delay: 'Delay',
    stratum: 'Stratum',
    rootDispersion: 'Root dispersion',
    rootDistance: 'Root distance',
  },
  reasons: {
    ...connectionTexts.en,
    inTime: ({ offsetMs, stratum, reference }) =>
      `The clocks agree within ${timeText('en', Math.abs(offsetMs))} (stratum ${stratum}, ${reference}).`,
    offsetTooLarge: ({ offsetMs, limitMs }) =>
      `The server’s clock is ${timeText('en', Math.abs(offsetMs))} ${offsetMs > 0 ? 'ahead of' : 'behind'} this machine’s, more than ${timeText('en', limitMs)}. When several servers say so, it is this machine’s clock that is wrong.`,
    stratumTooHigh: ({ stratum, limit }) => `The server is at stratum ${stratum}; at most ${limit} is wanted.`,
    distanceTooLarge: ({ distanceMs, limitMs }) =>
      `The server itself may be off by ${timeText('en', distanceMs)}, more than ${timeText('en', limitMs)}.`,
    notSynchronised: () => 'The server answers, but says that its own clock is not synchronised.',
    kissOfDeath: ({ word }) =>
      `The server does not want to be asked (${word}): allow this machine there, or ask less often.`,
    noAnswer: ({ port, ms }) => `No time server answered on UDP port ${port} within ${timeText('en', ms)}.`,
    notNtp: ({ port }) => `What answers on UDP port ${port} is not NTP, or not an answer to what was asked.`,
  },
};

const fr: KindTexts<NtpSettings, NtpReasons> = {
  name: 'Serveur de temps (NTP)',
  description: 'Interroge un serveur de temps et compare son horloge à celle de cette machine.',
  fields: {
    port: { label: 'Port', help: 'Port du serveur de temps.' },
    warnOffsetMs: {
      label: 'Avertir à partir d’un écart de (ms)',
      help: 'Dégradé quand les horloges diffèrent davantage. 0 n’avertit jamais.',
    },
    downOffsetMs: {
      label: 'En panne à partir d’un écart de (ms)',
      help: 'En panne quand les horloges diffèrent davantage. 0 : jamais.',
    },
    maxStratum: {
      label: 'Strate la plus haute',
      help: 'Dégradé quand le serveur est plus loin d’une horloge de référence.',
    },
    warnDistanceMs: {
      label: 'Avertir à partir d’une distance de (ms)',
      help: 'Dégradé quand le serveur lui-même peut se tromper davantage : la moitié de son délai jusqu’à la référence, plus sa dispersion. 0 n’avertit jamais.',
    },
  },
  metrics: {
    offset: 'Écart',
    delay: 'Délai',
    stratum: 'Strate',
    rootDispersion: 'Dispersion à la racine',
    rootDistance: 'Distance à la racine',
  },
  reasons: {
    ...connectionTexts.fr,
    inTime: ({ offsetMs, stratum, reference }) =>
      `Les horloges concordent à ${timeText('fr', Math.abs(offsetMs))} près (strate ${stratum}, ${reference}).`,
    offsetTooLarge: ({ offsetMs, limitMs }) =>
      `L’horloge du serveur ${offsetMs > 0 ? 'avance' : 'retarde'} de ${timeText('fr', Math.abs(offsetMs))} sur celle de cette machine, plus de ${timeText('fr', limitMs)}. Si plusieurs serveurs le disent, c’est l’horloge de cette machine qui est fausse.`,
    stratumTooHigh: ({ stratum, limit }) => `Le serveur est à la strate ${stratum} ; au plus ${limit} est demandé.`,
    distanceTooLarge: ({ distanceMs, limitMs }) =>
      `Le serveur lui-même peut se tromper de ${timeText('fr', distanceMs)}, plus de ${timeText('fr', limitMs)}.`,
    notSynchronised: () => 'Le serveur répond, mais dit que sa propre horloge n’est pas synchronisée.',
    kissOfDeath: ({ word }) =>
      `Le serveur ne veut pas être interrogé (${word}) : autorisez-y cette machine, ou interrogez-le moins souvent.`,
    noAnswer: ({ port, ms }) => `Aucun serveur de temps n’a répondu sur le port UDP ${port} en ${timeText('fr', ms)}.`,
    notNtp: ({ port }) =>
      `Ce qui répond sur le port UDP ${port} n’est pas du NTP, ou pas une réponse à ce qui était demandé.`,
  },
};

export const ntpTexts = { en, fr };
