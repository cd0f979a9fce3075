import type { Socket } from 'node:net';
import type { CheckContext, ReasonOf } from '#probe/check-kind.ts';
import { openConnection } from '#probe/open-connection.ts';
import { certificateFault, daysLeft, startTls } from '#probe/start-tls.ts';
import { readHeaders } from '#probe/web/headers-setting.ts';
import { compilePattern } from '#probe/web/safe-pattern.ts';
import { firstAddress, hostHeader, type WebAddress } from '#probe/web/web-address.ts';
import { WebFailure } from '#probe/web/web-reasons.ts';
import type { WebsocketSettings } from './settings.ts';
import type { WebsocketReasons } from './texts.ts';

/** Thrown when the conversation fails; carries the reason as data. */
export class WebsocketFailure extends Error {
  readonly reason: ReasonOf<WebsocketReasons>;
  constructor(reason: ReasonOf<WebsocketReasons>) {
    super(reason.code);
    this.reason = reason;
  }
}

/** A conversation that went well. */
export interface WebsocketTalk {
  readonly connectMs: number;
  readonly upgradeMs: number;
  /** From the sent message to the expected one. */
  readonly answerMs: number | undefined;
  readonly answer: string;
  readonly certificate: { readonly days: number; readonly ends: Date } | undefined;
}

const messageLimitBytes = 256 * 1024;
const talkLimitBytes = 2 * 1024 * 1024;

/** Opens a WebSocket (RFC 6455), sends a message and waits for the expected one. Throws what `websocketReason` tells. */
export async function talk(
  settings: WebsocketSettings,
  target: string,
  deadlineMs: number,
  context: CheckContext,
): Promise<WebsocketTalk> {
  const { clock } = context;
  const address = firstAddress({ ...settings, scheme: settings.scheme === 'wss' ? 'https' : 'http' }, target);
  const connection = await openConnection(address.connectTo, address.port, deadlineMs, context);
  try {
    const { socket, certificate } = await secured(connection.socket, address, settings, deadlineMs, context);
    const startedMs = clock.nowMs();
    const spoken = await converse(socket, address, settings, deadlineMs, context);
    const { upgradedMs, answeredMs, answer } = spoken;
    return {
      connectMs: connection.connectMs,
      upgradeMs: upgradedMs - startedMs,
      answerMs: answeredMs === undefined ? undefined : answeredMs - upgradedMs,
      answer,
      certificate,
    };
  } finally {
    connection.socket.destroy();
  }
}

async function secured(
  plain: Socket,
  address: WebAddress,
  { verifyCertificate }: WebsocketSettings,
  deadlineMs: number,
  context: CheckContext,
): Promise<{ socket: Socket; certificate: WebsocketTalk['certificate'] }> {
  if (address.scheme === 'http') return { socket: plain, certificate: undefined };
  const { clock, tools } = context;
  const session = await startTls(
    plain,
    address.hostName,
    tools.trust.strict,
    Math.max(1, deadlineMs - clock.nowMs()),
    clock,
  );
  const fault = certificateFault(session, address.hostName, clock.nowMs(), { trusted: verifyCertificate });
  if (fault !== undefined) throw new WebFailure(fault);
  const { certificate } = session;
  return {
    socket: session.socket,
    certificate: { days: daysLeft(certificate, clock.nowMs()), ends: certificate.validToDate },
  };
}

interface Spoken {
  readonly upgradedMs: number;
  readonly answeredMs: number | undefined;
  readonly answer: string;
}

async function converse(
  socket: Socket,
  address: WebAddress,
  settings: WebsocketSettings,
  deadlineMs: number,
  context: CheckContext,
): Promise<Spoken> {
  const { WebSocket } = await import('ws');
  const { clock, signal } = context;
  const { promise, resolve, reject } = Promise.withResolvers<Spoken>();
  const fail = (reason: ReasonOf<WebsocketReasons>): void => reject(new WebsocketFailure(reason));
  const expected = settings.expect === '' ? undefined : compilePattern(settings.expect);
  let upgradedMs: number | undefined;
  let messages = 0;
  let bytes = 0;
  const line = new WebSocket(
    `ws://${hostHeader(address)}${address.path}`,
    settings.subprotocol === '' ? [] : [settings.subprotocol],
    {
      createConnection: () => socket,
      perMessageDeflate: false,
      maxPayload: messageLimitBytes,
      followRedirects: false,
      headers: {
        host: hostHeader(address),
        'user-agent': 'Vigie',
        ...readHeaders([...settings.headers, settings.secretHeader]),
      },
    },
  );
  const late = (): void => {
    const ms = context.timeoutMs;
    if (upgradedMs === undefined) fail({ code: 'noAnswer', data: { ms } });
    else fail({ code: 'notExpected', data: { ms, messages, pattern: settings.expect } });
  };
  const timer = setTimeout(late, Math.max(1, deadlineMs - clock.nowMs()));
  const onAbort = (): void => fail({ code: 'stopped', data: {} });
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  line.on('unexpected-response', (request, response) => {
    request.destroy();
    fail({ code: 'noUpgrade', data: { status: response.statusCode ?? 0 } });
  });
  line.on('error', (error) => fail(errorReason(error, upgradedMs !== undefined)));
  line.on('close', (code) => fail({ code: 'closedByServer', data: { code } }));
  line.on('open', () => {
    upgradedMs = clock.nowMs();
    if (line.protocol !== settings.subprotocol)
      fail({ code: 'otherSubprotocol', data: { found: line.protocol, expected: settings.subprotocol } });
    if (settings.send !== '') line.send(settings.send);
    if (expected === undefined) resolve({ upgradedMs, answeredMs: undefined, answer: '' });
  });
  line.on('message', (data) => {
    const text = Buffer.isBuffer(data) ? data.toString('utf8') : '';
    messages += 1;
    bytes += text.length;
    if (expected?.test(text) === true)
      resolve({ upgradedMs: upgradedMs ?? 0, answeredMs: clock.nowMs(), answer: text });
    else if (bytes > talkLimitBytes) fail({ code: 'tooMuch', data: { messages } });
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    line.on('error', ignore);
    if (line.readyState === WebSocket.OPEN) line.close(1000);
    line.terminate();
  }
}

function ignore(): void {}

function errorReason(error: Error, upgraded: boolean): ReasonOf<WebsocketReasons> {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error.message === 'socket hang up' || code === 'ECONNRESET' || code === 'EPIPE')
    return { code: 'closedEarly', data: {} };
  if (code.startsWith('HPE_')) return { code: 'malformed', data: { code } };
  const message = error.message.slice(0, 100);
  return upgraded || code.startsWith('WS_ERR')
    ? { code: 'brokenFrame', data: { message } }
    : { code: 'badHandshake', data: { message } };
}
