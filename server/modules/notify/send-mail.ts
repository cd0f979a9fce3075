import type { Language } from '#contract/words.ts';
import { composeMail } from '#mail/compose-mail.ts';
import { sendMessage, type OutgoingServer, type SendOutcome } from '#mail/send-message.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import type { Phase } from './phase.ts';
import type { Outcome } from './retry.ts';
import { asHtml, asText, type Wording } from './wording.ts';

/** The outgoing mail server, with its password in the clear: kept in memory only. */
export interface MailServerAccess {
  readonly host: string;
  readonly port: number;
  readonly security: 'none' | 'starttls' | 'tls';
  readonly user: string;
  readonly password: string | null;
  readonly from: string;
  /** Certificate of a private authority, PEM; empty: those the system trusts. */
  readonly caPem: string;
}

export interface Mail {
  /** The delivery's id. */
  readonly id: string;
  /** The same for all mails of one incident; null for what stands alone. */
  readonly thread: string | null;
  readonly to: string;
  readonly phase: Phase;
  readonly priority: 'low' | 'normal' | 'high' | 'critical';
  readonly wording: Wording;
  readonly language: Language;
  readonly at: Date;
}

/** What the other side said, fit to be stored and shown: a mail server may answer anything, of any length. */
const longestAnswerBytes = 500;

/**
 * Sends one mail over a connection of its own. Its Message-ID is made of the delivery's id, so that a mail that was
 * accepted just before a crash and is sent again can be seen to be the same; all of an incident refer to one thread.
 */
export async function sendMail(server: MailServerAccess, mail: Mail, signal: AbortSignal): Promise<Outcome> {
  const { id, thread, to, phase, priority, wording, language, at } = mail;
  const domain = server.from.split('@').at(-1) ?? 'vigie.invalid';
  const root = thread === null ? [] : [`<${thread}@${domain}>`];
  const tone = phase === 'closes' ? 'well' : phase === 'opens' || phase === 'recalls' ? 'failing' : 'plain';
  const isUrgent = tone === 'failing' && (priority === 'high' || priority === 'critical');
  const raw = await composeMail({
    from: { name: 'Vigie', address: server.from },
    to: { name: '', address: to },
    subject: wording.subject,
    text: asText(wording),
    html: asHtml(wording, language, tone),
    date: at,
    messageId: `<${id}@${domain}>`,
    references: root,
    ...(root[0] === undefined ? {} : { inReplyTo: root[0] }),
    ...(isUrgent ? { priority: 'high' as const } : {}),
    // RFC 3834: nothing that answers by itself may answer this, or two machines would write to each other for ever.
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': language,
      // RFC 2919: what a reader's rules can sort by.
      'List-Id': `Vigie <notices.vigie.${domain}>`,
    },
  });
  const access: OutgoingServer = {
    host: server.host,
    port: server.port,
    security: server.security,
    serverName: null,
    caPem: server.caPem,
    signIn:
      server.user === '' ? { by: 'nothing' } : { by: 'password', user: server.user, password: server.password ?? '' },
  };
  const sent = await sendMessage(access, { envelope: { from: server.from, to: [to] }, raw }, signal);
  return outcomeOf(sent, signal);
}

function outcomeOf({ end, said }: SendOutcome, signal: AbortSignal): Outcome {
  if (end !== 'sent' && signal.aborted) return { end: 'later', reason: null, detail: '' };
  const detail = sanitiseOutput(said, longestAnswerBytes);
  if (end === 'sent') return { end: 'delivered', detail };
  // What begins with a status is the server's own word; anything else is about the way to it.
  if (/^[245]\d\d/u.test(said)) return { end, reason: null, detail };
  if (/timed? ?out|ETIMEDOUT|Greeting never/iu.test(said)) return { end: 'later', reason: 'timed_out', detail: '' };
  return { end: 'later', reason: 'unreachable', detail };
}
