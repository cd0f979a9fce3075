import type { AddressFacts } from '#probe/address-facts.ts';
import type { CheckContext, CheckKind, CheckTarget, KindResult } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { fetchExposition, pageMetrics } from '#probe/exporter/fetch-exposition.ts';
import { judgeHost } from '#probe/machine/judge-host.ts';
import { isWindowsMetric, readWindowsExporter } from './read-windows-exporter.ts';
import { windowsSettings, type WindowsSettings } from './settings.ts';
import { windowsTexts, type WindowsReasons } from './texts.ts';

const kind: CheckKind<WindowsSettings, WindowsReasons> = {
  name: 'windows',
  settings: windowsSettings,
  texts: windowsTexts,
  defaults: { intervalMs: 15_000, timeoutMs: 10_000 },
  requires: 'network',
  run: runWindows,
  propose: ({ openPorts }: AddressFacts) => (openPorts.includes(9_182) ? [{ settings: {}, recommended: true }] : []),
};

/** A Windows host as its windows_exporter sees it. */
export const windows = defineKind(kind);

const mostSamples = 20_000;

async function runWindows(
  settings: WindowsSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<WindowsReasons>> {
  const startedMs = context.clock.nowMs();
  const page = await fetchExposition(settings, target, context, isWindowsMetric, mostSamples);
  const passed = (): number => context.clock.nowMs() - startedMs;
  if ('reason' in page) return { ...page, output: '', metrics: [], durationMs: passed() };
  const reading = readWindowsExporter(page.exposition, settings, context);
  if (reading === undefined) {
    const reason = { code: 'notWindows', data: {} } as const;
    return { verdict: 'down', reason, output: '', metrics: pageMetrics(page), durationMs: passed() };
  }
  const { metrics, ...rest } = judgeHost({ ...settings, loadWarnPerCore: 0, warnFailedUnits: true }, reading);
  return { ...rest, metrics: [...pageMetrics(page), ...metrics], durationMs: passed() };
}
