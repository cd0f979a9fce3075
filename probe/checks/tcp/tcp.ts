import { isIP, type Socket } from 'node:net';
import type { AddressFacts } from '#probe/address-facts.ts';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { defineKind } from '#probe/define-kind.ts';
import { connectionReason, ConnectionFailure, openConnection } from '#probe/open-connection.ts';
import { outputLimitBytes, sanitiseOutput } from '#probe/sanitise-output.ts';
import { unescapeText } from '#probe/unescape-text.ts';
import { openPort } from './open-port.ts';
import { tcpSettings, type TcpSettings } from './settings.ts';
import { tcpTexts, type TcpReasons } from './texts.ts';

// Where pages are looked for, whose own kind looks more closely.
const pagePorts = new Set([80, 443, 8000, 8080, 8443]);
/** Where the kinds of exporters look at more than the port: two checks that fail together tell nothing more. */
const exporters = new Set([9_100, 9_182]);

const kind: CheckKind<TcpSettings, TcpReasons> = {
  name: 'tcp',
  settings: tcpSettings,
  texts: tcpTexts,
  defaults: { intervalMs: 5_000, timeoutMs: 3_000 },
  requires: 'network',
  run: runTcp,
  propose: (facts) =>
    facts.openPorts
      .filter((port) => !isWatchedBetter(port, facts) && facts.mail?.some((mail) => mail.port === port) !== true)
      .map((port) => ({
        settings: { port, expect: port === 22 ? 'SSH-' : '' },
        recommended: !exporters.has(port) && (port !== 22 || facts.sshBanner === undefined),
      })),
};

/** An open port where a page was looked for in vain is watched as a port rather than not at all. */
function isWatchedBetter(port: number, facts: AddressFacts): boolean {
  if (port === 53) return facts.answersDns;
  return pagePorts.has(port) && facts.http.some(({ url }) => portOf(new URL(url)) === port);
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** A fresh connection to a port, with an optional short conversation. */
export const tcp = defineKind(kind);

async function runTcp(
  settings: TcpSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<TcpReasons>> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  const { port, expect, warnMs } = settings;
  let socket: Socket | undefined;
  try {
    if (expect === '' && settings.send === '' && isIP(target.address) !== 0) {
      const connectMs = await openPort(target.address, port, context.timeoutMs, context);
      return openResult(settings, connectMs, context.clock.nowMs() - startedMs);
    }
    const connection = await openConnection(target.address, port, deadlineMs, context);
    socket = connection.socket;
    if (settings.send !== '') socket.write(unescapeText(settings.send));
    const answer =
      expect === ''
        ? undefined
        : await readUntil(socket, Buffer.from(unescapeText(expect)), Math.max(1, deadlineMs - context.clock.nowMs()));
    const durationMs = context.clock.nowMs() - startedMs;
    const metrics: Metric[] = [
      { name: 'connect', unit: 'ms', value: connection.connectMs },
      { name: 'total', unit: 'ms', value: durationMs },
    ];
    const output = answer === undefined ? '' : sanitiseOutput(answer.bytes);
    const rest = { output, metrics, durationMs };
    if (answer?.end === 'error') {
      throw new ConnectionFailure(connectionReason(answer.error, connection.address, port));
    }
    if (answer?.end === 'timeout')
      return { verdict: 'down', reason: { code: 'noAnswer', data: { expect, ms: context.timeoutMs } }, ...rest };
    if (answer?.end === 'other') return { verdict: 'down', reason: { code: 'otherAnswer', data: { expect } }, ...rest };
    if (warnMs > 0 && durationMs > warnMs)
      return { verdict: 'degraded', reason: { code: 'slow', data: { port, ms: durationMs, warnMs } }, ...rest };
    const code = answer === undefined ? 'open' : 'answered';
    return { verdict: 'up', reason: { code, data: { port, ms: durationMs } }, ...rest };
  } catch (error) {
    return connectionResult(error, startedMs, context);
  } finally {
    socket?.destroy();
  }
}

/** What an open port is worth that is not talked to. */
function openResult({ port, warnMs }: TcpSettings, connectMs: number, ms: number): KindResult<TcpReasons> {
  const metrics: Metric[] = [
    { name: 'connect', unit: 'ms', value: connectMs },
    { name: 'total', unit: 'ms', value: ms },
  ];
  const rest = { output: '', metrics, durationMs: ms };
  return warnMs > 0 && ms > warnMs
    ? { verdict: 'degraded', reason: { code: 'slow', data: { port, ms, warnMs } }, ...rest }
    : { verdict: 'up', reason: { code: 'open', data: { port, ms } }, ...rest };
}

type Answer = { readonly bytes: Buffer } & (
  | { readonly end: 'found' | 'other' | 'timeout' }
  | { readonly end: 'error'; readonly error: Error }
);

/** Reads until the expected bytes appear, the limit is reached, the other side ends, or time is up. */
function readUntil(socket: Socket, expected: Buffer, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    const settle = (answer: Answer): void => {
      clearTimeout(timer);
      socket.removeAllListeners('data').removeAllListeners('end');
      resolve(answer);
    };
    const timer = setTimeout(() => settle({ end: 'timeout', bytes }), timeoutMs);
    socket.on('error', (error) => settle({ end: 'error', error, bytes }));
    socket.on('end', () => settle({ end: 'other', bytes }));
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk.subarray(0, outputLimitBytes)]).subarray(0, outputLimitBytes);
      if (bytes.includes(expected)) settle({ end: 'found', bytes });
      else if (bytes.length >= outputLimitBytes) settle({ end: 'other', bytes });
    });
  });
}
