import { OpenMetricsFault, type MetricFamily } from '#analyse/open-metrics/metric-family.ts';
import { parseOpenMetrics } from '#analyse/open-metrics/parse-open-metrics.ts';
import * as en from '#texts/en/analyse-files.ts';
import * as fr from '#texts/fr/analyse-files.ts';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { readWholeFile } from '../read-whole-file.ts';

const texts = { en: en.analyseFiles, fr: fr.analyseFiles };

async function metrics({ file }: { readonly file: string }, context: Context): Promise<void> {
  const own = texts[context.language];
  const bytes = await readWholeFile(file, context, own.tooLarge);
  try {
    for (const family of parseOpenMetrics(bytes)) context.terminal.write(jsonOf(family));
  } catch (error) {
    if (!(error instanceof OpenMetricsFault)) throw error;
    context.terminal.tell(`${own.metrics.refused(own.metrics.reasons[error.reason], error.line)}\n`);
    process.exitCode = 1;
  }
}

/** NaN and the infinities, which JSON has not, are written as words. */
function jsonOf({ samples, ...family }: MetricFamily): string {
  const plain = samples.map(({ labels, exemplar, ...sample }) => ({
    ...sample,
    labels: Object.fromEntries(labels),
    ...(exemplar === null ? {} : { exemplar: { ...exemplar, labels: Object.fromEntries(exemplar.labels) } }),
  }));
  const written = JSON.stringify({ ...family, samples: plain }, (_, value: unknown) => {
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  });
  return `${written}\n`;
}

export function addMetricsVerb(group: Command, context: Context): void {
  const own = texts[context.language].metrics;
  group
    .command('metrics')
    .description(own.about)
    .requiredOption('--file <file>', own.file)
    .addOption(new Option('--format <format>', own.format).choices(['openmetrics']).default('openmetrics'))
    .action(async (options: { readonly file: string }) => metrics(options, context));
}
