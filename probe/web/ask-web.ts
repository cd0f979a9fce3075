import type { Socket } from 'node:net';
import type { CheckContext, ReasonOf } from '../check-kind.ts';
import { ConnectionFailure, openConnection } from '../open-connection.ts';
import { certificateFault, daysLeft, HandshakeFailure, startTls } from '../start-tls.ts';
import { exchangeByHttp1 } from './http1-exchange.ts';
import { exchangeByHttp2 } from './http2-exchange.ts';
import type { WebExchange, WebRequest } from './web-exchange.ts';
import { WebFailure, type WebReasons } from './web-reasons.ts';

/** One answered request, with the time of each phase. */
export interface WebAnswer extends WebExchange {
  readonly lookupMs: number;
  readonly connectMs: number;
  readonly handshakeMs: number | undefined;
  readonly certificateDays: number | undefined;
  readonly certificateEnds: Date | undefined;
}

/** One request over a fresh connection, finished by `deadlineMs`. What it throws is told by {@link webFailure}. */
export async function askWeb(request: WebRequest, deadlineMs: number, context: CheckContext): Promise<WebAnswer> {
  const { address } = request;
  const leftMs = (): number => Math.max(1, deadlineMs - context.clock.nowMs());
  const connection = await openConnection(address.connectTo, address.port, deadlineMs, context);
  try {
    let socket: Socket = connection.socket;
    let handshakeMs: number | undefined;
    let certificateDays: number | undefined;
    let certificateEnds: Date | undefined;
    if (address.scheme === 'https') {
      const trust = request.trust ?? context.tools.trust.strict;
      const wish = { name: address.hostName, protocols: request.http2 ? ['h2'] : ['http/1.1'] };
      const session = await startTls(socket, wish, trust, leftMs(), context.clock);
      const nowMs = context.clock.nowMs();
      // Judged before the request is sent: nothing is said to a server that is not the one meant.
      const fault = certificateFault(session, address.hostName, nowMs, { trusted: request.verifyCertificate });
      if (fault !== undefined) throw new WebFailure(fault);
      if (request.http2 && session.socket.alpnProtocol !== 'h2') throw new WebFailure({ code: 'noHttp2', data: {} });
      socket = session.socket;
      handshakeMs = session.handshakeMs;
      certificateDays = daysLeft(session.certificate, nowMs);
      certificateEnds = session.certificate.validToDate;
    }
    const exchange = request.http2 ? exchangeByHttp2 : exchangeByHttp1;
    const answer = await exchange(socket, request, leftMs(), context);
    const { lookupMs, connectMs } = connection;
    return { ...answer, lookupMs, connectMs, handshakeMs, certificateDays, certificateEnds };
  } finally {
    connection.socket.destroy();
  }
}

/** The reason behind whatever {@link askWeb} threw. An error of another sort is thrown on: it is a fault of ours. */
export function webFailure(error: unknown): ReasonOf<WebReasons> {
  if (error instanceof ConnectionFailure || error instanceof HandshakeFailure || error instanceof WebFailure)
    return error.reason;
  throw error;
}
