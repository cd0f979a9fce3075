import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { CheckContext, ReasonOf } from '#probe/check-kind.ts';
import { ConnectionFailure, connectionReason, openConnection } from '#probe/open-connection.ts';
import { certificateFault, daysLeft, HandshakeFailure, startTls } from '#probe/start-tls.ts';
import type { HttpSettings } from './settings.ts';
import { WebFailure } from '#probe/web/web-reasons.ts';
import type { HttpReasons } from './texts.ts';

/** A page is read up to here and judged by what came. */
export const pageLimitBytes = 512 * 1024;

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
  readonly headers: IncomingMessage['headers'];
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

/** Thrown when the exchange fails after the connection; carries the reason as data. */
export class ExchangeFailure extends Error {
  readonly reason: ReasonOf<HttpReasons>;
  constructor(reason: ReasonOf<HttpReasons>) {
    super(reason.code);
    this.reason = reason;
  }
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
    const answer = await exchange(socket, address, settings.method, context, leftMs());
    const { lookupMs, connectMs } = connection;
    return {
      ...answer,
      phases: { lookupMs, connectMs, handshakeMs, firstByteMs: answer.firstByteMs },
      certificateDays,
      certificateEnds,
    };
  } finally {
    connection.socket.destroy();
  }
}

interface Answer extends Pick<Page, 'status' | 'statusText' | 'headers' | 'body' | 'cut'> {
  readonly firstByteMs: number;
}

function hostHeader({ scheme, hostName, port }: PageAddress): string {
  const name = hostName.includes(':') ? `[${hostName}]` : hostName;
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}

/** Sends the request over an open socket and reads the bounded answer. */
function exchange(
  socket: Socket,
  address: PageAddress,
  method: string,
  context: CheckContext,
  timeoutMs: number,
): Promise<Answer> {
  const startedMs = context.clock.nowMs();
  return new Promise((resolve, reject) => {
    let firstByteMs: number | undefined;
    let bytes = 0;
    let settled = false;
    const ask: ClientRequest = request({
      createConnection: () => socket,
      method,
      path: address.path,
      setHost: false,
      headers: {
        host: hostHeader(address),
        'user-agent': 'Vigie',
        accept: '*/*',
        'accept-encoding': 'identity',
        connection: 'close',
      },
    });
    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      context.signal.removeEventListener('abort', onAbort);
      ask.destroy();
      finish();
    };
    const fail = (reason: ReasonOf<HttpReasons>): void => settle(() => reject(new ExchangeFailure(reason)));
    const onAbort = (): void => fail({ code: 'stopped', data: {} });
    const onError = (error: Error): void => fail(exchangeReason(error, address));
    const timer = setTimeout(() => {
      if (firstByteMs === undefined) fail({ code: 'noAnswer', data: { ms: context.timeoutMs } });
      else fail({ code: 'bodyUnfinished', data: { bytes, ms: context.timeoutMs } });
    }, timeoutMs);
    context.signal.addEventListener('abort', onAbort);
    ask.on('error', onError);
    ask.on('response', (response) => {
      firstByteMs = context.clock.nowMs() - startedMs;
      const chunks: Buffer[] = [];
      const finish = (cut: boolean): void =>
        settle(() =>
          resolve({
            status: response.statusCode ?? 0,
            statusText: response.statusMessage ?? '',
            headers: response.headers,
            body: Buffer.concat(chunks),
            cut,
            firstByteMs: firstByteMs ?? 0,
          }),
        );
      response.on('error', onError);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk.subarray(0, pageLimitBytes - bytes));
        bytes += chunk.length;
        if (bytes >= pageLimitBytes) finish(true);
      });
      response.on('end', () => finish(false));
    });
    ask.end();
  });
}

function exchangeReason(error: Error, { connectTo, port }: PageAddress): ReasonOf<HttpReasons> {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code.startsWith('HPE_')) return { code: 'malformed', data: { code } };
  // Node says ECONNRESET for an orderly end before the answer too.
  if (error.message === 'socket hang up' || error.message === 'aborted') return { code: 'closedEarly', data: {} };
  return connectionReason(error, connectTo, port);
}

/** The reason behind whatever {@link fetchPage} threw, or undefined when it is a fault of ours. */
export function fetchFailure(error: unknown): ReasonOf<HttpReasons> | undefined {
  if (error instanceof ConnectionFailure || error instanceof HandshakeFailure || error instanceof ExchangeFailure)
    return error.reason;
  if (error instanceof WebFailure) return error.reason;
  return undefined;
}
