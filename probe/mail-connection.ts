import type { Socket } from 'node:net';
import { z } from 'zod';
import type { CheckContext, Metric } from './check-kind.ts';
import { Conversation } from './conversation.ts';
import { MailFailure } from './mail-reasons.ts';
import { openConnection } from './open-connection.ts';
import { sanitiseOutput } from './sanitise-output.ts';
import { certificateFault, daysLeft, isoDay, namesOf, startTls, type TlsSession } from './start-tls.ts';

/** How the line is protected: from the first byte, on demand, or not at all. */
export const mailSecurity = z.enum(['tls', 'starttls', 'none']);

/** Where a mail server listens and what is asked of its certificate. */
export interface MailEndpoint {
  readonly port: number;
  readonly security: z.infer<typeof mailSecurity>;
  /** The name that the certificate has to be for; empty takes the address. */
  readonly serverName: string;
  readonly verifyCertificate: boolean;
}

/** Settings for a word that goes into a protocol line: no control characters, which would begin another line. */
export function lineText(maxLength: number): z.ZodDefault<z.ZodString> {
  return z
    .string()
    .max(maxLength)
    .regex(/^[^\p{Cc}]*$/u)
    .default('');
}

/** An address of mail, without the angle brackets that surround it on the wire; may be empty. */
export const mailAddress = z
  .string()
  .max(254)
  .regex(/^(?:[^\s\p{Cc}<>@"\\,;:]+@[A-Za-z0-9.-]+)?$/u)
  .default('');

/** An open connection to a mail server; disposing closes it. */
export class MailConnection implements Disposable {
  readonly talk: Conversation;
  readonly #server: string;
  readonly #endpoint: MailEndpoint;
  readonly #context: CheckContext;
  readonly #deadlineMs: number;
  readonly #plain: Socket;
  readonly connectMs: number;
  /** Present once the line is protected. */
  session: TlsSession | undefined;

  private constructor(
    opened: Awaited<ReturnType<typeof openConnection>>,
    server: string,
    endpoint: MailEndpoint,
    deadlineMs: number,
    context: CheckContext,
  ) {
    const peer = { address: opened.address, port: endpoint.port };
    this.talk = new Conversation(opened.socket, peer, deadlineMs, context);
    this.#plain = opened.socket;
    this.connectMs = opened.connectMs;
    this.#server = server;
    this.#endpoint = endpoint;
    this.#deadlineMs = deadlineMs;
    this.#context = context;
  }

  /** Connects, and protects the line at once where the endpoint says so. Throws what `mailReason` reads. */
  static async open(
    server: string,
    endpoint: MailEndpoint,
    deadlineMs: number,
    context: CheckContext,
  ): Promise<MailConnection> {
    const opened = await openConnection(server, endpoint.port, deadlineMs, context);
    const connection = new MailConnection(opened, server, endpoint, deadlineMs, context);
    try {
      if (endpoint.security === 'tls') await connection.protect();
      return connection;
    } catch (error) {
      connection[Symbol.dispose]();
      throw error;
    }
  }

  /** This machine's own address as RFC 5321 4.1.3 writes it. */
  get ownLiteral(): string {
    const { localAddress = '127.0.0.1', localFamily } = this.#plain;
    return localFamily === 'IPv6' ? `[IPv6:${localAddress.replace(/%.*$/u, '')}]` : `[${localAddress}]`;
  }

  /** Shakes hands and judges the certificate before anything secret is said. Throws what `mailReason` reads. */
  async protect(): Promise<void> {
    const { clock, tools } = this.#context;
    const { serverName, verifyCertificate } = this.#endpoint;
    const name = serverName === '' ? this.#server : serverName;
    const plain = this.talk.release();
    const leftMs = Math.max(1, this.#deadlineMs - clock.nowMs());
    this.session = await startTls(plain, { name, protocols: [] }, tools.trust.strict, leftMs, clock);
    this.talk.resume(this.session.socket);
    const fault = certificateFault(this.session, name, clock.nowMs(), { trusted: verifyCertificate });
    if (fault !== undefined) throw new MailFailure(fault);
  }

  [Symbol.dispose](): void {
    this.session?.socket.destroy();
    this.#plain.destroy();
  }
}

/** What the handshake showed, as metrics: time and days left. */
export function tlsMetrics(session: TlsSession | undefined, nowMs: number): Metric[] {
  if (session === undefined) return [];
  return [
    { name: 'tls', unit: 'ms', value: session.handshakeMs },
    { name: 'certificateDays', unit: 'days', value: daysLeft(session.certificate, nowMs) },
  ];
}

/** What the handshake showed, as lines of evidence. */
export function tlsEvidence(session: TlsSession | undefined): string[] {
  if (session === undefined) return ['not encrypted'];
  const { certificate, protocol } = session;
  return [
    `${protocol}, certificate for ${namesOf(certificate)}`,
    `valid: ${isoDay(certificate.validFromDate)} – ${isoDay(certificate.validToDate)}`,
  ];
}

/** The certificate's end as a reason to warn, when it is nearer than the limit (days; 0 never warns). */
export function endsSoon(
  session: TlsSession | undefined,
  warnDays: number,
  nowMs: number,
): { code: 'certificateExpiresSoon'; data: { days: number; validTo: string } } | undefined {
  if (session === undefined) return undefined;
  const days = daysLeft(session.certificate, nowMs);
  if (days >= warnDays) return undefined;
  return { code: 'certificateExpiresSoon', data: { days, validTo: isoDay(session.certificate.validToDate) } };
}

/** What a server said, on one line and short enough for a sentence. */
export function quoted(said: string): string {
  return sanitiseOutput(said, 200).replaceAll('\n', ' ').trim();
}
