import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { isoDay } from '#probe/start-tls.ts';
import { webFailure } from '#probe/web/ask-web.ts';
import { isHeaderLine } from '#probe/web/headers-setting.ts';
import { webVerdict } from '#probe/web/web-reasons.ts';
import { talk, WebsocketFailure, type WebsocketTalk } from './open-websocket.ts';
import { websocketSettings, type WebsocketSettings } from './settings.ts';
import { websocketTexts, type WebsocketReasons } from './texts.ts';

const kind: CheckKind<WebsocketSettings, WebsocketReasons> = {
  name: 'websocket',
  settings: websocketSettings,
  texts: websocketTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 8_000 },
  requires: 'network',
  run: runWebsocket,
};

/** A WebSocket: connecting, and perhaps a message and its answer. */
export const websocket = defineKind(kind);

async function runWebsocket(
  settings: WebsocketSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<WebsocketReasons>> {
  const startedMs = context.clock.nowMs();
  const passed = (): number => context.clock.nowMs() - startedMs;
  const ended = (verdict: Verdict, reason: ReasonOf<WebsocketReasons>) => ({
    verdict,
    reason,
    output: '',
    metrics: [],
    durationMs: passed(),
  });
  if (settings.secretHeader !== '' && !isHeaderLine(settings.secretHeader))
    return ended('unknown', { code: 'secretHeaderUnusable', data: {} });
  try {
    const spoken = await talk(settings, target.address, startedMs + context.timeoutMs, context);
    const durationMs = passed();
    return {
      ...judge(settings, spoken, durationMs),
      output: sanitiseOutput(spoken.answer, 2_000),
      metrics: measure(spoken, durationMs),
      durationMs,
    };
  } catch (error) {
    if (error instanceof WebsocketFailure)
      return ended(error.reason.code === 'stopped' ? 'unknown' : 'down', error.reason);
    const reason = webFailure(error);
    return ended(webVerdict(reason), reason);
  }
}

function judge(
  { warnDays, warnMs }: WebsocketSettings,
  { certificate, answerMs }: WebsocketTalk,
  ms: number,
): { verdict: Verdict; reason: ReasonOf<WebsocketReasons> } {
  if (certificate !== undefined && certificate.days < warnDays) {
    const data = { days: certificate.days, validTo: isoDay(certificate.ends) };
    return { verdict: 'degraded', reason: { code: 'certificateExpiresSoon', data } };
  }
  if (warnMs > 0 && ms > warnMs) return { verdict: 'degraded', reason: { code: 'slow', data: { ms, warnMs } } };
  return {
    verdict: 'up',
    reason: answerMs === undefined ? { code: 'opened', data: { ms } } : { code: 'answered', data: { ms: answerMs } },
  };
}

function measure({ connectMs, upgradeMs, answerMs, certificate }: WebsocketTalk, totalMs: number): Metric[] {
  return [
    { name: 'connect', unit: 'ms', value: connectMs },
    { name: 'upgrade', unit: 'ms', value: upgradeMs },
    ...(answerMs === undefined ? [] : [{ name: 'answer', unit: 'ms', value: answerMs } as const]),
    { name: 'total', unit: 'ms', value: totalMs },
    ...(certificate === undefined ? [] : [{ name: 'certificateDays', unit: 'days', value: certificate.days } as const]),
  ];
}
