import { connect, type Socket } from 'node:net';
import type { CheckContext, ReasonOf } from './check-kind.ts';
import { coarse } from './coarse-time.ts';
import type { ConnectionReasons } from './connection-reasons.ts';
import { NameFailure, type FoundAddress } from './name-lookup.ts';

/** Thrown when a target cannot be reached; carries the reason as data. */
export class ConnectionFailure extends Error {
  readonly reason: ReasonOf<ConnectionReasons>;
  constructor(reason: ReasonOf<ConnectionReasons>) {
    super(reason.code);
    this.reason = reason;
  }
}

/** A fresh TCP connection and what it took. */
export interface OpenConnection {
  readonly socket: Socket;
  /** The numeric address that answered. */
  readonly address: string;
  /** Zero when the target was given as a number. */
  readonly lookupMs: number;
  readonly connectMs: number;
}

// One name may have many addresses; trying them all would outlast any timeout.
const addressesTried = 3;

/**
 * Opens a fresh TCP connection: name to addresses, each allowed by the context, tried in turn within `deadlineMs`
 * (a moment of the context's clock). Throws {@link ConnectionFailure}. The caller destroys the socket.
 */
export async function openConnection(
  address: string,
  port: number,
  deadlineMs: number,
  context: CheckContext,
): Promise<OpenConnection> {
  const startedMs = context.clock.nowMs();
  const found = await resolveAllowed(address, deadlineMs, context);
  const lookupMs = context.clock.nowMs() - startedMs;
  let failure: unknown;
  for (const [index, candidate] of found.entries()) {
    const leftMs = deadlineMs - context.clock.nowMs();
    const shareMs = Math.max(1, leftMs / (found.length - index));
    const connectingMs = context.clock.nowMs();
    try {
      const socket = await connectOnce(candidate.address, port, shareMs, context.signal);
      return {
        socket,
        address: candidate.address,
        lookupMs: found[0]?.address === address ? 0 : lookupMs,
        connectMs: context.clock.nowMs() - connectingMs,
      };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** The addresses behind a name that may be contacted; at least one. Throws {@link ConnectionFailure}. */
export async function resolveAllowed(name: string, deadlineMs: number, context: CheckContext): Promise<FoundAddress[]> {
  const found = await resolve(name, deadlineMs, context);
  const allowed = found.filter((each) => context.mayReach(each.address)).slice(0, addressesTried);
  if (allowed.length === 0) {
    throw new ConnectionFailure({ code: 'addressForbidden', data: { address: found[0]?.address ?? name } });
  }
  return allowed;
}

async function resolve(name: string, deadlineMs: number, context: CheckContext): Promise<FoundAddress[]> {
  try {
    return await context.tools.lookup.resolve(name, Math.max(1, deadlineMs - context.clock.nowMs()));
  } catch (error) {
    if (!(error instanceof NameFailure)) throw error;
    const code = error.kind === 'notFound' ? 'nameNotFound' : 'nameUnanswered';
    throw new ConnectionFailure({ code, data: { name } });
  }
}

function connectOnce(address: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolveSocket, reject) => {
    if (signal.aborted) {
      reject(new ConnectionFailure({ code: 'stopped', data: {} }));
      return;
    }
    const socket = connect({ host: address, port, autoSelectFamily: false, noDelay: true });
    // Stays for the life of the socket: a late error that nobody waits for must not end the process.
    socket.on('error', ignore);
    const fail = (reason: ReasonOf<ConnectionReasons>): void => {
      settle();
      socket.destroy();
      reject(new ConnectionFailure(reason));
    };
    const onAbort = (): void => fail({ code: 'stopped', data: {} });
    const timer = setTimeout(
      () => fail({ code: 'connectTimeout', data: { address, port, ms: Math.round(timeoutMs) } }),
      coarse(timeoutMs),
    );
    const onError = (error: Error): void => fail(connectionReason(error, address, port));
    const onConnect = (): void => {
      settle();
      resolveSocket(socket);
    };
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError).off('connect', onConnect);
    };
    signal.addEventListener('abort', onAbort);
    socket.on('error', onError).on('connect', onConnect);
  });
}

function ignore(): void {}

const codes: Readonly<Record<string, 'refused' | 'reset' | 'unreachable'>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
};

/** Files a socket error under one of the connection reasons. */
export function connectionReason(error: Error, address: string, port: number): ReasonOf<ConnectionReasons> {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  if (code === 'ETIMEDOUT') return { code: 'connectTimeout', data: { address, port, ms: 0 } };
  const known = codes[code];
  if (known === undefined) return { code: 'ownFault', data: { code: code.slice(0, 100) } };
  return known === 'unreachable' ? { code: known, data: { address } } : { code: known, data: { address, port } };
}
