import type { AddressFacts } from '#probe/address-facts.ts';
import type { CheckContext, CheckKind, CheckTarget, KindResult } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { fetchExposition, pageMetrics } from '#probe/exporter/fetch-exposition.ts';
import { judgeHost } from '#probe/machine/judge-host.ts';
import { isNodeMetric, readNodeExporter } from './read-node-exporter.ts';
import { linuxExporterSettings, type LinuxExporterSettings } from './settings.ts';
import { linuxExporterTexts, type LinuxExporterReasons } from './texts.ts';

const kind: CheckKind<LinuxExporterSettings, LinuxExporterReasons> = {
  name: 'linux-exporter',
  settings: linuxExporterSettings,
  texts: linuxExporterTexts,
  defaults: { intervalMs: 15_000, timeoutMs: 10_000 },
  requires: 'network',
  run: runLinuxExporter,
  propose: ({ openPorts }: AddressFacts) => (openPorts.includes(9_100) ? [{ settings: {}, recommended: true }] : []),
};

/** A Linux host as its node exporter sees it. */
export const linuxExporter = defineKind(kind);

const mostSamples = 20_000;

async function runLinuxExporter(
  settings: LinuxExporterSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<LinuxExporterReasons>> {
  const startedMs = context.clock.nowMs();
  const page = await fetchExposition(settings, target, context, isNodeMetric, mostSamples);
  const passed = (): number => context.clock.nowMs() - startedMs;
  if ('reason' in page) return { ...page, output: '', metrics: [], durationMs: passed() };
  const reading = readNodeExporter(page.exposition, context);
  if (reading === undefined) {
    const reason = { code: 'notNode', data: {} } as const;
    return { verdict: 'down', reason, output: '', metrics: pageMetrics(page), durationMs: passed() };
  }
  const { metrics, ...rest } = judgeHost(settings, reading);
  return { ...rest, metrics: [...pageMetrics(page), ...metrics], durationMs: passed() };
}
