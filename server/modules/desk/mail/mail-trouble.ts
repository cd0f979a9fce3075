import type { MailTrouble, MailWay } from '#contract/desk-mail-words.ts';
import type { Language } from '#contract/words.ts';
import { mailTroubles as en } from '#texts/en/mail.ts';
import { mailTroubles as fr } from '#texts/fr/mail.ts';
import type { WayRecord } from './store-mailboxes.ts';

const words = { en, fr };

/** What went wrong by what was said, the likeliest first: libraries and servers have no common codes. */
const signs: readonly (readonly [RegExp, MailTrouble])[] = [
  [/ECONNREFUSED/u, 'connection_refused'],
  [/ENOTFOUND|EAI_AGAIN/u, 'name_unknown'],
  [/certificate|altnames|CERT_|unable to verify|self[- ]signed/iu, 'certificate'],
  [/SSL|TLS|wrong version number|EPROTO|handshake/iu, 'tls'],
  [/^5(?:30|34|35|38)\b|authenticat|AUTHENTICATIONFAILED|credentials|password|login failed|EAUTH/iu, 'sign_in_refused'],
  [/timed? ?out|ETIMEDOUT|ESOCKETTIMEDOUT|greeting never|Failed to receive greeting/iu, 'timed_out'],
  [/EHOSTUNREACH|ENETUNREACH|ECONNRESET|closed|ended/iu, 'unreachable'],
];

/** What is wrong, told from a library's code and a server's words. */
export function troubleOf(said: string, code = ''): MailTrouble {
  const both = `${said} ${code}`;
  return signs.find(([sign]) => sign.test(both))?.[1] ?? 'unreachable';
}

/** One way of a mailbox as its reader sees it. */
export function tellWay({ trouble, said, at }: WayRecord, language: Language): MailWay {
  return { trouble, sentence: words[language][trouble] ?? trouble, said, at: at?.toISOString() ?? null };
}
