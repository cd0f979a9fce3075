import type { Language } from '#contract/words.ts';
import { certificateTexts, type CertificateReasons } from '../certificate-reasons.ts';
import type { ReasonOf, Verdict } from '../check-kind.ts';
import { connectionTexts, connectionVerdicts, type ConnectionReasons } from '../connection-reasons.ts';
import { numberText, timeText } from '../number-text.ts';

/** What can go wrong with one request over HTTP, whatever is asked; every kind that asks over HTTP has them among its reasons. */
export type WebReasons = ConnectionReasons &
  CertificateReasons & {
    noAnswer: { ms: number };
    bodyUnfinished: { bytes: number; ms: number };
    closedEarly: Record<string, never>;
    malformed: { code: string };
    tooManyRedirects: { limit: number };
    badRedirect: { location: string };
    redirectElsewhere: { location: string };
    signInRefused: { status: number };
    digestMissing: Record<string, never>;
    noHttp2: Record<string, never>;
    identityUnusable: { code: string };
  };

type WebTexts = { readonly [Code in keyof WebReasons]: (data: WebReasons[Code]) => string };

/** The sentences for requests over HTTP, to be spread into a kind's own. */
export const webTexts: Readonly<Record<Language, WebTexts>> = {
  en: {
    ...connectionTexts.en,
    ...certificateTexts.en,
    noAnswer: ({ ms }) => `The connection opened, but no answer came within ${timeText('en', ms)}.`,
    bodyUnfinished: ({ bytes, ms }) =>
      `The answer began but was not complete within ${timeText('en', ms)} (${numberText('en', bytes)}\u00a0bytes came).`,
    closedEarly: () => 'The server closed the connection before answering completely.',
    malformed: ({ code }) => `The answer is not valid HTTP (${code}).`,
    tooManyRedirects: ({ limit }) => `More than ${limit} redirects in a row.`,
    badRedirect: ({ location }) => `Redirects to an address that cannot be followed: ${location}`,
    redirectElsewhere: ({ location }) => `Redirects to another server, which this check does not follow: ${location}`,
    signInRefused: ({ status }) => `The server does not accept the credential (${status}).`,
    digestMissing: () => 'The server does not offer the Digest way of signing in.',
    noHttp2: () => 'The server does not speak HTTP/2.',
    identityUnusable: ({ code }) => `The client certificate or its key cannot be used: ${code}.`,
  },
  fr: {
    ...connectionTexts.fr,
    ...certificateTexts.fr,
    noAnswer: ({ ms }) => `La connexion s’est ouverte, mais aucune réponse n’est venue en ${timeText('fr', ms)}.`,
    bodyUnfinished: ({ bytes, ms }) =>
      `La réponse a commencé mais n’était pas complète en ${timeText('fr', ms)} (${numberText('fr', bytes)}\u00a0octets reçus).`,
    closedEarly: () => 'Le serveur a fermé la connexion avant d’avoir répondu complètement.',
    malformed: ({ code }) => `La réponse n’est pas du HTTP valide (${code}).`,
    tooManyRedirects: ({ limit }) => `Plus de ${limit} redirections de suite.`,
    badRedirect: ({ location }) => `Redirige vers une adresse impossible à suivre : ${location}`,
    redirectElsewhere: ({ location }) => `Redirige vers un autre serveur, que ce contrôle ne suit pas : ${location}`,
    signInRefused: ({ status }) => `Le serveur n’accepte pas les identifiants (${status}).`,
    digestMissing: () => 'Le serveur ne propose pas l’authentification Digest.',
    noHttp2: () => 'Le serveur ne parle pas HTTP/2.',
    identityUnusable: ({ code }) => `Le certificat client ou sa clé est inutilisable : ${code}.`,
  },
};

/** Thrown when an exchange over HTTP fails after the connection; carries the reason as data. */
export class WebFailure extends Error {
  readonly reason: ReasonOf<WebReasons>;
  constructor(reason: ReasonOf<WebReasons>) {
    super(reason.code);
    this.reason = reason;
  }
}

/** What a failed request says of the target. */
export function webVerdict({ code }: ReasonOf<WebReasons>): Verdict {
  if (code === 'identityUnusable') return 'unknown';
  return isConnectionCode(code) ? connectionVerdicts[code] : 'down';
}

function isConnectionCode(code: string): code is keyof ConnectionReasons {
  return Object.hasOwn(connectionVerdicts, code);
}
