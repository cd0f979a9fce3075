import { setTimeout as wait } from 'node:timers/promises';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import type { OwnFigures } from '#probe/own-figures.ts';
import { vigieSettings, type VigieSettings } from './settings.ts';
import { vigieTexts, type VigieReasons } from './texts.ts';

const kind: CheckKind<VigieSettings, VigieReasons> = {
  name: 'vigie',
  settings: vigieSettings,
  texts: vigieTexts,
  defaults: { intervalMs: 10_000, timeoutMs: 4_000 },
  requires: 'local',
  run: runVigie,
  propose: (facts) => (facts.isThisMachine ? [{ settings: {}, recommended: true }] : []),
};

/** The watch itself: whoever counts on it has to know when it is late. */
export const vigie = defineKind(kind);

const lookMs = 100;

/** The figures; just after the start they take a moment. */
async function readFigures({ tools, signal, timeoutMs, clock }: CheckContext): Promise<OwnFigures | null> {
  const untilMs = clock.nowMs() + timeoutMs - 2 * lookMs;
  while (tools.own.figures === null && clock.nowMs() < untilMs && !signal.aborted)
    await wait(lookMs, undefined, { signal }).catch(() => undefined);
  return tools.own.figures;
}

async function runVigie(
  settings: VigieSettings,
  _target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<VigieReasons>> {
  const startedMs = context.clock.nowMs();
  const figures = await readFigures(context);
  const durationMs = context.clock.nowMs() - startedMs;
  if (figures === null) {
    const code = context.signal.aborted ? 'stopped' : 'notWatching';
    return { verdict: 'unknown', reason: { code, data: {} }, output: '', metrics: [], durationMs };
  }
  const lostBefore = Number(context.memory.get('lost') ?? 0);
  context.memory.set('lost', figures.lost);
  return {
    ...judge(settings, figures, lostBefore),
    output: Object.entries(figures)
      .map(([name, value]) => `${name}: ${value ?? '–'}`)
      .join('\n'),
    metrics: measure(figures),
    durationMs,
  };
}

/** What the figures are worth. */
function judge(
  { warnLateMs, downLateMs }: VigieSettings,
  { lateP99Ms: p99Ms, results, slowed, lost }: OwnFigures,
  lostBefore: number,
): { readonly verdict: Verdict; readonly reason: ReasonOf<VigieReasons> } {
  if (lost > lostBefore) return { verdict: 'down', reason: { code: 'losing', data: { lost } } };
  if (downLateMs > 0 && p99Ms > downLateMs)
    return { verdict: 'down', reason: { code: 'late', data: { p99Ms, limitMs: downLateMs, slowed } } };
  if (p99Ms > warnLateMs)
    return { verdict: 'degraded', reason: { code: 'late', data: { p99Ms, limitMs: warnLateMs, slowed } } };
  return { verdict: 'up', reason: { code: 'onTime', data: { p99Ms, results } } };
}

function measure(figures: OwnFigures): Metric[] {
  const { apiLoopMs } = figures;
  return [
    { name: 'late50', unit: 'ms', value: figures.lateMedianMs },
    { name: 'late95', unit: 'ms', value: figures.lateP95Ms },
    { name: 'late99', unit: 'ms', value: figures.lateP99Ms },
    { name: 'results', unit: 'perSecond', value: figures.results / 60 },
    { name: 'skipped', unit: 'count', value: figures.skipped },
    { name: 'waiting', unit: 'count', value: figures.waiting },
    { name: 'unwritten', unit: 'count', value: figures.unwritten },
    { name: 'write', unit: 'ms', value: figures.writeMs },
    { name: 'loop', unit: 'ms', value: figures.loopMs },
    ...(apiLoopMs === null ? [] : [{ name: 'apiLoop', unit: 'ms', value: apiLoopMs } as const]),
    { name: 'memory', unit: 'bytes', value: figures.memoryBytes },
    { name: 'checks', unit: 'count', value: figures.checks },
    { name: 'slowed', unit: 'count', value: figures.slowed },
  ];
}
