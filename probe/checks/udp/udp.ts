import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { defineKind } from '#probe/define-kind.ts';
import { resolveAllowed } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { fitsPattern } from '#probe/text-pattern.ts';
import { openUdp, type UdpPort } from '#probe/udp-port.ts';
import { unescapeText } from '#probe/unescape-text.ts';
import { udpSettings, type UdpSettings } from './settings.ts';
import { udpTexts, type UdpReasons } from './texts.ts';

const kind: CheckKind<UdpSettings, UdpReasons> = {
  name: 'udp',
  settings: udpSettings,
  texts: udpTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 3_000 },
  requires: 'network',
  run: runUdp,
};

/** A datagram to a port, and what comes back. */
export const udp = defineKind(kind);

// A datagram may be lost without anybody's fault; the second one is sent when this share of the time is over.
const secondTryAt = 0.5;
// The refusal of a dead port comes within one round trip; what is silent for longer accepts or drops.
const refusalWaitMs = 1_000;

async function runUdp(
  settings: UdpSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<UdpReasons>> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  const { port } = settings;
  try {
    const [found] = await resolveAllowed(target.address, deadlineMs, context);
    if (found === undefined) throw new Error('no address');
    using conversation = openUdp(found, port, context);
    const sentMs = context.clock.nowMs();
    const untilMs =
      settings.wants === 'answer'
        ? deadlineMs
        : Math.min(deadlineMs, sentMs + Math.min(refusalWaitMs, context.timeoutMs * 0.8));
    const answer = await exchange(conversation, payloadOf(settings), sentMs, untilMs, context);
    const durationMs = context.clock.nowMs() - startedMs;
    const ms = context.clock.nowMs() - sentMs;
    if (answer === undefined) {
      return settings.wants === 'answer'
        ? {
            verdict: 'down',
            reason: { code: 'noAnswer', data: { port, ms: context.timeoutMs } },
            ...nothing,
            durationMs,
          }
        : { verdict: 'up', reason: { code: 'notRefused', data: { port, ms } }, ...nothing, durationMs };
    }
    const metrics: Metric[] = [{ name: 'answerTime', unit: 'ms', value: ms }];
    const rest = { output: shown(answer), metrics, durationMs };
    if (!isExpected(answer, settings.expect))
      return { verdict: 'down', reason: { code: 'otherAnswer', data: { expect: settings.expect } }, ...rest };
    if (settings.warnMs > 0 && ms > settings.warnMs)
      return { verdict: 'degraded', reason: { code: 'slow', data: { port, ms, warnMs: settings.warnMs } }, ...rest };
    return { verdict: 'up', reason: { code: 'answered', data: { port, ms, bytes: answer.length } }, ...rest };
  } catch (error) {
    return connectionResult(error, startedMs, context);
  }
}

const nothing = { output: '', metrics: [] };

async function exchange(
  conversation: UdpPort,
  payload: Buffer,
  sentMs: number,
  untilMs: number,
  context: CheckContext,
): Promise<Buffer | undefined> {
  conversation.send(payload);
  const early = await conversation.next(sentMs + (untilMs - sentMs) * secondTryAt);
  if (early !== undefined) return early;
  if (context.clock.nowMs() < untilMs) conversation.send(payload);
  return conversation.next(untilMs);
}

function payloadOf({ send, sendHex }: UdpSettings): Buffer {
  const hex = sendHex.replaceAll(/\s/gu, '');
  return hex === '' ? Buffer.from(unescapeText(send)) : Buffer.from(hex, 'hex');
}

/** Whether the answer contains the expected text, or fits it when it holds a `*`; bytes are read one character each. */
function isExpected(answer: Buffer, expect: string): boolean {
  if (expect === '') return true;
  const wanted = unescapeText(expect);
  if (!wanted.includes('*'))
    return answer.includes(Buffer.from(wanted)) || answer.includes(Buffer.from(wanted, 'latin1'));
  const bounded = answer.subarray(0, 8_192);
  return fitsPattern(bounded.toString(), wanted) || fitsPattern(bounded.toString('latin1'), wanted);
}

// Text is shown as it is; anything else as the start of a hexadecimal dump.
function shown(answer: Buffer): string {
  const text = answer.toString();
  const readable = !/[^\P{Cc}\r\n\t]|\ufffd/u.test(text);
  return sanitiseOutput(
    readable
      ? text
      : (
          answer
            .subarray(0, 512)
            .toString('hex')
            .match(/.{1,64}/gu) ?? []
        ).join('\n'),
  );
}
