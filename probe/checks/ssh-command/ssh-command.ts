import type { ExecResult } from '#ssh/transport.ts';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { accessMissing, runOverSsh, sshResult } from '#probe/ssh-reasons.ts';
import { containsPattern, numberAfter } from './read-output.ts';
import { sshCommandSettings, type SshCommandSettings } from './settings.ts';
import { sshCommandTexts, type SshCommandReasons } from './texts.ts';

const kind: CheckKind<SshCommandSettings, SshCommandReasons> = {
  name: 'ssh-command',
  runsPrograms: true,
  settings: sshCommandSettings,
  texts: sshCommandTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 10_000 },
  requires: 'ssh',
  run: runSshCommand,
};

/** A command on a host. */
export const sshCommand = defineKind(kind);

async function runSshCommand(
  settings: SshCommandSettings,
  _target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<SshCommandReasons>> {
  const startedMs = context.clock.nowMs();
  if (context.ssh === undefined) return accessMissing();
  try {
    const done = await runOverSsh(context.ssh, settings.command, context);
    const durationMs = context.clock.nowMs() - startedMs;
    return {
      ...judgeCommand(settings, done),
      output: sanitiseOutput(`${done.stdout.toString('utf8')}${done.stderr.toString('utf8')}`),
      durationMs,
    };
  } catch (error) {
    return sshResult(error, startedMs, context);
  }
}

type Judgement = Pick<KindResult<SshCommandReasons>, 'verdict' | 'metrics'> & {
  readonly reason: ReasonOf<SshCommandReasons>;
};

/** The verdict on a command that was run. */
export function judgeCommand(settings: SshCommandSettings, done: ExecResult): Judgement {
  const duration: Metric = { name: 'duration', unit: 'ms', value: done.durationMs };
  const metrics = [duration];
  const stdout = done.stdout.toString('utf8');
  if (done.exitCode === null) {
    return { verdict: 'down', reason: { code: 'ended', data: { signal: done.signal ?? '?' } }, metrics };
  }
  if (done.exitCode !== settings.expectExit) {
    return {
      verdict: 'down',
      reason: { code: 'otherExit', data: { exit: done.exitCode, expected: settings.expectExit } },
      metrics,
    };
  }
  if (settings.outputPattern !== '' && !containsPattern(stdout, settings.outputPattern)) {
    return { verdict: 'down', reason: { code: 'patternMissing', data: { pattern: settings.outputPattern } }, metrics };
  }
  // Limits without a word to look behind are about the first number there is.
  const after = settings.numberAfter === '' && hasLimits(settings) ? '*' : settings.numberAfter;
  if (after === '') {
    return {
      verdict: 'up',
      reason: { code: 'succeeded', data: { exit: done.exitCode, ms: done.durationMs } },
      metrics,
    };
  }
  const value = numberAfter(stdout, after);
  if (value === undefined) {
    return { verdict: 'down', reason: { code: 'numberMissing', data: { after } }, metrics };
  }
  return { ...judgeNumber(settings, value), metrics: [...metrics, { name: 'value', unit: 'number', value }] };
}

function hasLimits({ numberWarn, numberDown }: SshCommandSettings): boolean {
  return numberWarn !== null || numberDown !== null;
}

function judgeNumber(settings: SshCommandSettings, value: number): Omit<Judgement, 'metrics'> {
  const { numberDirection, numberDown, numberWarn } = settings;
  const beyond = (limit: number | null): limit is number =>
    limit !== null && (numberDirection === 'above' ? value > limit : value < limit);
  const code = numberDirection === 'above' ? 'numberAbove' : 'numberBelow';
  if (beyond(numberDown)) return { verdict: 'down', reason: { code, data: { value, limit: numberDown } } };
  if (beyond(numberWarn)) return { verdict: 'degraded', reason: { code, data: { value, limit: numberWarn } } };
  return { verdict: 'up', reason: { code: 'numberGood', data: { value } } };
}
