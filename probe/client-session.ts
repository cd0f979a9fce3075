import type { Socket } from 'node:net';
import type { CheckContext, CheckResult, Metric, ReasonOf } from './check-kind.ts';
import { guardSocket, type SocketGuard } from './guarded-socket.ts';
import { ConnectionFailure, connectionReason, openConnection } from './open-connection.ts';
import { sanitiseOutput } from './sanitise-output.ts';
import { sessionVerdicts, type SessionReasons } from './session-reasons.ts';
import { certificateFault, daysLeft, HandshakeFailure, isoDay, startTls, type TlsSession } from './start-tls.ts';
import { DeadlinePassed, withinDeadline } from './within-deadline.ts';

/** Thrown when a conversation fails after the connection; carries the reason as data. */
export class SessionFailure extends Error {
  readonly reason: ReasonOf<SessionReasons>;
  constructor(reason: ReasonOf<SessionReasons>) {
    super(reason.code);
    this.reason = reason;
  }
}

/** Where a client's connection goes, and how it is protected. */
export interface LineWish {
  /** A name or an address. */
  readonly address: string;
  readonly port: number;
  /** The name that the certificate has to be for. */
  readonly serverName: string;
  /** Whether an unbelieved certificate ends the run; an expired one always does. */
  readonly verify: boolean;
  /** TLS from the first byte. */
  readonly tls: boolean;
  /** More than this is never read. */
  readonly limitBytes: number;
  /** What TLS may carry (ALPN); servers that care are few. */
  readonly protocols?: readonly string[];
}

/** An open connection to hand to a client library, which then cannot choose another address. */
export interface Line {
  readonly socket: Socket;
  readonly address: string;
  readonly connectMs: number;
  readonly session?: TlsSession;
  readonly guard: SocketGuard;
}

/** Opens a connection, with TLS when wanted. Throws ConnectionFailure, HandshakeFailure or {@link SessionFailure}. */
export async function openLine(wish: LineWish, deadlineMs: number, context: CheckContext): Promise<Line> {
  const { socket, address, connectMs } = await openConnection(wish.address, wish.port, deadlineMs, context);
  const line = { socket, address, connectMs };
  try {
    // The handshake reads from below: the guard of the plain socket sees nothing of it, and the TLS socket gets its own.
    if (wish.tls) return await protectLine(line, wish, deadlineMs, context);
    return { ...line, guard: guardSocket(socket, wish.limitBytes) };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Shakes hands over a line that is still in clear, and judges the certificate before anything secret is said. */
export async function protectLine(
  line: Omit<Line, 'guard'>,
  wish: LineWish,
  deadlineMs: number,
  context: CheckContext,
): Promise<Line> {
  const leftMs = Math.max(1, deadlineMs - context.clock.nowMs());
  const { trust } = context.tools;
  const asked = { name: wish.serverName, protocols: wish.protocols ?? [] };
  const handshake = startTls(line.socket, asked, trust.strict, leftMs, context.clock);
  // The handshake keeps the time itself, and says that it was the handshake that took it: it has to be first.
  const session = await withinDeadline(handshake, deadlineMs + 1_000, context);
  const fault = certificateFault(session, wish.serverName, context.clock.nowMs(), { trusted: wish.verify });
  if (fault !== undefined) {
    session.socket.destroy();
    throw new SessionFailure(fault);
  }
  return { ...line, socket: session.socket, session, guard: guardSocket(session.socket, wish.limitBytes) };
}

/** What a line has to say for charts: the time of the connection, and the days its certificate still has. */
export function lineMetrics(line: Line, context: CheckContext): Metric[] {
  const connect: Metric = { name: 'connect', unit: 'ms', value: line.connectMs };
  if (line.session === undefined) return [connect];
  const days = daysLeft(line.session.certificate, context.clock.nowMs());
  return [connect, { name: 'certificateDays', unit: 'days', value: days }];
}

/** The certificate as a finding when it ends within `warnDays`; 0 never warns. */
export function certificateEndsSoon(
  line: Line,
  warnDays: number,
  context: CheckContext,
): { verdict: 'degraded'; reason: ReasonOf<Pick<SessionReasons, 'certificateExpiresSoon'>> } | undefined {
  if (line.session === undefined) return undefined;
  const { certificate } = line.session;
  const days = daysLeft(certificate, context.clock.nowMs());
  if (days >= warnDays) return undefined;
  const data = { days, validTo: isoDay(certificate.validToDate) };
  return { verdict: 'degraded', reason: { code: 'certificateExpiresSoon', data } };
}

/** A result that says how a conversation failed; it fits every kind that has the session reasons. */
export interface SessionResult extends Omit<CheckResult, 'reason'> {
  readonly reason: ReasonOf<SessionReasons>;
}

/** The result for a conversation that failed. An error of another sort is thrown on: it is a fault of ours. */
export function sessionResult(error: unknown, startedMs: number, context: CheckContext): SessionResult {
  const reason = failureReason(error, context);
  if (reason === undefined) throw error;
  const durationMs = context.clock.nowMs() - startedMs;
  return { verdict: sessionVerdicts[reason.code], reason, output: '', metrics: [], durationMs };
}

function failureReason(error: unknown, context: CheckContext): ReasonOf<SessionReasons> | undefined {
  if (error instanceof DeadlinePassed) return { code: 'noAnswer', data: { ms: context.timeoutMs } };
  if (error instanceof SessionFailure || error instanceof ConnectionFailure || error instanceof HandshakeFailure) {
    return error.reason;
  }
  return undefined;
}

/** Files what a client library threw under one of the session reasons; `protocol` is what it was to speak. */
export function sessionFailure(error: unknown, line: Line, protocol: string, context: CheckContext): Error {
  if (error instanceof Error && failureReason(error, context) !== undefined) return error;
  const { guard, address } = line;
  if (guard.exceeded()) return new SessionFailure({ code: 'flooded', data: { bytes: guard.limitBytes } });
  const thrown = guard.fault() ?? (error instanceof Error ? error : new Error(String(error)));
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (socketCodes.has(code)) {
    return new ConnectionFailure(connectionReason(thrown, address, line.socket.remotePort ?? 0));
  }
  const said = sanitiseOutput(thrown.message, 300).replaceAll('\n', ' ');
  if (endings.test(thrown.message)) return new SessionFailure({ code: 'cutOff', data: { said: '' } });
  return new SessionFailure({ code: 'otherProtocol', data: { protocol, said } });
}

const socketCodes = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);
// What the libraries say of a connection that ended under their hands.
const endings =
  /connection (?:terminated|lost|is closed|closed)|socket (?:hang up|closed)|unexpected close|heartbeat|closed before/iu;
