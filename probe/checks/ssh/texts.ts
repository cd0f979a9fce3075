import type { KindTexts } from '#probe/check-kind.ts';
import { timeText } from '#probe/number-text.ts';
import { sshSessionTexts, type SshSessionReasons } from '#probe/ssh/session-reasons.ts';
import type { SshSettings } from './settings.ts';

export type SshKindReasons = SshSessionReasons & {
  sameKey: { banner: string; ms: number };
  firstSeen: { banner: string; fingerprint: string; type: string };
  weak: { algorithms: string; count: number };
  slow: { ms: number; warnMs: number };
};

const en: KindTexts<SshSettings, SshKindReasons> = {
  name: 'SSH server',
  description:
    'Exchanges keys with an SSH server without signing in; alarms when its host key changes, and names weak algorithms.',
  fields: {
    port: { label: 'Port', help: 'The port of the SSH server.' },
    hostKeys: {
      label: 'Host keys',
      help: 'The keys agreed on: SHA256:… or the key itself. Empty believes the key that is seen first.',
    },
    warnWeak: {
      label: 'Warn of weak algorithms',
      help: 'Degraded while the server offers what nobody should use any more.',
    },
    warnMs: { label: 'Warn when slower than (ms)', help: 'Degraded when the exchange takes longer. 0 never warns.' },
  },
  metrics: {
    lookup: 'Name lookup',
    connect: 'Connection',
    handshake: 'Exchange of keys',
    total: 'Total time',
    weak: 'Weak algorithms',
  },
  reasons: {
    ...sshSessionTexts.en,
    sameKey: ({ banner, ms }) => `${banner} shows the host key expected, in ${timeText('en', ms)}.`,
    firstSeen: ({ banner, fingerprint, type }) =>
      `${banner} was seen for the first time; its host key is ${fingerprint} (${type}).`,
    weak: ({ algorithms, count }) =>
      `The server still offers ${count === 1 ? 'a weak algorithm' : `${count} weak algorithms`}: ${algorithms}.`,
    slow: ({ ms, warnMs }) => `Keys were exchanged in ${timeText('en', ms)}, slower than ${timeText('en', warnMs)}.`,
  },
};

const fr: KindTexts<SshSettings, SshKindReasons> = {
  name: 'Serveur SSH',
  description:
    'Échange des clés avec un serveur SSH sans s’y identifier ; alerte quand sa clé d’hôte change et nomme les algorithmes faibles.',
  fields: {
    port: { label: 'Port', help: 'Le port du serveur SSH.' },
    hostKeys: {
      label: 'Clés d’hôte',
      help: 'Les clés convenues : SHA256:… ou la clé même. Vide : la première clé vue fait foi.',
    },
    warnWeak: {
      label: 'Avertir des algorithmes faibles',
      help: 'Dégradé tant que le serveur propose ce que personne ne devrait plus utiliser.',
    },
    warnMs: {
      label: 'Avertir au-delà de (ms)',
      help: 'Dégradé quand l’échange dure plus longtemps. 0 n’avertit jamais.',
    },
  },
  metrics: {
    lookup: 'Résolution du nom',
    connect: 'Connexion',
    handshake: 'Échange des clés',
    total: 'Temps total',
    weak: 'Algorithmes faibles',
  },
  reasons: {
    ...sshSessionTexts.fr,
    sameKey: ({ banner, ms }) => `${banner} présente la clé d’hôte attendue, en ${timeText('fr', ms)}.`,
    firstSeen: ({ banner, fingerprint, type }) =>
      `${banner} est vu pour la première fois ; sa clé d’hôte est ${fingerprint} (${type}).`,
    weak: ({ algorithms, count }) =>
      `Le serveur propose encore ${count === 1 ? 'un algorithme faible' : `${count} algorithmes faibles`} : ${algorithms}.`,
    slow: ({ ms, warnMs }) =>
      `Les clés ont été échangées en ${timeText('fr', ms)}, plus lentement que ${timeText('fr', warnMs)}.`,
  },
};

export const sshKindTexts = { en, fr };
