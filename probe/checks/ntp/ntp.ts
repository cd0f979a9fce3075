import { randomBytes } from 'node:crypto';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { defineKind } from '#probe/define-kind.ts';
import { resolveAllowed } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { openUdp, type UdpPort } from '#probe/udp-port.ts';
import { wallClockMs } from '#probe/wall-clock.ts';
import { ntpQuestion, readNtpAnswer, type NtpAnswer } from './ntp-packet.ts';
import { ntpSettings, type NtpSettings } from './settings.ts';
import { ntpTexts, type NtpReasons } from './texts.ts';

const kind: CheckKind<NtpSettings, NtpReasons> = {
  name: 'ntp',
  settings: ntpSettings,
  texts: ntpTexts,
  // Public time servers ask for no more than one question a minute.
  defaults: { intervalMs: 64_000, timeoutMs: 4_000 },
  requires: 'network',
  run: runNtp,
  propose: (facts) => (facts.answersNtp === true ? [{ settings: {}, recommended: true }] : []),
};

/** What a time server says, and by how much its clock differs from this machine's. */
export const ntp = defineKind(kind);

/** An answer with its four moments turned into an offset and a delay (RFC 5905, section 8). */
export interface NtpSample {
  readonly answer: NtpAnswer;
  /** Positive: the server is ahead of this machine. */
  readonly offsetMs: number;
  /** There and back, without the server's own share. */
  readonly delayMs: number;
}

type Heard = { readonly sample: NtpSample } | 'silent' | 'rubbish';

async function runNtp(
  settings: NtpSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<NtpReasons>> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  try {
    const [found] = await resolveAllowed(target.address, deadlineMs, context);
    if (found === undefined) throw new Error('no address');
    using conversation = openUdp(found, settings.port, context);
    const heard = await ask(conversation, deadlineMs, context);
    const durationMs = context.clock.nowMs() - startedMs;
    if (heard === 'silent' || heard === 'rubbish') {
      const code = heard === 'silent' ? 'noAnswer' : 'notNtp';
      return {
        verdict: 'down',
        reason: { code, data: { port: settings.port, ms: context.timeoutMs } },
        output: '',
        metrics: [],
        durationMs,
      };
    }
    const { sample } = heard;
    const usable = sample.answer.stratum > 0 && sample.answer.leap !== 3;
    return {
      ...judgeTime(settings, sample),
      output: evidence(sample),
      metrics: usable ? metricsOf(sample) : [],
      durationMs,
    };
  } catch (error) {
    return connectionResult(error, startedMs, context);
  }
}

async function ask(conversation: UdpPort, deadlineMs: number, context: CheckContext): Promise<Heard> {
  let rubbish = false;
  const questions: { cookie: Buffer; wallMs: number; steadyMs: number }[] = [];
  const startedMs = context.clock.nowMs();
  // Two questions, halfway through the time: a lost datagram is nobody's outage.
  for (const untilMs of [startedMs + (deadlineMs - startedMs) / 2, deadlineMs]) {
    const cookie = randomBytes(8);
    questions.push({ cookie, wallMs: wallClockMs(), steadyMs: context.clock.nowMs() });
    conversation.send(ntpQuestion(cookie));
    for (;;) {
      const packet = await conversation.next(untilMs);
      if (packet === undefined) break;
      const elapsedAt = context.clock.nowMs();
      const answer = readNtpAnswer(packet, wallClockMs());
      const question = questions.find(({ cookie: sent }) => answer?.origin.equals(sent));
      if (answer === undefined || question === undefined || answer.mode !== 4) {
        rubbish = true;
        continue;
      }
      return { sample: sampleOf(answer, question.wallMs, elapsedAt - question.steadyMs) };
    }
  }
  return rubbish ? 'rubbish' : 'silent';
}

/** Offset and delay from the four moments. `elapsedMs` is measured steadily, so that a step of our own clock does not matter. */
export function sampleOf(answer: NtpAnswer, askedMs: number, elapsedMs: number): NtpSample {
  const heardMs = askedMs + elapsedMs;
  return {
    answer,
    offsetMs: (answer.receivedMs - askedMs + (answer.sentMs - heardMs)) / 2,
    delayMs: Math.max(0, elapsedMs - (answer.sentMs - answer.receivedMs)),
  };
}

/** The verdict on an answer. */
export function judgeTime(
  settings: NtpSettings,
  { answer, offsetMs }: NtpSample,
): { verdict: Verdict; reason: ReasonOf<NtpReasons> } {
  const { stratum, reference, leap } = answer;
  // A kiss of death spells its reason; chrony without a source sends zeros instead, and the alarm in `leap`.
  if (stratum === 0 && /^[A-Z]{3,4}$/u.test(reference))
    return { verdict: 'unknown', reason: { code: 'kissOfDeath', data: { word: reference } } };
  if (leap === 3 || stratum === 0 || stratum > 15)
    return { verdict: 'down', reason: { code: 'notSynchronised', data: { stratum } } };
  const limitMs = settings.downOffsetMs;
  if (limitMs > 0 && Math.abs(offsetMs) > limitMs)
    return { verdict: 'down', reason: { code: 'offsetTooLarge', data: { offsetMs, limitMs } } };
  if (settings.warnOffsetMs > 0 && Math.abs(offsetMs) > settings.warnOffsetMs)
    return {
      verdict: 'degraded',
      reason: { code: 'offsetTooLarge', data: { offsetMs, limitMs: settings.warnOffsetMs } },
    };
  if (stratum > settings.maxStratum)
    return { verdict: 'degraded', reason: { code: 'stratumTooHigh', data: { stratum, limit: settings.maxStratum } } };
  const distanceMs = distanceOf(answer);
  if (settings.warnDistanceMs > 0 && distanceMs > settings.warnDistanceMs) {
    const data = { distanceMs, limitMs: settings.warnDistanceMs };
    return { verdict: 'degraded', reason: { code: 'distanceTooLarge', data } };
  }
  return { verdict: 'up', reason: { code: 'inTime', data: { offsetMs, stratum, reference } } };
}

/** How far from true time the server itself may be (root distance). */
function distanceOf({ rootDelayMs, rootDispersionMs }: NtpAnswer): number {
  return Math.max(0, rootDelayMs) / 2 + rootDispersionMs;
}

function metricsOf({ answer, offsetMs, delayMs }: NtpSample): Metric[] {
  return [
    { name: 'offset', unit: 'ms', value: offsetMs },
    { name: 'delay', unit: 'ms', value: delayMs },
    { name: 'stratum', unit: 'number', value: answer.stratum },
    { name: 'rootDispersion', unit: 'ms', value: answer.rootDispersionMs },
    { name: 'rootDistance', unit: 'ms', value: distanceOf(answer) },
  ];
}

function evidence({ answer, offsetMs, delayMs }: NtpSample): string {
  const lines = [
    `offset: ${offsetMs.toFixed(3)} ms`,
    `delay: ${delayMs.toFixed(3)} ms`,
    `stratum: ${answer.stratum}`,
    `reference: ${answer.reference}`,
    `leap: ${answer.leap}`,
    `root delay: ${answer.rootDelayMs.toFixed(3)} ms`,
    `root dispersion: ${answer.rootDispersionMs.toFixed(3)} ms`,
  ];
  return sanitiseOutput(lines.join('\n'));
}
