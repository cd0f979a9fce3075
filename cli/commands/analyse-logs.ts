import { findHeader } from '#analyse/logs/find-header.ts';
import { TemplateFinder } from '#analyse/logs/template-finder.ts';
import * as en from '#texts/en/analyse-files.ts';
import * as fr from '#texts/fr/analyse-files.ts';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { readWholeFile } from '../read-whole-file.ts';

const texts = { en: en.analyseFiles, fr: fr.analyseFiles };
/** Lines are written so many at a time. */
const batchLines = 5_000;

async function logs({ file }: { readonly file: string }, context: Context): Promise<void> {
  const bytes = await readWholeFile(file, context, texts[context.language].tooLarge);
  const lines = bytes.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  const startOf = findHeader(lines);
  const finder = new TemplateFinder();
  for (const line of lines) finder.take(line.slice(startOf(line)));
  // The second time all is known: a template that took shape late holds for the first lines too.
  for (let from = 0; from < lines.length; from += batchLines) {
    const batch = lines.slice(from, from + batchLines).map((line) => {
      const { id, text } = finder.take(line.slice(startOf(line)));
      return `${id}\t${text}\n`;
    });
    context.terminal.write(batch.join(''));
  }
}

export function addLogsVerb(group: Command, context: Context): void {
  const own = texts[context.language].logs;
  group
    .command('logs')
    .description(own.about)
    .requiredOption('--file <file>', own.file)
    .action(async (options: { readonly file: string }) => logs(options, context));
}
