import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import type { LastBeat } from '#probe/inside-view.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { judgeBeat, type BeatFinding, type LastDue } from './judge-beat.ts';
import { heartbeatSettings, type HeartbeatSettings } from './settings.ts';
import { heartbeatTexts, type HeartbeatReasons } from './texts.ts';

const kind: CheckKind<HeartbeatSettings, HeartbeatReasons> = {
  name: 'heartbeat',
  settings: heartbeatSettings,
  texts: heartbeatTexts,
  defaults: { intervalMs: 5_000, timeoutMs: 1_000 },
  requires: 'inside',
  confirmations: { failures: 1, recoveries: 1 },
  run: runHeartbeat,
};

/** A job elsewhere that calls Vigie when it has run; what is missed is its call. */
export const heartbeat = defineKind(kind);

/** Throws when the expression says nothing. */
async function lastDueOf({ cron, timeZone }: HeartbeatSettings): Promise<LastDue> {
  if (cron === '') return () => null;
  const { Cron } = await import('croner');
  const plan = new Cron(cron, { timezone: timeZone, paused: true });
  return (before) => plan.previousRuns(1, before)[0] ?? null;
}

async function runHeartbeat(
  settings: HeartbeatSettings,
  _target: CheckTarget,
  { inside }: CheckContext,
): Promise<KindResult<HeartbeatReasons>> {
  if (inside === undefined)
    return { verdict: 'unknown', reason: { code: 'outside', data: {} }, output: '', metrics: [], durationMs: 0 };
  const lastDue = await lastDueOf(settings).catch(() => null);
  if (lastDue === null) {
    const reason = { code: 'cronUnreadable', data: { cron: settings.cron } } as const;
    return { verdict: 'unknown', reason, output: '', metrics: [], durationMs: 0 };
  }
  const beat = inside.beat();
  const found = judgeBeat(settings, beat, { ...inside, lastDue });
  return { ...verdictOf(found), output: evidence(beat), metrics: measured(beat, found), durationMs: 0 };
}

function verdictOf(found: BeatFinding): {
  verdict: 'up' | 'down' | 'unknown';
  reason: ReasonOf<HeartbeatReasons>;
} {
  switch (found.code) {
    case 'waiting':
      return { verdict: 'unknown', reason: { code: 'waiting', data: { until: found.until.toISOString() } } };
    case 'beating':
      return { verdict: 'up', reason: { code: 'beating', data: { ago: found.ago } } };
    case 'running':
      return { verdict: 'up', reason: { code: 'running', data: { for: found.for } } };
    case 'missing':
      return found.ago === null
        ? { verdict: 'down', reason: { code: 'neverCalled', data: { late: found.late } } }
        : { verdict: 'down', reason: { code: 'missing', data: { late: found.late, ago: found.ago } } };
    case 'failed':
      return {
        verdict: 'down',
        reason:
          found.exitCode === null
            ? { code: 'failed', data: { ago: found.ago } }
            : { code: 'failedWith', data: { exitCode: found.exitCode, ago: found.ago } },
      };
    default:
      return { verdict: 'down', reason: { code: 'tooLong', data: { for: found.for, longest: found.longest } } };
  }
}

function measured(beat: LastBeat | null, found: BeatFinding): Metric[] {
  const metrics: Metric[] = [];
  if (found.code === 'beating') metrics.push({ name: 'age', unit: 'seconds', value: found.ago });
  if (beat !== null && beat.tookMs !== null) metrics.push({ name: 'took', unit: 'ms', value: beat.tookMs });
  return metrics;
}

function evidence(beat: LastBeat | null): string {
  return beat === null ? '' : sanitiseOutput(`${beat.at.toISOString()} ${beat.kind} ${beat.from}\n${beat.body}`);
}
