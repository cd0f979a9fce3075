import type { Language } from '#contract/words.ts';
import type { ReasonOf, Verdict } from '../check-kind.ts';
import { connectionTexts, connectionVerdicts, type ConnectionReasons } from '../connection-reasons.ts';
import { timeText } from '../number-text.ts';

/** What can go wrong until an SSH server is known and believed. */
export type SshSessionReasons = ConnectionReasons & {
  noBanner: { ms: number };
  notSsh: { banner: string };
  oldProtocol: { banner: string };
  closedInHandshake: Record<string, never>;
  handshakeLate: { ms: number };
  noCommonAlgorithm: { what: string };
  handshakeBroken: { message: string };
  hostKeyChanged: { found: string; expected: string };
  signInRefused: { user: string; methods: string };
  keyUnusable: { message: string };
};

type Texts = { readonly [Code in keyof SshSessionReasons]: (data: SshSessionReasons[Code]) => string };

/** The sentences for SSH sessions, to be spread into a kind's own. */
export const sshSessionTexts: Readonly<Record<Language, Texts>> = {
  en: {
    ...connectionTexts.en,
    noBanner: ({ ms }) => `The connection opened, but no SSH server presented itself within ${timeText('en', ms)}.`,
    notSsh: ({ banner }) => `What answers is not an SSH server: “${banner}”.`,
    oldProtocol: ({ banner }) => `The server speaks only SSH 1, which is broken: “${banner}”.`,
    closedInHandshake: () => 'The server cut the connection while keys were exchanged.',
    handshakeLate: ({ ms }) => `Keys were not exchanged within ${timeText('en', ms)}.`,
    noCommonAlgorithm: ({ what }) => `The server and Vigie have no algorithm in common (${what}).`,
    handshakeBroken: ({ message }) => `The exchange of keys failed: ${message}`,
    hostKeyChanged: ({ found, expected }) =>
      `The host key has changed: ${found} instead of ${expected}. Find out why; to accept it, enter it among the host keys of this check.`,
    signInRefused: ({ user, methods }) =>
      `The server does not accept the credential of ${user}${methods === '' ? '.' : ` (it would take: ${methods}).`}`,
    keyUnusable: ({ message }) => `The private key of this check cannot be used: ${message}`,
  },
  fr: {
    ...connectionTexts.fr,
    noBanner: ({ ms }) =>
      `La connexion s’est ouverte, mais aucun serveur SSH ne s’est présenté en ${timeText('fr', ms)}.`,
    notSsh: ({ banner }) => `Ce qui répond n’est pas un serveur SSH : « ${banner} ».`,
    oldProtocol: ({ banner }) => `Le serveur ne parle que SSH 1, qui est cassé : « ${banner} ».`,
    closedInHandshake: () => 'Le serveur a coupé la connexion pendant l’échange des clés.',
    handshakeLate: ({ ms }) => `Les clés n’ont pas été échangées en ${timeText('fr', ms)}.`,
    noCommonAlgorithm: ({ what }) => `Le serveur et Vigie n’ont aucun algorithme en commun (${what}).`,
    handshakeBroken: ({ message }) => `L’échange des clés a échoué : ${message}`,
    hostKeyChanged: ({ found, expected }) =>
      `La clé d’hôte a changé : ${found} au lieu de ${expected}. Cherchez pourquoi ; pour l’accepter, ajoutez-la aux clés d’hôte de ce contrôle.`,
    signInRefused: ({ user, methods }) =>
      `Le serveur n’accepte pas les identifiants de ${user}${methods === '' ? '.' : ` (il accepterait : ${methods}).`}`,
    keyUnusable: ({ message }) => `La clé privée de ce contrôle est inutilisable : ${message}`,
  },
};

/** Thrown when no session comes about; carries the reason as data. */
export class SshSessionFailure extends Error {
  readonly reason: ReasonOf<SshSessionReasons>;
  constructor(reason: ReasonOf<SshSessionReasons>) {
    super(reason.code);
    this.reason = reason;
  }
}

/** What a failed session says of the target. */
export function sshSessionVerdict({ code }: ReasonOf<SshSessionReasons>): Verdict {
  if (code === 'keyUnusable') return 'unknown';
  return isConnectionCode(code) ? connectionVerdicts[code] : 'down';
}

function isConnectionCode(code: string): code is keyof ConnectionReasons {
  return Object.hasOwn(connectionVerdicts, code);
}
