import type { Language } from '#contract/words.ts';
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

const connectTimeoutMs = 10_000;
const silenceTimeoutMs = 20_000;
const wholeTimeoutMs = 60_000;

/** Faults of the mail itself, not of the way to the server. */
const ofTheMail = new Set(['EENVELOPE', 'EMESSAGE']);
/** "Authentication required" is about us, and can be put right. */
const authenticationRequired = 530;

/** What the other side said, fit to be stored and shown: a mail server may answer anything, of any length. */
const longestAnswerBytes = 500;
const fit = (answer: string): string => sanitiseOutput(answer, longestAnswerBytes);

/** An SMTP server's answer of 500 and more to a recipient or a mail is final (RFC 5321, 4.2.1). */
function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof Error)) return { end: 'later', reason: 'unreachable', detail: fit(String(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0;
  const answer = 'response' in error && typeof error.response === 'string' ? error.response : '';
  const final = ofTheMail.has(code) && status >= 500 && status !== authenticationRequired;
  if (answer !== '') return { end: final ? 'refused' : 'later', reason: null, detail: fit(answer) };
  if (code === 'ETIMEDOUT') return { end: 'later', reason: 'timed_out', detail: '' };
  return { end: 'later', reason: 'unreachable', detail: fit(error.message) };
}

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
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    ...(server.caPem === '' ? {} : { tls: { ca: server.caPem } }),
    ...(server.user === '' ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const end = AbortSignal.any([signal, AbortSignal.timeout(wholeTimeoutMs)]);
  const message = {
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
    // The library knows it, its types not yet: the connection is closed when it aborts.
    signal: end,
  };
  try {
    const sent = await transport.sendMail(message);
    return { end: 'delivered', detail: fit(sent.response) };
  } catch (error) {
    if (signal.aborted) return { end: 'later', reason: null, detail: '' };
    return end.aborted ? { end: 'later', reason: 'timed_out', detail: '' } : outcomeOf(error);
  } finally {
    transport.close();
  }
}
