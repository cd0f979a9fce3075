import type { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { connect, type SecureContext, type TLSSocket } from 'node:tls';
import type { ReasonOf } from './check-kind.ts';
import type { ProbeClock } from './probe-clock.ts';
import type { CertificateReasons } from './certificate-reasons.ts';

/** Thrown when no TLS session comes about. */
export class HandshakeFailure extends Error {
  readonly reason: ReasonOf<Pick<CertificateReasons, 'handshakeFailed' | 'handshakeTimeout'>>;
  constructor(reason: ReasonOf<Pick<CertificateReasons, 'handshakeFailed' | 'handshakeTimeout'>>) {
    super(reason.code);
    this.reason = reason;
  }
}

/** A finished handshake. The certificate has not been judged yet: nothing secret may be sent before. */
export interface TlsSession {
  readonly socket: TLSSocket;
  readonly handshakeMs: number;
  readonly protocol: string;
  readonly certificate: X509Certificate;
  /** OpenSSL's word on the chain, such as `DEPTH_ZERO_SELF_SIGNED_CERT`; undefined when it is trusted. */
  readonly chainFault: string | undefined;
}

/** Who is asked for in a handshake. */
export interface TlsWish {
  readonly name: string;
  /** Offered by ALPN (RFC 7301). A mail server may hang up on a protocol that it does not know: then offer none. */
  readonly protocols: readonly string[];
}

/**
 * Shakes hands over an open connection; a mere name offers HTTP/1.1. Throws {@link HandshakeFailure}; the caller destroys
 * the sockets.
 */
export function startTls(
  socket: Socket,
  wish: string | TlsWish,
  trust: SecureContext,
  timeoutMs: number,
  clock: ProbeClock,
): Promise<TlsSession> {
  const startedMs = clock.nowMs();
  const { name, protocols } = typeof wish === 'string' ? { name: wish, protocols: ['http/1.1'] } : wish;
  return new Promise((resolve, reject) => {
    const secure = connect({
      socket,
      secureContext: trust,
      rejectUnauthorized: false,
      ...(protocols.length === 0 ? {} : { ALPNProtocols: [...protocols] }),
      // The name is judged in `certificateFault`, with the rest.
      checkServerIdentity: () => undefined,
      ...(isIP(name) === 0 ? { servername: name } : {}),
    });
    const fail = (reason: HandshakeFailure['reason']): void => {
      clearTimeout(timer);
      secure.destroy();
      reject(new HandshakeFailure(reason));
    };
    const timer = setTimeout(() => fail({ code: 'handshakeTimeout', data: { ms: timeoutMs } }), timeoutMs);
    // Stays in place after the handshake: a later error must not end the process.
    secure.on('error', (error: Error) => fail({ code: 'handshakeFailed', data: { code: shortCode(error) } }));
    secure.once('close', () => fail({ code: 'handshakeFailed', data: { code: 'connection closed' } }));
    secure.once('secureConnect', () => {
      clearTimeout(timer);
      const certificate = secure.getPeerX509Certificate();
      if (certificate === undefined) {
        fail({ code: 'handshakeFailed', data: { code: 'no certificate' } });
        return;
      }
      resolve({
        socket: secure,
        handshakeMs: clock.nowMs() - startedMs,
        protocol: secure.getProtocol() ?? 'unknown',
        certificate,
        chainFault: secure.authorized ? undefined : chainFault(secure),
      });
    });
  });
}

// Typed as an Error by the declarations, in truth OpenSSL's code as a string.
function chainFault(socket: TLSSocket): string {
  const fault: unknown = socket.authorizationError;
  if (typeof fault === 'string') return fault;
  return fault instanceof Error ? shortCode(fault) : 'UNKNOWN';
}

function shortCode(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return code.slice(0, 100);
}

const dayMs = 86_400_000;

/** Days until the certificate ends; negative when it has ended. */
export function daysLeft(certificate: X509Certificate, nowMs: number): number {
  return (certificate.validToDate.getTime() - nowMs) / dayMs;
}

/** The day of a moment, for sentences: 2026-11-22. */
export function isoDay(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** What is wrong with the certificate, worst first; undefined when nothing is. `trusted: false` looks at the dates only. */
export function certificateFault(
  session: TlsSession,
  serverName: string,
  nowMs: number,
  options: { readonly trusted: boolean },
):
  | ReasonOf<
      Pick<
        CertificateReasons,
        'certificateExpired' | 'certificateEarly' | 'certificateUntrusted' | 'certificateOtherName'
      >
    >
  | undefined {
  const { certificate } = session;
  const left = daysLeft(certificate, nowMs);
  if (left < 0) return { code: 'certificateExpired', data: { days: -left, validTo: isoDay(certificate.validToDate) } };
  if (certificate.validFromDate.getTime() > nowMs) {
    return { code: 'certificateEarly', data: { validFrom: isoDay(certificate.validFromDate) } };
  }
  if (!options.trusted) return undefined;
  const matches = isIP(serverName) === 0 ? certificate.checkHost(serverName) : certificate.checkIP(serverName);
  if (matches === undefined) {
    return { code: 'certificateOtherName', data: { name: serverName, names: namesOf(certificate) } };
  }
  return session.chainFault === undefined
    ? undefined
    : { code: 'certificateUntrusted', data: { code: session.chainFault } };
}

/** The names a certificate is for, as one bounded line. */
export function namesOf(certificate: X509Certificate): string {
  const names =
    certificate.subjectAltName?.replaceAll(/(?:DNS|IP Address):/gu, '') ?? certificate.subject.replaceAll('\n', ', ');
  return names.slice(0, 200);
}
