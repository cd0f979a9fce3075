import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { CheckContext, ReasonOf } from '#probe/check-kind.ts';
import { ConnectionFailure, openConnection } from '#probe/open-connection.ts';
import { certificateFault, daysLeft, HandshakeFailure, startTls } from '#probe/start-tls.ts';
import { WebFailure } from '#probe/web/web-reasons.ts';
import { ExchangeFailure, plainExchange } from './plain-exchange.ts';
import type { HttpSettings } from './settings.ts';
import type { HttpReasons } from './texts.ts';

/** Where one request goes. */
export interface PageAddress {
  readonly scheme: 'http' | 'https';
  /** What is connected to: a name or an address. */
  readonly connectTo: string;
  /** What is asked for: the Host header and the name of the certificate. */
  readonly hostName: string;
  readonly port: number;
  readonly path: string;
}

/** One answered request, with the time of each phase. */
export interface Page {
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** True when the page went on beyond the limit. */
  readonly cut: boolean;
  readonly phases: {
    readonly lookupMs: number;
    readonly connectMs: number;
    readonly handshakeMs: number | undefined;
    readonly firstByteMs: number;
  };
  readonly certificateDays: number | undefined;
  readonly certificateEnds: Date | undefined;
}

/** One request over a fresh connection, finished by `deadlineMs`. Throws ConnectionFailure, HandshakeFailure or {@link ExchangeFailure}. */
export async function fetchPage(
  address: PageAddress,
  settings: HttpSettings,
  deadlineMs: number,
  context: CheckContext,
): Promise<Page> {
  const connection = await openConnection(address.connectTo, address.port, deadlineMs, context);
  try {
    const leftMs = (): number => Math.max(1, deadlineMs - context.clock.nowMs());
    let socket: Socket = connection.socket;
    let handshakeMs: number | undefined;
    let certificateDays: number | undefined;
    let certificateEnds: Date | undefined;
    if (address.scheme === 'https') {
      const session = await startTls(socket, address.hostName, context.tools.trust.strict, leftMs(), context.clock);
      const nowMs = context.clock.nowMs();
      // Judged before the request is sent: nothing is said to a server that is not the one meant.
      const fault = certificateFault(session, address.hostName, nowMs, { trusted: settings.verifyCertificate });
      if (fault !== undefined) throw new ExchangeFailure(fault);
      socket = session.socket;
      handshakeMs = session.handshakeMs;
      certificateDays = daysLeft(session.certificate, nowMs);
      certificateEnds = session.certificate.validToDate;
    }
    const method = settings.method === 'HEAD' ? 'HEAD' : 'GET';
    const { path, connectTo, port } = address;
    const request = { method, path, host: hostHeader(address), connectTo, port } as const;
    const { answer, firstByteMs } = await plainExchange(socket, request, context, leftMs());
    const { lookupMs, connectMs } = connection;
    return {
      status: answer.status,
      statusText: answer.statusText,
      headers: answer.headers,
      body: answer.body,
      cut: answer.state === 'cut',
      phases: { lookupMs, connectMs, handshakeMs, firstByteMs },
      certificateDays,
      certificateEnds,
    };
  } finally {
    connection.socket.destroy();
  }
}

/** The Host header of a request. */
export function hostHeader({ scheme, hostName, port }: PageAddress): string {
  const name = hostName.includes(':') ? `[${hostName}]` : hostName;
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}

/** The reason behind whatever {@link fetchPage} threw, or undefined when it is a fault of ours. */
export function fetchFailure(error: unknown): ReasonOf<HttpReasons> | undefined {
  if (error instanceof ConnectionFailure || error instanceof HandshakeFailure || error instanceof ExchangeFailure)
    return error.reason;
  if (error instanceof WebFailure) return error.reason;
  return undefined;
}
