import { isIP } from 'node:net';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { defineKind } from '#probe/define-kind.ts';
import { resolveAllowed } from '#probe/open-connection.ts';
import type { PingAnswer } from './ping-batch.ts';
import { icmpSettings, type IcmpSettings } from './settings.ts';
import { icmpTexts, type IcmpReasons } from './texts.ts';

const kind: CheckKind<IcmpSettings, IcmpReasons> = {
  name: 'icmp',
  settings: icmpSettings,
  texts: icmpTexts,
  defaults: { intervalMs: 5_000, timeoutMs: 3_000 },
  requires: 'network',
  // A thousand hosts in two batches a second cost a twentieth of what they would cost one by one.
  slotMs: 500,
  run: runIcmp,
  propose: (facts) => (facts.answersPing ? [{ settings: {}, recommended: true }] : []),
};

/** Echo requests to a host, sent in batches by fping. */
export const icmp = defineKind(kind);

async function runIcmp(
  settings: IcmpSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<IcmpReasons>> {
  const startedMs = context.clock.nowMs();
  try {
    const address = await addressOf(target, startedMs + context.timeoutMs, context);
    const sendingMs = (settings.packets - 1) * settings.gapMs;
    const plan = {
      count: settings.packets,
      gapMs: settings.gapMs,
      timeoutMs: Math.max(200, Math.min(1_000, context.timeoutMs - sendingMs - 200)),
      sizeBytes: settings.sizeBytes,
    };
    const answer = await context.tools.ping.ping(address, plan);
    return judge(settings, address, answer, context.clock.nowMs() - startedMs);
  } catch (error) {
    return connectionResult(error, startedMs, context);
  }
}

/** A number that may be pinged is not looked up: in a sweep of a thousand most are such. */
async function addressOf({ address }: CheckTarget, deadlineMs: number, context: CheckContext): Promise<string> {
  if (isIP(address) !== 0 && context.mayReach(address)) return address;
  const [found] = await resolveAllowed(address, deadlineMs, context);
  return found?.address ?? address;
}

/** That nothing was measured is our own fault: of the host it says nothing. */
function unmeasured(
  answer: Exclude<PingAnswer, { readonly kind: 'answered' }>,
  durationMs: number,
): KindResult<IcmpReasons> {
  const rest = { verdict: 'unknown', metrics: [], durationMs } as const;
  if (answer.kind === 'missing') return { reason: { code: 'fpingMissing', data: {} }, output: '', ...rest };
  const { note } = answer;
  return { reason: { code: 'fpingFailed', data: { note } }, output: note, ...rest };
}

/** The verdict on what came back. */
export function judge(
  settings: IcmpSettings,
  address: string,
  answer: PingAnswer,
  durationMs: number,
): KindResult<IcmpReasons> {
  if (answer.kind !== 'answered') return unmeasured(answer, durationMs);
  const times = answer.times.filter((time) => time !== null);
  const sent = answer.times.length;
  const lossPercent = ((sent - times.length) / sent) * 100;
  const loss: Metric = { name: 'loss', unit: 'percent', value: lossPercent };
  if (times.length === 0) {
    return {
      verdict: 'down',
      reason: { code: 'noEcho', data: { address, sent } },
      output: evidence(address, answer),
      metrics: [loss],
      durationMs,
    };
  }
  const ms = times.reduce((sum, time) => sum + time, 0) / times.length;
  const metrics: Metric[] = [{ name: 'roundTrip', unit: 'ms', value: ms }, loss, ...spreadOf(times)];
  if (settings.warnLossPercent > 0 && lossPercent >= settings.warnLossPercent) {
    return {
      verdict: 'degraded',
      reason: { code: 'losing', data: { address, lossPercent } },
      output: evidence(address, answer),
      metrics,
      durationMs,
    };
  }
  const jitterMs = metrics.find(({ name }) => name === 'jitter')?.value ?? 0;
  if (settings.warnJitterMs > 0 && jitterMs > settings.warnJitterMs) {
    const data = { address, jitterMs, limitMs: settings.warnJitterMs };
    return {
      verdict: 'degraded',
      reason: { code: 'unsteady', data },
      output: evidence(address, answer),
      metrics,
      durationMs,
    };
  }
  if (settings.warnMs > 0 && ms > settings.warnMs) {
    return {
      verdict: 'degraded',
      reason: { code: 'slow', data: { address, ms, warnMs: settings.warnMs } },
      output: evidence(address, answer),
      metrics,
      durationMs,
    };
  }
  return {
    verdict: 'up',
    reason: { code: 'echo', data: { address, ms } },
    // Made when it is read: of a host that answers for the thousandth time nobody does.
    get output() {
      return evidence(address, answer);
    },
    metrics,
    durationMs,
  };
}

function evidence(address: string, { times, note }: PingAnswer & { readonly kind: 'answered' }): string {
  const shown = times.map((time) => (time === null ? '–' : `${time} ms`)).join('  ');
  return `${address}: ${shown}${note === '' ? '' : `\n${note}`}`;
}

/** How the answer times of one run differ; nothing to tell of a single one. */
function spreadOf(times: readonly number[]): Metric[] {
  if (times.length < 2) return [];
  const steps = times.slice(1).map((time, index) => Math.abs(time - (times[index] ?? time)));
  return [
    { name: 'fastest', unit: 'ms', value: Math.min(...times) },
    { name: 'slowest', unit: 'ms', value: Math.max(...times) },
    // The mean difference between neighbours, as RFC 3550 understands jitter.
    { name: 'jitter', unit: 'ms', value: steps.reduce((sum, step) => sum + step, 0) / steps.length },
  ];
}
