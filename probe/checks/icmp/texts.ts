import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { percentText, timeText } from '#probe/number-text.ts';
import type { IcmpSettings } from './settings.ts';

export type IcmpReasons = ConnectionReasons & {
  echo: { address: string; ms: number };
  slow: { address: string; ms: number; warnMs: number };
  losing: { address: string; lossPercent: number };
  unsteady: { address: string; jitterMs: number; limitMs: number };
  noEcho: { address: string; sent: number };
  fpingMissing: Record<string, never>;
  fpingFailed: { note: string };
};

const en: KindTexts<IcmpSettings, IcmpReasons> = {
  name: 'Ping',
  description: 'Sends ICMP echo requests and measures answer time and loss.',
  fields: {
    packets: { label: 'Packets', help: 'How many echo requests a run sends. The host is down when none is answered.' },
    gapMs: { label: 'Pause between packets (ms)', help: 'Time between two packets of one run.' },
    sizeBytes: { label: 'Size (bytes)', help: 'Payload of a packet. 1472 fills an Ethernet frame.' },
    warnLossPercent: {
      label: 'Warn from this loss (%)',
      help: 'Degraded when this share of packets is lost. 0 never warns.',
    },
    warnJitterMs: {
      label: 'Warn from this jitter (ms)',
      help: 'Degraded when answer times differ by more from one packet to the next, on average. 0 never warns.',
    },
    warnMs: {
      label: 'Warn when slower than (ms)',
      help: 'Degraded when the mean answer time is above. 0 never warns.',
    },
  },
  metrics: {
    roundTrip: 'Answer time',
    loss: 'Packets lost',
    fastest: 'Fastest answer',
    slowest: 'Slowest answer',
    jitter: 'Jitter',
  },
  reasons: {
    ...connectionTexts.en,
    echo: ({ address, ms }) => `${address} answers in ${timeText('en', ms)}.`,
    slow: ({ address, ms, warnMs }) =>
      `${address} answers in ${timeText('en', ms)}, slower than ${timeText('en', warnMs)}.`,
    unsteady: ({ address, jitterMs, limitMs }) =>
      `The answers of ${address} come unsteadily: ${timeText('en', jitterMs)} of jitter, more than ${timeText('en', limitMs)}.`,
    losing: ({ address, lossPercent }) => `${percentText('en', lossPercent)} of the packets to ${address} are lost.`,
    noEcho: ({ address, sent }) => `${address} answered none of ${sent} pings.`,
    fpingMissing: () => 'fping is not installed on this machine. Install it with: apt-get install fping',
    fpingFailed: ({ note }) => `fping could not send: ${note}`,
  },
};

const fr: KindTexts<IcmpSettings, IcmpReasons> = {
  name: 'Ping',
  description: 'Envoie des demandes d’écho ICMP et mesure le temps de réponse et les pertes.',
  fields: {
    packets: {
      label: 'Paquets',
      help: 'Nombre de demandes d’écho par passage. L’hôte est en panne si aucune n’obtient de réponse.',
    },
    gapMs: { label: 'Pause entre les paquets (ms)', help: 'Temps entre deux paquets d’un même passage.' },
    sizeBytes: { label: 'Taille (octets)', help: 'Charge utile d’un paquet. 1472 remplit une trame Ethernet.' },
    warnLossPercent: {
      label: 'Avertir à partir de cette perte (%)',
      help: 'Dégradé quand cette part des paquets est perdue. 0 n’avertit jamais.',
    },
    warnJitterMs: {
      label: 'Avertir à partir de cette gigue (ms)',
      help: 'Dégradé quand les temps de réponse diffèrent davantage d’un paquet à l’autre, en moyenne. 0 n’avertit jamais.',
    },
    warnMs: {
      label: 'Avertir au-delà de (ms)',
      help: 'Dégradé quand le temps de réponse moyen dépasse cette valeur. 0 n’avertit jamais.',
    },
  },
  metrics: {
    roundTrip: 'Temps de réponse',
    loss: 'Paquets perdus',
    fastest: 'Réponse la plus rapide',
    slowest: 'Réponse la plus lente',
    jitter: 'Gigue',
  },
  reasons: {
    ...connectionTexts.fr,
    echo: ({ address, ms }) => `${address} répond en ${timeText('fr', ms)}.`,
    slow: ({ address, ms, warnMs }) =>
      `${address} répond en ${timeText('fr', ms)}, plus lentement que ${timeText('fr', warnMs)}.`,
    unsteady: ({ address, jitterMs, limitMs }) =>
      `Les réponses de ${address} sont irrégulières : ${timeText('fr', jitterMs)} de gigue, plus de ${timeText('fr', limitMs)}.`,
    losing: ({ address, lossPercent }) => `${percentText('fr', lossPercent)} des paquets vers ${address} sont perdus.`,
    noEcho: ({ address, sent }) => `${address} n’a répondu à aucun des ${sent} pings.`,
    fpingMissing: () => 'fping n’est pas installé sur cette machine. Pour l’installer : apt-get install fping',
    fpingFailed: ({ note }) => `fping n’a pas pu émettre : ${note}`,
  },
};

export const icmpTexts = { en, fr };
