import type { Socket } from 'node:net';
import type { CheckContext, ReasonOf } from '#probe/check-kind.ts';
import { coarse } from '#probe/coarse-time.ts';
import { connectionReason } from '#probe/open-connection.ts';
import { AnswerReader } from './answer-reader.ts';
import type { HttpReasons } from './texts.ts';

/** A page is read up to here and judged by what came. */
export const pageLimitBytes = 512 * 1024;

/** Thrown when the exchange fails after the connection; carries the reason as data. */
export class ExchangeFailure extends Error {
  readonly reason: ReasonOf<HttpReasons>;
  constructor(reason: ReasonOf<HttpReasons>) {
    super(reason.code);
    this.reason = reason;
  }
}

/** What is asked, and of whom. */
export interface PlainRequest {
  readonly method: 'GET' | 'HEAD';
  readonly path: string;
  /** The Host header. */
  readonly host: string;
  /** For sentences about the connection. */
  readonly connectTo: string;
  readonly port: number;
}

/** An answer that was read whole, or up to the limit. */
export interface PlainAnswer {
  readonly answer: AnswerReader;
  readonly firstByteMs: number;
}

/**
 * Sends one request over an open socket and reads the bounded answer. Written by hand because it is what ten thousand
 * checks do: node's own client takes half as much again for each. Throws {@link ExchangeFailure}.
 */
export function plainExchange(
  socket: Socket,
  request: PlainRequest,
  context: CheckContext,
  timeoutMs: number,
): Promise<PlainAnswer> {
  const { method, path, host, connectTo, port } = request;
  const startedMs = context.clock.nowMs();
  return new Promise((resolve, reject) => {
    const answer = new AnswerReader(pageLimitBytes, method === 'HEAD');
    let firstByteMs = 0;
    let settled = false;
    const settle = (): boolean => {
      if (settled) return false;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      return true;
    };
    const fail = (reason: ReasonOf<HttpReasons>): void => {
      if (settle()) reject(new ExchangeFailure(reason));
    };
    const onAbort = (): void => fail({ code: 'stopped', data: {} });
    const timer = setTimeout(() => {
      if (answer.state === 'head') fail({ code: 'noAnswer', data: { ms: context.timeoutMs } });
      else fail({ code: 'bodyUnfinished', data: { bytes: answer.bytes, ms: context.timeoutMs } });
    }, coarse(timeoutMs));
    const { signal } = context;
    signal.addEventListener('abort', onAbort);
    socket.on('error', (error) => fail(connectionReason(error, connectTo, port)));
    const onEnd = (): void => {
      if (!answer.end()) fail({ code: 'closedEarly', data: {} });
      else if (settle()) resolve({ answer, firstByteMs });
    };
    socket.on('end', onEnd).on('close', onEnd);
    socket.on('data', (chunk: Buffer) => {
      if (settled) return;
      if (firstByteMs === 0) firstByteMs = context.clock.nowMs() - startedMs;
      const state = answer.feed(chunk);
      if (state === 'whole' || state === 'cut') {
        if (settle()) resolve({ answer, firstByteMs });
      } else if (typeof state === 'object') fail({ code: 'malformed', data: { code: state.malformed } });
    });
    socket.write(plainRequest(method, path, host), 'latin1');
  });
}

/** The bytes of a request, as latin1. */
export function plainRequest(method: 'GET' | 'HEAD', path: string, host: string): string {
  return `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nuser-agent: Vigie\r\naccept: */*\r\naccept-encoding: identity\r\nconnection: close\r\n\r\n`;
}
