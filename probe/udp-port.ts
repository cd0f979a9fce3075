import { createSocket } from 'node:dgram';
import type { CheckContext, ReasonOf } from './check-kind.ts';
import type { ConnectionReasons } from './connection-reasons.ts';
import { connectionReason, ConnectionFailure } from './open-connection.ts';
import type { FoundAddress } from './name-lookup.ts';

/** A conversation by datagrams with one address and port. Dispose of it: that closes the socket. */
export interface UdpPort extends Disposable {
  send(bytes: Buffer): void;
  /**
   * The next datagram from the other side; undefined when none came until `deadlineMs` (of the context's clock). Throws
   * {@link ConnectionFailure}: the other side's machine refuses the port, cannot be reached, or the run was stopped.
   */
  next(deadlineMs: number): Promise<Buffer | undefined>;
}

// More than this waits for nobody: a flood of datagrams must not fill the memory.
const mostWaiting = 64;

/**
 * Opens it. The socket is connected: the system then drops datagrams from anyone else, and tells when the other machine
 * says that nothing listens there (ICMP port unreachable).
 */
export function openUdp(to: FoundAddress, port: number, context: CheckContext): UdpPort {
  const socket = createSocket({ type: to.family === 6 ? 'udp6' : 'udp4' });
  const waiting: Buffer[] = [];
  const unsent: Buffer[] = [];
  let connected = false;
  let failure: ConnectionFailure | undefined;
  let news: (() => void) | undefined;
  const fail = (reason: ReasonOf<ConnectionReasons>): void => {
    failure ??= new ConnectionFailure(reason);
    news?.();
  };
  const onError = (error: Error): void => fail(connectionReason(error, to.address, port));
  const onAbort = (): void => fail({ code: 'stopped', data: {} });
  const send = (bytes: Buffer): void => {
    socket.send(bytes, (error) => {
      if (error !== null) onError(error);
    });
  };
  socket.on('error', onError);
  socket.on('message', (bytes) => {
    if (waiting.length < mostWaiting) waiting.push(bytes);
    news?.();
  });
  socket.on('connect', () => {
    connected = true;
    for (const bytes of unsent.splice(0)) send(bytes);
  });
  context.signal.addEventListener('abort', onAbort);
  if (context.signal.aborted) onAbort();
  socket.connect(port, to.address);
  return {
    send: (bytes) => (connected ? send(bytes) : void unsent.push(bytes)),
    async next(deadlineMs) {
      for (;;) {
        const bytes = waiting.shift();
        if (bytes !== undefined) return bytes;
        if (failure !== undefined) throw failure;
        const leftMs = deadlineMs - context.clock.nowMs();
        if (leftMs <= 0) return undefined;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, leftMs);
          news = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        news = undefined;
      }
    },
    [Symbol.dispose]() {
      context.signal.removeEventListener('abort', onAbort);
      socket.close();
    },
  };
}
