import { shellQuote } from '#ssh/shell-quote.ts';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { accessMissing, runOverSsh, sshResult } from '#probe/ssh-reasons.ts';
import { systemdUnitSettings, type SystemdUnitSettings } from './settings.ts';
import { systemdUnitTexts, type SystemdUnitReasons } from './texts.ts';

const kind: CheckKind<SystemdUnitSettings, SystemdUnitReasons> = {
  name: 'systemd-unit',
  settings: systemdUnitSettings,
  texts: systemdUnitTexts,
  defaults: { intervalMs: 15_000, timeoutMs: 5_000 },
  requires: 'ssh',
  run: runSystemdUnit,
};

/** A unit of systemd on a host, asked for over SSH. */
export const systemdUnit = defineKind(kind);

// Older versions leave out what they do not know, so the order is not relied on.
const properties = 'LoadState,ActiveState,SubState,Result,NRestarts,ActiveEnterTimestampMonotonic,MemoryCurrent';

async function runSystemdUnit(
  settings: SystemdUnitSettings,
  _target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<SystemdUnitReasons>> {
  const startedMs = context.clock.nowMs();
  if (context.ssh === undefined) return accessMissing();
  // The uptime turns systemd's monotonic moment into a duration without trusting either clock.
  const command = `LC_ALL=C systemctl show --no-pager --property=${properties} -- ${shellQuote(settings.unit)}; echo "Uptime=$(cut -d' ' -f1 /proc/uptime)"`;
  try {
    const done = await runOverSsh(context.ssh, command, context);
    const stdout = done.stdout.toString('utf8');
    const rest = {
      output: sanitiseOutput(`${stdout}${done.stderr.toString('utf8')}`, 2_000),
      durationMs: context.clock.nowMs() - startedMs,
    };
    const facts = parseUnit(stdout);
    if (facts.ActiveState === undefined)
      return { verdict: 'unknown', reason: { code: 'noSystemd', data: {} }, metrics: [], ...rest };
    return { ...judgeUnit(settings, facts), metrics: measure(facts), ...rest };
  } catch (error) {
    return sshResult(error, startedMs, context);
  }
}

/** What systemd says of a unit, by its own property names. */
export type UnitFacts = Partial<
  Record<
    | 'LoadState'
    | 'ActiveState'
    | 'SubState'
    | 'Result'
    | 'NRestarts'
    | 'ActiveEnterTimestampMonotonic'
    | 'MemoryCurrent'
    | 'Uptime',
    string
  >
>;

/** Reads `Name=value` lines. */
export function parseUnit(text: string): UnitFacts {
  const entries = text
    .split('\n')
    .map((line) => /^(\w+)=(.*)$/u.exec(line.trim()))
    .filter((match) => match !== null)
    .map((match) => [match[1] ?? '', match[2] ?? ''] as const);
  return Object.fromEntries<string>(entries);
}

/** The verdict on a unit. */
export function judgeUnit(
  { unit, warnRestarts }: SystemdUnitSettings,
  facts: UnitFacts,
): { verdict: Verdict; reason: ReasonOf<SystemdUnitReasons> } {
  const state = `${facts.ActiveState ?? '?'}, ${facts.SubState ?? '?'}`;
  if (facts.LoadState === 'not-found') return { verdict: 'down', reason: { code: 'notFound', data: { unit } } };
  switch (facts.ActiveState) {
    case 'active': {
      const restarts = Number(facts.NRestarts ?? 0);
      if (warnRestarts > 0 && restarts >= warnRestarts)
        return { verdict: 'degraded', reason: { code: 'restarting', data: { unit, restarts, limit: warnRestarts } } };
      return { verdict: 'up', reason: { code: 'active', data: { unit, state } } };
    }
    case 'activating':
      // Between two attempts a unit that dies again and again is "activating": that is no promise.
      if (facts.SubState === 'auto-restart')
        return { verdict: 'down', reason: { code: 'failed', data: { unit, result: facts.Result ?? '?' } } };
      return { verdict: 'degraded', reason: { code: 'changing', data: { unit, state } } };
    case 'reloading':
    case 'refreshing':
      return { verdict: 'up', reason: { code: 'active', data: { unit, state } } };
    case 'failed':
      return { verdict: 'down', reason: { code: 'failed', data: { unit, result: facts.Result ?? '?' } } };
    default:
      return { verdict: 'down', reason: { code: 'inactive', data: { unit, state } } };
  }
}

function measure(facts: UnitFacts): Metric[] {
  const metrics: Metric[] = [];
  const sinceSeconds = Number(facts.ActiveEnterTimestampMonotonic ?? 0) / 1e6;
  const activeSeconds = Number(facts.Uptime ?? Number.NaN) - sinceSeconds;
  if (facts.ActiveState === 'active' && sinceSeconds > 0 && Number.isFinite(activeSeconds))
    metrics.push({ name: 'activeSeconds', unit: 'seconds', value: Math.max(0, activeSeconds) });
  const restarts = Number(facts.NRestarts ?? Number.NaN);
  if (Number.isFinite(restarts)) metrics.push({ name: 'restarts', unit: 'count', value: restarts });
  // "[not set]" or the largest 64-bit number when memory is not counted.
  const memory = Number(facts.MemoryCurrent ?? Number.NaN);
  if (Number.isFinite(memory) && memory < 2 ** 60) metrics.push({ name: 'memory', unit: 'bytes', value: memory });
  return metrics;
}
