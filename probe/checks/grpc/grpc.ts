import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { isoDay } from '#probe/start-tls.ts';
import { askWeb, webFailure, type WebAnswer } from '#probe/web/ask-web.ts';
import { firstAddress } from '#probe/web/web-address.ts';
import { webVerdict } from '#probe/web/web-reasons.ts';
import { grpcStatusWords, healthRequest, readHealthResponse } from './health-messages.ts';
import { grpcSettings, type GrpcSettings } from './settings.ts';
import { grpcTexts, type GrpcReasons } from './texts.ts';

const kind: CheckKind<GrpcSettings, GrpcReasons> = {
  name: 'grpc',
  settings: grpcSettings,
  texts: grpcTexts,
  defaults: { intervalMs: 15_000, timeoutMs: 5_000 },
  requires: 'network',
  run: runGrpc,
};

/** A gRPC service that tells its health. */
export const grpc = defineKind(kind);

const answerLimitBytes = 64 * 1024;

async function runGrpc(
  settings: GrpcSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<GrpcReasons>> {
  const startedMs = context.clock.nowMs();
  const passed = (): number => context.clock.nowMs() - startedMs;
  const { security, port, hostName, service, verifyCertificate } = settings;
  const scheme = security === 'tls' ? 'https' : 'http';
  try {
    const answer = await askWeb(
      {
        address: firstAddress({ scheme, port, hostName, path: '/grpc.health.v1.Health/Check' }, target.address),
        method: 'POST',
        headers: {
          'content-type': 'application/grpc',
          te: 'trailers',
          'grpc-timeout': `${Math.ceil(context.timeoutMs)}m`,
          'grpc-accept-encoding': 'identity',
        },
        body: healthRequest(service),
        http2: true,
        limitBytes: answerLimitBytes,
        verifyCertificate,
      },
      startedMs + context.timeoutMs,
      context,
    );
    const durationMs = passed();
    const output = sanitiseOutput(evidence(answer), 2_000);
    return { ...judge(settings, answer, durationMs), output, metrics: measure(answer, durationMs), durationMs };
  } catch (error) {
    const reason = webFailure(error);
    return { verdict: webVerdict(reason), reason, output: '', metrics: [], durationMs: passed() };
  }
}

type Judgement = { verdict: Verdict; reason: ReasonOf<GrpcReasons> };

function judge(settings: GrpcSettings, answer: WebAnswer, ms: number): Judgement {
  const { service, warnMs, warnDays } = settings;
  if (answer.status !== 200 || answer.headers['content-type']?.startsWith('application/grpc') !== true)
    return { verdict: 'down', reason: { code: 'notGrpc', data: { status: answer.status } } };
  const fault = callFault(settings, answer);
  if (fault !== undefined) return { verdict: 'down', reason: fault };
  const status = readHealthResponse(answer.body);
  if (status === undefined) return { verdict: 'down', reason: { code: 'notHealth', data: {} } };
  if (status === 'SERVICE_UNKNOWN') return { verdict: 'down', reason: { code: 'serviceUnknown', data: { service } } };
  if (status !== 'SERVING') return { verdict: 'down', reason: { code: 'notServing', data: { service, status } } };
  const { certificateDays: days, certificateEnds: ends } = answer;
  if (days !== undefined && ends !== undefined && days < warnDays)
    return { verdict: 'degraded', reason: { code: 'certificateExpiresSoon', data: { days, validTo: isoDay(ends) } } };
  if (warnMs > 0 && ms > warnMs) return { verdict: 'degraded', reason: { code: 'slow', data: { ms, warnMs } } };
  return { verdict: 'up', reason: { code: 'serving', data: { service, ms } } };
}

/** What the call itself came to, from its trailers; a server that fails at once sends them as headers. */
function callFault({ service }: GrpcSettings, { headers, trailers }: WebAnswer): ReasonOf<GrpcReasons> | undefined {
  const code = String(trailers?.['grpc-status'] ?? headers['grpc-status'] ?? '');
  if (code === '0') return undefined;
  if (code === '') return { code: 'noTrailers', data: {} };
  const word = grpcStatusWords[Number(code)] ?? code.slice(0, 20);
  if (word === 'NOT_FOUND') return { code: 'serviceUnknown', data: { service } };
  if (word === 'UNIMPLEMENTED') return { code: 'noHealthService', data: {} };
  const message = String(trailers?.['grpc-message'] ?? headers['grpc-message'] ?? '').slice(0, 200);
  return { code: 'callFailed', data: { status: word, message } };
}

function measure(
  { lookupMs, connectMs, handshakeMs, firstByteMs, certificateDays }: WebAnswer,
  totalMs: number,
): Metric[] {
  return [
    { name: 'lookup', unit: 'ms', value: lookupMs },
    { name: 'connect', unit: 'ms', value: connectMs },
    ...(handshakeMs === undefined ? [] : [{ name: 'handshake', unit: 'ms', value: handshakeMs } as const]),
    { name: 'answer', unit: 'ms', value: firstByteMs },
    { name: 'total', unit: 'ms', value: totalMs },
    ...(certificateDays === undefined
      ? []
      : [{ name: 'certificateDays', unit: 'days', value: certificateDays } as const]),
  ];
}

function evidence({ status, headers, trailers }: WebAnswer): string {
  const lines = Object.entries({ ...headers, ...trailers }).map(([name, value]) => `${name}: ${String(value)}`);
  return `${status}\n${lines.join('\n')}`;
}
