import * as en from '#texts/en/anomalies.ts';
import * as fr from '#texts/fr/anomalies.ts';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { addAnomaliesVerb } from './analyse-anomalies.ts';
import { addCapacityVerb } from './analyse-capacity.ts';
import { addLogsVerb } from './analyse-logs.ts';
import { addMetricsVerb } from './analyse-metrics.ts';
import { addSolutionsVerb } from './analyse-solutions.ts';
import { addSyslogVerb } from './analyse-syslog.ts';

const texts = { en: en.anomalies.command, fr: fr.anomalies.command };

/** `vigie analyse …`: what reckons with a file and needs no server; each verb has a file of its own. */
export function addAnalyseCommands(program: Command, context: Context): void {
  const group = program.command('analyse').description(texts[context.language].group);
  addAnomaliesVerb(group, context);
  addCapacityVerb(group, context);
  addLogsVerb(group, context);
  addSyslogVerb(group, context);
  addMetricsVerb(group, context);
  addSolutionsVerb(group, context);
}
