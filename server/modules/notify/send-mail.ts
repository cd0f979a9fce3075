import { createTransport } from 'nodemailer';
import type { Language } from '#contract/words.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
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
}

export interface Mail {
  readonly deliveryId: string;
  readonly ticketId: string | null;
  readonly to: string;
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
  const { deliveryId, ticketId, to, wording, language, at } = mail;
  const domain = server.from.split('@').at(-1) ?? 'vigie.invalid';
  const thread = ticketId === null ? [] : [`<incident.${ticketId}@${domain}>`];
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
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
    html: asHtml(wording, language),
    date: at,
    messageId: `<${deliveryId}@${domain}>`,
    references: thread,
    ...(thread[0] === undefined ? {} : { inReplyTo: thread[0] }),
    // RFC 3834: nothing that answers by itself may answer this, or two machines would write to each other for ever.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': language },
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
