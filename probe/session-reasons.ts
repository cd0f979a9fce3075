import type { Language } from '#contract/words.ts';
import { certificateTexts, type CertificateReasons } from './certificate-reasons.ts';
import type { Verdict } from './check-kind.ts';
import { connectionTexts, connectionVerdicts, type ConnectionReasons } from './connection-reasons.ts';
import { timeText } from './number-text.ts';
import { bytesText } from './value-text.ts';

/** How a signed-in conversation with a server can fail: reaching it, TLS, its protocol, signing in. */
export type SessionReasons = ConnectionReasons &
  CertificateReasons & {
    /** Connected, and then silence or too slow. */
    noAnswer: { ms: number };
    /** The server ended the connection in the middle. */
    cutOff: { said: string };
    /** Something answers that does not speak the protocol. */
    otherProtocol: { protocol: string; said: string };
    /** The answer was larger than a check reads. */
    flooded: { bytes: number };
    tlsNotOffered: Record<string, never>;
    /** The password was not sent, because it would have gone in clear. */
    passwordInClear: Record<string, never>;
    signInRefused: { user: string; said: string };
  };

/** What each of them says of the target. */
export const sessionVerdicts: Readonly<Record<keyof SessionReasons, Verdict>> = {
  ...connectionVerdicts,
  certificateExpired: 'down',
  certificateEarly: 'down',
  certificateUntrusted: 'down',
  certificateOtherName: 'down',
  certificateExpiresSoon: 'degraded',
  handshakeFailed: 'down',
  handshakeTimeout: 'down',
  noAnswer: 'down',
  cutOff: 'down',
  otherProtocol: 'down',
  flooded: 'down',
  tlsNotOffered: 'down',
  passwordInClear: 'down',
  signInRefused: 'down',
};

type SessionTexts = { readonly [Code in keyof SessionReasons]: (data: SessionReasons[Code]) => string };

/** The sentences for them, to be spread into a kind's own. */
export const sessionTexts: Readonly<Record<Language, SessionTexts>> = {
  en: {
    ...connectionTexts.en,
    ...certificateTexts.en,
    noAnswer: ({ ms }) => `It accepted the connection but did not answer in full within ${timeText('en', ms)}.`,
    cutOff: ({ said }) => `The server ended the connection${said === '' ? ' in the middle' : `: ${said}`}.`,
    otherProtocol: ({ protocol, said }) =>
      `What answers does not speak ${protocol} as it should${said === '' ? '' : ` (${said})`}.`,
    flooded: ({ bytes }) => `The answer is larger than the ${bytesText('en', bytes)} that a check reads.`,
    tlsNotOffered: () => 'The server does not offer TLS, which the settings require.',
    passwordInClear: () =>
      'The server asks for the password in clear over a connection that nobody vouches for; it was not sent.',
    signInRefused: ({ user, said }) =>
      `The server refuses to sign in ${user === '' ? 'without a name' : user}: ${said}`,
  },
  fr: {
    ...connectionTexts.fr,
    ...certificateTexts.fr,
    noAnswer: ({ ms }) => `La connexion est acceptée, mais la réponse n’est pas complète en ${timeText('fr', ms)}.`,
    cutOff: ({ said }) => `Le serveur a mis fin à la connexion${said === '' ? ' en plein échange' : ` : ${said}`}.`,
    otherProtocol: ({ protocol, said }) =>
      `Ce qui répond ne parle pas ${protocol} comme il faut${said === '' ? '' : ` (${said})`}.`,
    flooded: ({ bytes }) => `La réponse dépasse les ${bytesText('fr', bytes)} qu’un contrôle lit.`,
    tlsNotOffered: () => 'Le serveur ne propose pas TLS, que les réglages exigent.',
    passwordInClear: () =>
      'Le serveur demande le mot de passe en clair sur une connexion que rien ne garantit ; il n’a pas été envoyé.',
    signInRefused: ({ user, said }) =>
      `Le serveur refuse la connexion ${user === '' ? 'sans nom' : `de ${user}`} : ${said}`,
  },
};
