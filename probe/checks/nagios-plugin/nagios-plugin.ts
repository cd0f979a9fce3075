import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { counterRate } from '#probe/counter-rate.ts';
import { defineKind } from '#probe/define-kind.ts';
import { resolveAllowed } from '#probe/open-connection.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { alerts, metricOf, type PerfRange, type PerfValue } from './perfdata.ts';
import { readPluginOutput, type PluginOutput } from './plugin-output.ts';
import { findUser, unprivilegedUser } from './plugin-user.ts';
import { ProgramFailure, runProgram, type ProgramEnd } from './run-program.ts';
import { nagiosPluginSettings, type NagiosPluginSettings } from './settings.ts';
import { nagiosPluginTexts, type NagiosPluginReasons } from './texts.ts';

const kind: CheckKind<NagiosPluginSettings, NagiosPluginReasons> = {
  name: 'nagios-plugin',
  settings: nagiosPluginSettings,
  texts: nagiosPluginTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 15_000 },
  requires: 'network',
  runsPrograms: true,
  run: runNagiosPlugin,
};

/** Any plugin written for Nagios and its heirs, run on the probe. */
export const nagiosPlugin = defineKind(kind);

const limitBytes = 64 * 1024;

async function runNagiosPlugin(
  settings: NagiosPluginSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<NagiosPluginReasons>> {
  const startedMs = context.clock.nowMs();
  const ended = (verdict: Verdict, reason: ReasonOf<NagiosPluginReasons>) => ({
    verdict,
    reason,
    output: '',
    metrics: [],
    durationMs: context.clock.nowMs() - startedMs,
  });
  const identity = await identityOf(settings.user);
  if (identity === 'unknown')
    return ended('unknown', { code: 'userUnknown', data: { user: settings.user || unprivilegedUser } });
  try {
    const [found] = await resolveAllowed(target.address, startedMs + context.timeoutMs, context);
    const done = await runProgram({
      program: settings.program,
      words: settings.arguments.map((text) => fill(text, target.address, found?.address ?? '', settings.secret)),
      identity,
      timeoutMs: Math.max(1, context.timeoutMs - (context.clock.nowMs() - startedMs)),
      limitBytes,
      signal: context.signal,
    });
    const said = readPluginOutput(sanitiseOutput(done.stdout, limitBytes));
    const { verdict, reason } = judge(done, hidden(said, settings.secret));
    return {
      verdict,
      reason,
      output: evidence(done, said, settings.secret),
      metrics: measure(said, context),
      durationMs: context.clock.nowMs() - startedMs,
    };
  } catch (error) {
    if (!(error instanceof ProgramFailure)) return connectionResult(error, startedMs, context);
    return ended(...failed(error, settings, context.timeoutMs));
  }
}

/** A plugin may quote what it was given. */
function hidden(said: PluginOutput, secret: string): PluginOutput {
  return secret.length > 2 ? { ...said, summary: said.summary.replaceAll(secret, '••••') } : said;
}

/** Whom the plugin runs as: only root may choose, and root is never what it runs as unless somebody says so. */
async function identityOf(user: string): Promise<{ uid: number; gid: number } | undefined | 'unknown'> {
  if (process.getuid?.() !== 0) return undefined;
  return (await findUser(user === '' ? unprivilegedUser : user)) ?? 'unknown';
}

function fill(text: string, name: string, address: string, secret: string): string {
  return text.replaceAll(/\{(name|address|secret)\}/gu, (_all, what: string) =>
    what === 'name' ? name : what === 'address' ? address : secret,
  );
}

function failed(
  error: ProgramFailure,
  { program }: NagiosPluginSettings,
  timeoutMs: number,
): [Verdict, ReasonOf<NagiosPluginReasons>] {
  switch (error.kind) {
    case 'timeout':
      return ['unknown', { code: 'timedOut', data: { ms: timeoutMs } }];
    case 'endless':
      return ['unknown', { code: 'endless', data: { program } }];
    case 'stopped':
      return ['unknown', { code: 'stopped', data: {} }];
    case 'notFound':
      return ['unknown', { code: 'programMissing', data: { program } }];
    case 'notAllowed':
      return ['unknown', { code: 'programRefused', data: { program } }];
    default:
      return ['unknown', { code: 'ownFault', data: { code: error.message.slice(0, 100) } }];
  }
}

const verdicts: readonly Verdict[] = ['up', 'degraded', 'down', 'unknown'];

function judge(
  { exitCode, signal }: ProgramEnd,
  { summary, values }: PluginOutput,
): { verdict: Verdict; reason: ReasonOf<NagiosPluginReasons> } {
  if (exitCode === null) return { verdict: 'unknown', reason: { code: 'killed', data: { signal: signal ?? '?' } } };
  const verdict = verdicts[exitCode];
  if (verdict === undefined)
    return { verdict: 'unknown', reason: { code: 'strangeExit', data: { exit: exitCode, summary } } };
  if (summary === '') return { verdict, reason: { code: 'saidNothing', data: { exit: exitCode } } };
  // Many plugins say only that something is wrong; their performance data says what.
  const culprit =
    verdict === 'up'
      ? undefined
      : (values.find(({ crit, value }) => alerts(crit, value)) ??
        values.find(({ warn, value }) => alerts(warn, value)));
  if (culprit === undefined || summary.includes(culprit.label))
    return { verdict, reason: { code: 'said', data: { summary } } };
  const data = { summary, label: culprit.label, value: `${culprit.value}${culprit.unit}` };
  return { verdict, reason: { code: 'saidBecause', data } };
}

const mostMetrics = 100;

function measure({ values }: PluginOutput, context: CheckContext): Metric[] {
  return values.slice(0, mostMetrics).flatMap((each): Metric[] => {
    const metric = metricOf(each);
    if (metric !== undefined) return Number.isFinite(metric.value) ? [metric] : [];
    const rate = counterRate(each.label, each.value, context);
    return rate === undefined ? [] : [{ name: `rate:${each.label.slice(0, 120)}`, unit: 'perSecond', value: rate }];
  });
}

function evidence({ stderr }: ProgramEnd, { summary, longText, values }: PluginOutput, secret: string): string {
  const lines = values.slice(0, 40).map((each) => perfLine(each));
  let text = [summary, longText, ...lines, stderr.toString('utf8').slice(0, 2_000)]
    .filter((each) => each !== '')
    .join('\n');
  if (secret.length > 2) text = text.replaceAll(secret, '••••');
  return sanitiseOutput(text);
}

function perfLine({ label, value, unit, warn, crit, min, max }: PerfValue): string {
  const limits = [
    warn === undefined ? '' : `warn ${rangeText(warn)}`,
    crit === undefined ? '' : `crit ${rangeText(crit)}`,
    min === undefined ? '' : `min ${min}`,
    max === undefined ? '' : `max ${max}`,
  ].filter((each) => each !== '');
  return `${label} = ${value}${unit}${limits.length === 0 ? '' : ` (${limits.join(', ')})`}`;
}

function rangeText({ from, to, inside }: PerfRange): string {
  const [low, high] = [from === -Infinity ? '~' : from, to === Infinity ? '' : to];
  return `${inside ? '@' : ''}${low}:${high}`;
}
