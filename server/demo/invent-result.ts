import type { CheckResult, Metric, Reason } from '#probe/check-kind.ts';
import { measure, type Looked } from './measure.ts';

/** What a check sees when something is wrong. `gone`: nothing answers at that address any more. */
export type Failing = 'down' | 'degraded' | 'gone';

function settingOf(settings: Looked['settings'], name: string): string {
  const value = settings[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function valueOf(metrics: readonly Metric[], name: string): number {
  return metrics.find((metric) => metric.name === name)?.value ?? 0;
}

function portOf({ kind, settings }: Looked): number {
  const port = Number(settings['port'] ?? 0);
  return port > 0 ? port : kind === 'http' ? 443 : 22;
}

/** What is told when all is well. */
function goodReason({ kind, address, settings }: Looked, metrics: readonly Metric[]): Reason {
  switch (kind) {
    case 'icmp':
      return { code: 'echo', data: { address, ms: valueOf(metrics, 'roundTrip') } };
    case 'http':
      return { code: 'answered', data: { status: 200, ms: valueOf(metrics, 'total') } };
    case 'tls':
      return { code: 'valid', data: { days: valueOf(metrics, 'certificateDays'), protocol: 'TLSv1.3' } };
    case 'dns': {
      const name = settingOf(settings, 'name');
      const answer = `${address.slice(0, address.lastIndexOf('.'))}.20`;
      return { code: 'answered', data: { name, type: 'A', answer, ms: valueOf(metrics, 'answerTime') } };
    }
    case 'systemd-unit':
      return { code: 'active', data: { unit: settingOf(settings, 'unit'), state: 'active, running' } };
    case 'linux-host': {
      const disk = metrics.find(({ name }) => name.startsWith('disk:'));
      const memoryPercent = valueOf(metrics, 'memory');
      return {
        code: 'well',
        data: { memoryPercent, diskPercent: disk?.value ?? 0, diskPath: disk?.name.slice('disk:'.length) ?? '/' },
      };
    }
    case 'ssh-command':
      return { code: 'numberGood', data: { value: valueOf(metrics, 'value') } };
    default:
      return {
        code: 'open',
        data: {
          port: portOf({ kind, address, settings, distanceMs: 0, hoursAhead: 0 }),
          ms: valueOf(metrics, 'connect'),
        },
      };
  }
}

const dayMs = 86_400_000;

interface Failure {
  readonly reason: Reason;
  readonly metrics: readonly Metric[];
  readonly output: string;
  readonly durationMs: number;
}

function failedUnit(unit: string): string {
  const name = unit.replace(/\.\w+$/u, '');
  return [
    `● ${unit}`,
    `     Loaded: loaded (/usr/lib/systemd/system/${unit}; enabled; preset: enabled)`,
    `     Active: failed (Result: exit-code)`,
    `   Main PID: 1${name.length}42 (code=exited, status=1/FAILURE)`,
    '',
    `systemd[1]: ${unit}: Main process exited, code=exited, status=1/FAILURE`,
    `systemd[1]: ${unit}: Failed with result 'exit-code'.`,
  ].join('\n');
}

/** Ping knows loss beside silence. */
function lostPackets({ address, distanceMs }: Looked, failing: Failing): Failure {
  const partly = failing === 'degraded';
  const lossPercent = partly ? 66.7 : 100;
  return {
    reason: partly
      ? { code: 'losing', data: { address, lossPercent } }
      : { code: 'noEcho', data: { address, sent: 3 } },
    metrics: [{ name: 'loss', unit: 'percent', value: lossPercent }],
    output: `${address}: ${partly ? `${distanceMs} ms  –  –` : '–  –  –'}`,
    durationMs: 1_400,
  };
}

/** The usual way in which each kind of check fails. */
function failureOf(looked: Looked, failing: Failing, atMs: number): Failure {
  const { kind, address, settings } = looked;
  const nothing = { metrics: [], output: '', durationMs: 3_000 };
  if (kind === 'icmp') return lostPackets(looked, failing);
  if (failing === 'gone')
    return { ...nothing, reason: { code: 'connectTimeout', data: { address, port: portOf(looked), ms: 3_000 } } };
  switch (kind) {
    case 'http': {
      const status = 502;
      const output = `${status} Bad Gateway\nserver: nginx\ncontent-type: text/html\n\n<html><head><title>502 Bad Gateway</title></head>`;
      const total = looked.distanceMs * 3 + 12;
      return failing === 'degraded'
        ? { ...nothing, reason: { code: 'slow', data: { status: 200, ms: 2_640, warnMs: 2_000 } }, durationMs: 2_640 }
        : {
            ...nothing,
            reason: { code: 'otherStatus', data: { status, expected: '200-399' } },
            output,
            durationMs: total,
          };
    }
    case 'tls': {
      const days = 9;
      const validTo = new Date(atMs + days * dayMs).toISOString().slice(0, 10);
      return {
        reason: { code: 'certificateExpiresSoon', data: { days, validTo } },
        metrics: [{ name: 'certificateDays', unit: 'days', value: days }],
        output: `issuer: Certia TLS CA 2\nvalid: ${validTo}\nprotocol: TLSv1.3`,
        durationMs: looked.distanceMs * 3 + 4,
      };
    }
    case 'dns':
      return { ...nothing, reason: { code: 'noAnswer', data: { server: address, ms: 3_000 } } };
    case 'systemd-unit': {
      const unit = settingOf(settings, 'unit');
      return {
        reason: { code: 'failed', data: { unit, result: 'exit-code' } },
        metrics: [],
        output: failedUnit(unit),
        durationMs: 120,
      };
    }
    case 'ssh-command': {
      const value = failing === 'degraded' ? 89 : 97;
      const limit = failing === 'degraded' ? 85 : 95;
      return {
        reason: { code: 'numberAbove', data: { value, limit } },
        metrics: [
          { name: 'duration', unit: 'ms', value: 48 },
          { name: 'value', unit: 'number', value },
        ],
        output: `used=${value}`,
        durationMs: 48,
      };
    }
    default:
      return {
        ...nothing,
        reason: { code: 'refused', data: { address, port: portOf(looked) } },
        durationMs: looked.distanceMs,
      };
  }
}

/** What a check sees at a moment: the same whenever it is asked. */
export function inventResult(looked: Looked, failing: Failing | null, atMs: number): CheckResult {
  if (failing !== null) {
    const failure = failureOf(looked, failing, atMs);
    return { ...failure, verdict: failing === 'degraded' || looked.kind === 'tls' ? 'degraded' : 'down' };
  }
  const metrics = measure(looked, atMs);
  const longest = metrics.filter(({ unit }) => unit === 'ms').map(({ value }) => value);
  return {
    verdict: 'up',
    reason: goodReason(looked, metrics),
    output: '',
    metrics,
    durationMs: Math.max(0.1, ...longest),
  };
}
