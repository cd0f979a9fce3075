import type { ComposedMail } from './compose-answer.ts';
import { flightStep, type FlightStep } from './flight-record.ts';

/** The outgoing mail server, with what opens it in the clear: kept in memory only. */
export interface OutgoingServer {
  readonly host: string;
  readonly port: number;
  readonly security: 'none' | 'starttls' | 'tls';
  /** The name to ask the certificate for, when `host` is an address. */
  readonly serverName: string | null;
  readonly signIn:
    | { readonly by: 'nothing' }
    | { readonly by: 'password'; readonly user: string; readonly password: string }
    | { readonly by: 'token'; readonly user: string; readonly accessToken: string };
  /** Certificate of a private authority, PEM; empty: those the system trusts. */
  readonly caPem: string;
}

/** What became of an attempt. `refused` is final; `later` is worth another attempt. */
export interface SendOutcome {
  readonly end: 'sent' | 'later' | 'refused';
  /** What the server said, bounded. */
  readonly said: string;
  /** Recipients that the server will not take, although it took the mail for others. */
  readonly refusedRecipients: readonly string[];
  readonly steps: readonly FlightStep[];
}

const connectTimeoutMs = 10_000;
const silenceTimeoutMs = 30_000;
const wholeTimeoutMs = 120_000;

async function transportTo(server: OutgoingServer) {
  const { createTransport } = await import('nodemailer');
  const { signIn } = server;
  return createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    tls: {
      ...(server.caPem === '' ? {} : { ca: server.caPem }),
      ...(server.serverName === null ? {} : { servername: server.serverName }),
    },
    ...(signIn.by === 'password' ? { auth: { user: signIn.user, pass: signIn.password } } : {}),
    ...(signIn.by === 'token'
      ? { auth: { type: 'OAuth2' as const, user: signIn.user, accessToken: signIn.accessToken } }
      : {}),
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Opens the server and signs in, without sending anything. `said` is what went wrong; null when all is well. */
export async function tryServer(
  server: OutgoingServer,
): Promise<{ readonly code: string; readonly said: string } | null> {
  const transport = await transportTo(server);
  try {
    await transport.verify();
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
    return { code, said: outcomeOf(error).said };
  } finally {
    transport.close();
  }
}

/** Hands a mail over, as it is, on a connection of its own. */
export async function sendMessage(
  server: OutgoingServer,
  mail: Pick<ComposedMail, 'envelope' | 'raw'>,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const transport = await transportTo(server);
  const message = {
    envelope: { from: mail.envelope.from, to: [...mail.envelope.to] },
    raw: Buffer.from(mail.raw),
    // The library knows it, its types not yet: the connection is closed when it aborts.
    signal: AbortSignal.any([signal, AbortSignal.timeout(wholeTimeoutMs)]),
  };
  try {
    const sent = await transport.sendMail(message);
    const refusedRecipients = sent.rejected.map(String);
    return outcome('sent', sent.response, refusedRecipients);
  } catch (error) {
    return outcomeOf(error);
  } finally {
    transport.close();
  }
}

const ofTheMail = new Set(['EENVELOPE', 'EMESSAGE']);
/** Refusals that are about us and can be put right: sign in first, wrong password, relaying not allowed yet. */
const ourFault = new Set([530, 534, 535, 538]);

/** RFC 5321, 4.2.1: 4yz is worth another attempt, 5yz to a recipient or a mail is final. */
function outcomeOf(error: unknown): SendOutcome {
  if (!(error instanceof Error)) return outcome('later', String(error));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0;
  const answer = 'response' in error && typeof error.response === 'string' ? error.response : error.message;
  const isFinal = ofTheMail.has(code) && status >= 500 && !ourFault.has(status);
  return outcome(isFinal ? 'refused' : 'later', answer);
}

const longestAnswer = 500;

function outcome(end: SendOutcome['end'], answer: string, refusedRecipients: readonly string[] = []): SendOutcome {
  const said = answer
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .slice(0, longestAnswer)
    .toWellFormed();
  const rule = end === 'sent' ? 'sent' : end === 'later' ? 'send_later' : 'send_refused';
  return { end, said, refusedRecipients, steps: [flightStep('send', rule, said, end)] };
}
