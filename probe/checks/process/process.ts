import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { counterRate } from '#probe/counter-rate.ts';
import { defineKind } from '#probe/define-kind.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { accessMissing, sshResult } from '#probe/ssh-reasons.ts';
import { compilePattern } from '#probe/web/safe-pattern.ts';
import { parsePs, psCommand, type ProcessRow } from './parse-ps.ts';
import { processSettings, type ProcessSettings } from './settings.ts';
import { processTexts, type ProcessReasons } from './texts.ts';

const kind: CheckKind<ProcessSettings, ProcessReasons> = {
  name: 'process',
  settings: processSettings,
  texts: processTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 10_000 },
  requires: 'ssh',
  run: runProcess,
};

/** Processes of a host, counted and measured over SSH. */
export const process = defineKind(kind);

const listLimitBytes = 2 * 1024 * 1024;

async function runProcess(
  settings: ProcessSettings,
  _target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<ProcessReasons>> {
  const startedMs = context.clock.nowMs();
  if (context.ssh === undefined) return accessMissing();
  try {
    const done = await context.ssh.transport.exec(context.ssh.target, psCommand, {
      timeoutMs: context.timeoutMs,
      maxOutputBytes: listLimitBytes,
      signal: context.signal,
    });
    const durationMs = context.clock.nowMs() - startedMs;
    const rows = parsePs(done.stdout.toString('utf8'));
    if (rows === undefined) {
      const output = sanitiseOutput(done.stderr.toString('utf8'), 2_000);
      return { verdict: 'unknown', reason: { code: 'noList', data: {} }, output, metrics: [], durationMs };
    }
    const found = pick(settings, rows);
    const sums = sumUp(found, context);
    return { ...judge(settings, sums), output: evidence(found), metrics: measure(sums), durationMs };
  } catch (error) {
    return sshResult(error, startedMs, context);
  }
}

function pick({ name, pattern, user }: ProcessSettings, rows: readonly ProcessRow[]): ProcessRow[] {
  const compiled = pattern === '' ? undefined : compilePattern(pattern);
  // The kernel keeps 15 characters of a program's name.
  const short = name.slice(0, 15);
  return rows.filter(
    (row) =>
      (short === '' || row.name === short) &&
      (user === '' || row.user === user) &&
      (compiled === undefined || compiled.test(row.command)),
  );
}

interface Sums {
  readonly count: number;
  readonly memoryBytes: number;
  /** Share of one processor since the run before. */
  readonly cpuPercent: number | undefined;
  readonly oldestSeconds: number;
  readonly youngestSeconds: number;
  readonly zombies: number;
}

function sumUp(found: readonly ProcessRow[], context: CheckContext): Sums {
  const sum = (of: (row: ProcessRow) => number): number => found.reduce((total, row) => total + of(row), 0);
  // When a process ended, its time is gone from the sum: such a pair of runs says nothing.
  const rate = counterRate(
    'cpu',
    sum(({ cpuSeconds }) => cpuSeconds),
    context,
  );
  const ages = found.map(({ ageSeconds }) => ageSeconds);
  return {
    count: found.length,
    memoryBytes: sum(({ memoryBytes }) => memoryBytes),
    cpuPercent: rate === undefined ? undefined : rate * 100,
    oldestSeconds: ages.reduce((most, age) => Math.max(most, age), 0),
    youngestSeconds: ages.reduce((least, age) => Math.min(least, age), ages[0] ?? 0),
    zombies: found.filter(({ state }) => state.startsWith('Z')).length,
  };
}

const mebibyte = 1024 * 1024;

function judge(settings: ProcessSettings, sums: Sums): { verdict: Verdict; reason: ReasonOf<ProcessReasons> } {
  const what = settings.name === '' ? settings.pattern : settings.name;
  const { count, memoryBytes, cpuPercent = 0, oldestSeconds } = sums;
  if (count < settings.least)
    return { verdict: 'down', reason: { code: 'tooFew', data: { what, count, limit: settings.least } } };
  if (settings.memoryDownMiB > 0 && memoryBytes > settings.memoryDownMiB * mebibyte)
    return {
      verdict: 'down',
      reason: { code: 'memoryHigh', data: { what, bytes: memoryBytes, limit: settings.memoryDownMiB * mebibyte } },
    };
  if (settings.most > 0 && count > settings.most)
    return { verdict: 'degraded', reason: { code: 'tooMany', data: { what, count, limit: settings.most } } };
  if (settings.memoryWarnMiB > 0 && memoryBytes > settings.memoryWarnMiB * mebibyte)
    return {
      verdict: 'degraded',
      reason: { code: 'memoryHigh', data: { what, bytes: memoryBytes, limit: settings.memoryWarnMiB * mebibyte } },
    };
  if (settings.cpuWarnPercent > 0 && cpuPercent > settings.cpuWarnPercent)
    return {
      verdict: 'degraded',
      reason: { code: 'cpuHigh', data: { what, percent: cpuPercent, limit: settings.cpuWarnPercent } },
    };
  if (settings.oldestMaxHours > 0 && oldestSeconds > settings.oldestMaxHours * 3_600)
    return {
      verdict: 'degraded',
      reason: { code: 'tooOld', data: { what, seconds: oldestSeconds, limit: settings.oldestMaxHours * 3_600 } },
    };
  return { verdict: 'up', reason: { code: 'running', data: { what, count, bytes: memoryBytes } } };
}

function measure(sums: Sums): Metric[] {
  return [
    { name: 'count', unit: 'count', value: sums.count },
    { name: 'memory', unit: 'bytes', value: sums.memoryBytes },
    ...(sums.cpuPercent === undefined ? [] : [{ name: 'cpu', unit: 'percent', value: sums.cpuPercent } as const]),
    { name: 'oldest', unit: 'seconds', value: sums.oldestSeconds },
    { name: 'youngest', unit: 'seconds', value: sums.youngestSeconds },
    { name: 'zombies', unit: 'count', value: sums.zombies },
  ];
}

function evidence(found: readonly ProcessRow[]): string {
  const heaviest = found.toSorted((a, b) => b.memoryBytes - a.memoryBytes).slice(0, 15);
  const lines = heaviest.map(
    ({ pid, user, memoryBytes, ageSeconds, command }) =>
      `${pid} ${user} ${Math.round(memoryBytes / mebibyte)} MiB ${ageSeconds} s ${command.slice(0, 120)}`,
  );
  return sanitiseOutput(lines.join('\n'), 4_096);
}
