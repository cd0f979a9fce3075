import type { Language } from '#contract/words.ts';
import { certificateTexts, type CertificateReasons } from './certificate-reasons.ts';
import type { CheckContext, CheckResult, Metric, ReasonData, ReasonOf, ReasonSentence, Verdict } from './check-kind.ts';
import { connectionTexts, connectionVerdicts, type ConnectionReasons } from './connection-reasons.ts';
import { ConversationFailure, conversationTexts, type ConversationReasons } from './conversation.ts';
import { ConnectionFailure } from './open-connection.ts';
import { HandshakeFailure } from './start-tls.ts';

/** What a mail server may say or fail to say, besides not being reached. */
export type MailTalkReasons = {
  notSpoken: { protocol: string; said: string };
  turnedAway: { said: string };
  startTlsMissing: Record<string, never>;
  startTlsRefused: { said: string };
  signInRefused: { user: string; said: string };
  signInFailed: { said: string };
  signInMethodMissing: { offered: string };
  commandRefused: { step: string; said: string };
};

/** Everything that can go wrong between connecting to a mail server and being signed in. */
export type MailReasons = ConnectionReasons & CertificateReasons & ConversationReasons & MailTalkReasons;

/** Thrown when a mail server was reached but does not give what was asked for. */
export class MailFailure extends Error {
  readonly reason: ReasonOf<MailReasons>;
  constructor(reason: ReasonOf<MailReasons>) {
    super(reason.code);
    this.reason = reason;
  }
}

type MailSentences = { readonly [Code in keyof MailReasons]: ReasonSentence<MailReasons[Code]> };

/** The sentences, to be spread into a kind's own. */
export const mailTexts: Readonly<Record<Language, MailSentences>> = {
  en: {
    ...connectionTexts.en,
    ...certificateTexts.en,
    ...conversationTexts.en,
    notSpoken: ({ protocol, said }) => `What answers does not speak ${protocol}: “${said}”.`,
    turnedAway: ({ said }) => `The server turns connections away: “${said}”.`,
    startTlsMissing: () => 'The server does not offer STARTTLS: everything would pass in the clear.',
    startTlsRefused: ({ said }) => `The server offers STARTTLS but refuses it: “${said}”.`,
    signInRefused: ({ user, said }) => `The server does not accept the sign-in of ${user}: “${said}”.`,
    signInFailed: ({ said }) => `The server could not sign anyone in at the moment: “${said}”.`,
    signInMethodMissing: ({ offered }) => `The server offers no way of signing in that is known here (${offered}).`,
    commandRefused: ({ step, said }) => `The server refuses ${step}: “${said}”.`,
  },
  fr: {
    ...connectionTexts.fr,
    ...certificateTexts.fr,
    ...conversationTexts.fr,
    notSpoken: ({ protocol, said }) => `Ce qui répond ne parle pas ${protocol} : « ${said} ».`,
    turnedAway: ({ said }) => `Le serveur renvoie les connexions : « ${said} ».`,
    startTlsMissing: () => 'Le serveur ne propose pas STARTTLS : tout passerait en clair.',
    startTlsRefused: ({ said }) => `Le serveur propose STARTTLS mais le refuse : « ${said} ».`,
    signInRefused: ({ user, said }) => `Le serveur n’accepte pas la connexion de ${user} : « ${said} ».`,
    signInFailed: ({ said }) => `Le serveur n’a pu authentifier personne pour l’instant : « ${said} ».`,
    signInMethodMissing: ({ offered }) => `Le serveur ne propose aucune authentification connue ici (${offered}).`,
    commandRefused: ({ step, said }) => `Le serveur refuse ${step} : « ${said} ».`,
  },
};

/** Tells a mail reason that was wrapped into another one: its code stands in `why`, its data beside. */
export function tellMailReason(language: Language, data: ReasonData): string {
  const known: Readonly<Record<string, ReasonSentence<ReasonData>>> = mailTexts[language];
  const why = String(data['why']);
  return Object.hasOwn(known, why) ? (known[why]?.(data) ?? why) : why;
}

/** The reason in an error, when it is one that the server under test gave; an error of another sort is thrown on. */
export function mailReason(error: unknown): ReasonOf<MailReasons> {
  if (
    error instanceof MailFailure ||
    error instanceof ConnectionFailure ||
    error instanceof HandshakeFailure ||
    error instanceof ConversationFailure
  ) {
    return error.reason;
  }
  throw error;
}

/** What a mail reason says of the target. */
export function mailVerdict({ code }: ReasonOf<MailReasons>): Verdict {
  const verdicts: Readonly<Record<string, Verdict>> = connectionVerdicts;
  return Object.hasOwn(verdicts, code) ? (verdicts[code] ?? 'down') : 'down';
}

interface MailResult extends Omit<CheckResult, 'reason'> {
  readonly reason: ReasonOf<MailReasons>;
}

/** The result for a conversation that did not come to its end, with what was measured and said until then. */
export function mailResult(
  error: unknown,
  startedMs: number,
  context: CheckContext,
  told: { readonly output: string; readonly metrics: readonly Metric[] } = { output: '', metrics: [] },
): MailResult {
  const reason = mailReason(error);
  return { verdict: mailVerdict(reason), reason, ...told, durationMs: context.clock.nowMs() - startedMs };
}
