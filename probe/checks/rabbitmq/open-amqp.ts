import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { isIP, Socket } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import type { ChannelModel } from 'amqplib';
import type { CheckContext, Metric } from '#probe/check-kind.ts';
import { lineMetrics, openLine, SessionFailure, sessionFailure, type Line } from '#probe/client-session.ts';
import { guardSocket } from '#probe/guarded-socket.ts';
import { ConnectionFailure, connectionReason, openConnection, resolveAllowed } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { withinDeadline } from '#probe/within-deadline.ts';
import type { RabbitmqSettings } from './settings.ts';

/** What a sign-in over AMQP showed. */
export interface AmqpSeen {
  readonly version: string;
  readonly metrics: readonly Metric[];
  /** Set when TLS was spoken, for the days its certificate has. */
  readonly line: Line | undefined;
}

/** Thrown when the broker has no such virtual host, or not for this user. */
export class MissingVirtualHost extends Error {}

const limitBytes = 512 * 1024;

/** Signs in over AMQP 0-9-1 and opens the virtual host. Throws session failures. */
export async function openAmqp(
  settings: RabbitmqSettings,
  target: string,
  deadlineMs: number,
  context: CheckContext,
): Promise<AmqpSeen> {
  const judged = settings.tls === 'direct' ? await judgeCertificate(settings, target, deadlineMs, context) : undefined;
  const attempt = await startAmqp(settings, target, judged, deadlineMs, context);
  const { line, startedMs } = attempt;
  try {
    const opened = await withinDeadline(Promise.race([attempt.opened, closed(line.socket)]), deadlineMs, context);
    opened.on('error', () => undefined);
    const signedInMs = context.clock.nowMs() - startedMs;
    const said: unknown = opened.connection.serverProperties.version;
    const version = typeof said === 'string' ? sanitiseOutput(said, 50) : '?';
    await withinDeadline(opened.close(), deadlineMs, context).catch(() => undefined);
    const metrics: Metric[] = judged === undefined ? [] : lineMetrics(judged, context);
    return { version, line: judged, metrics: [...metrics, { name: 'signIn', unit: 'ms', value: signedInMs }] };
  } catch (error) {
    throw failure(error, settings, line, context);
  } finally {
    line.socket.destroy();
  }
}

/** A handshake of its own, by which the certificate is judged and told: the library shows nothing of its session. */
async function judgeCertificate(
  settings: RabbitmqSettings,
  target: string,
  deadlineMs: number,
  context: CheckContext,
): Promise<Line> {
  const { port, verifyCertificate: verify } = settings;
  const line = await openLine(
    { address: target, port, serverName: target, verify, tls: true, limitBytes },
    deadlineMs,
    context,
  );
  line.socket.destroy();
  return line;
}

interface Attempt {
  readonly line: Line;
  readonly opened: Promise<ChannelModel>;
  readonly startedMs: number;
}

async function startAmqp(
  settings: RabbitmqSettings,
  target: string,
  judged: Line | undefined,
  deadlineMs: number,
  context: CheckContext,
): Promise<Attempt> {
  const { connect } = await import('amqplib');
  const [found] = await resolveAllowed(judged?.address ?? target, deadlineMs, context);
  const address = found?.address ?? target;
  const server = {
    protocol: judged === undefined ? 'amqp' : 'amqps',
    hostname: address,
    port: settings.port,
    username: settings.user,
    password: settings.password,
    vhost: encodeURIComponent(settings.virtualHost),
    heartbeat: 0,
    frameMax: 131_072,
  };
  const startedMs = context.clock.nowMs();
  if (judged === undefined) {
    const { socket, opened } = captured(() => connect(server, { noDelay: true }));
    return { line: { socket, address, connectMs: 0, guard: guardSocket(socket, limitBytes) }, opened, startedMs };
  }
  const { socket, connectMs } = await openConnection(address, settings.port, deadlineMs, context);
  const tls = {
    socket,
    secureContext: context.tools.trust.strict,
    rejectUnauthorized: settings.verifyCertificate,
    ...(isIP(target) === 0 ? { servername: target } : {}),
    checkServerIdentity: (_name: string, certificate: PeerCertificate) => checkServerIdentity(target, certificate),
  };
  const opened = connect(server, tls);
  opened.catch(() => undefined);
  return { line: { socket, address, connectMs, guard: guardSocket(socket, limitBytes) }, opened, startedMs };
}

/** The library keeps its socket to itself; the runtime tells of each one that is made, while it is made. */
function captured(connect: () => Promise<ChannelModel>): { socket: Socket; opened: Promise<ChannelModel> } {
  let socket: Socket | undefined;
  const onSocket = (message: unknown): void => {
    if (typeof message !== 'object' || message === null || !('socket' in message)) return;
    if (message.socket instanceof Socket) socket ??= message.socket;
  };
  subscribe('net.client.socket', onSocket);
  try {
    const opened = connect();
    opened.catch(() => undefined);
    if (socket === undefined) throw new Error('amqplib connects in another way');
    return { socket, opened };
  } finally {
    unsubscribe('net.client.socket', onSocket);
  }
}

function closed(socket: Socket): Promise<never> {
  return new Promise((_resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('connection closed')));
  });
}

function failure(error: unknown, settings: RabbitmqSettings, line: Line, context: CheckContext): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (/ACCESS[_-]REFUSED|403/u.test(message)) {
    const said = sanitiseOutput(message.replace(/^.*?(?=ACCESS)/su, ''), 200).replaceAll('\n', ' ');
    return new SessionFailure({ code: 'signInRefused', data: { user: settings.user, said } });
  }
  // Let in, and then shut out at the opening of the virtual host: the library names the frame and not its words.
  if (/OpenOk; got <?ConnectionClose|NOT_ALLOWED/u.test(message)) {
    return new MissingVirtualHost(settings.virtualHost);
  }
  // Nothing was connected yet: the address and the port are told as everywhere.
  const reason = error instanceof Error ? connectionReason(error, line.address, settings.port) : undefined;
  if (reason?.code === 'refused' || reason?.code === 'unreachable') return new ConnectionFailure(reason);
  return sessionFailure(error, line, 'AMQP', context);
}
