import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { parseSteps } from './parse-steps.ts';
import { httpStepsSettings, type HttpStepsSettings } from './settings.ts';
import type { Scenario } from './run-steps.ts';
import { httpStepsTexts, type HttpStepsReasons } from './texts.ts';

const kind: CheckKind<HttpStepsSettings, HttpStepsReasons> = {
  name: 'http-steps',
  settings: httpStepsSettings,
  texts: httpStepsTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 15_000 },
  requires: 'network',
  run: runHttpSteps,
};

/** Several requests in a row, as a person would make them: signing in, looking, signing out. */
export const httpSteps = defineKind(kind);

async function runHttpSteps(
  settings: HttpStepsSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<HttpStepsReasons>> {
  const startedMs = context.clock.nowMs();
  const { runSteps } = await import('./run-steps.ts');
  const steps = parseSteps(settings.steps);
  const scenario = await runSteps('line' in steps ? [] : steps, settings, target.address, context);
  const durationMs = context.clock.nowMs() - startedMs;
  return {
    ...judge(scenario, settings, durationMs),
    output: evidence(scenario, settings),
    metrics: measure(scenario, durationMs),
    durationMs,
  };
}

function judge(
  { records, failed }: Scenario,
  { warnMs }: HttpStepsSettings,
  ms: number,
): { verdict: Verdict; reason: ReasonOf<HttpStepsReasons> } {
  const count = records.length;
  if (failed !== undefined) {
    const name = records.at(-1)?.name ?? '';
    const data = { ...failed.data, step: count, stepName: name, fault: failed.fault };
    return { verdict: failed.verdict, reason: { code: 'stepFailed', data } };
  }
  if (warnMs > 0 && ms > warnMs) {
    const slowest = records.toSorted((a, b) => b.durationMs - a.durationMs)[0];
    const data = { ms, warnMs, stepName: slowest?.name ?? '', stepMs: slowest?.durationMs ?? 0 };
    return { verdict: 'degraded', reason: { code: 'slow', data } };
  }
  return { verdict: 'up', reason: { code: 'wentThrough', data: { count, ms } } };
}

function measure({ records, failed }: Scenario, totalMs: number): Metric[] {
  return [
    ...records.map(({ name, durationMs }, index): Metric => ({
      name: `step:${index + 1} ${name}`,
      unit: 'ms',
      value: durationMs,
    })),
    ...(failed === undefined ? [{ name: 'total', unit: 'ms', value: totalMs } as const] : []),
  ];
}

function evidence({ records, evidence: shown }: Scenario, { password, secret }: HttpStepsSettings): string {
  const lines = records.map(
    ({ name, status, durationMs }, index) => `${index + 1}. ${name}: ${status ?? '–'}, ${Math.round(durationMs)} ms`,
  );
  let text = `${lines.join('\n')}\n\n${shown}`;
  // An answer may quote what was sent to it.
  for (const hidden of [password, secret]) if (hidden.length > 2) text = text.replaceAll(hidden, '••••');
  return sanitiseOutput(text.trimEnd(), 4_096);
}
