import * as en from '#texts/en/anomalies.ts';
import * as fr from '#texts/fr/anomalies.ts';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { addAnomaliesVerb } from './analyse-anomalies.ts';

const texts = { en: en.anomalies.command, fr: fr.anomalies.command };

/** `vigie analyse …`: what reckons with a file and needs no server; each verb has a file of its own. */
export function addAnalyseCommands(program: Command, context: Context): void {
  const group = program.command('analyse').description(texts[context.language].group);
  addAnomaliesVerb(group, context);
}
