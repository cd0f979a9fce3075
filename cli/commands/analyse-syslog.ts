import { stat } from 'node:fs/promises';
import { parseRfc5424 } from '#analyse/syslog/parse-rfc5424.ts';
import { readSyslog } from '#analyse/syslog/read-syslog.ts';
import { splitMessages } from '#analyse/syslog/split-messages.ts';
import type { SyslogMessage } from '#analyse/syslog/syslog-message.ts';
import * as en from '#texts/en/analyse-files.ts';
import * as fr from '#texts/fr/analyse-files.ts';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { readWholeFile } from '../read-whole-file.ts';

const texts = { en: en.analyseFiles, fr: fr.analyseFiles };

type Options = { readonly file: string; readonly strict?: true };

async function syslog({ file, strict }: Options, context: Context): Promise<void> {
  const own = texts[context.language];
  const bytes = await readWholeFile(file, context, own.tooLarge);
  if (strict !== true) {
    // A date without a year is of the time in which the file was written.
    const { mtime: now } = await stat(file);
    for (const message of splitMessages(bytes)) context.terminal.write(jsonOf(readSyslog(message, now)));
    return;
  }
  const read = parseRfc5424(bytes);
  if ('part' in read) {
    context.terminal.tell(`${own.syslog.refused(own.syslog.parts[read.part], read.at)}\n`);
    process.exitCode = 1;
  } else context.terminal.write(jsonOf(read));
}

function jsonOf({ appName, procId, msgId, structuredData, message, ...rest }: SyslogMessage): string {
  const names = { app_name: appName, proc_id: procId, msg_id: msgId, structured_data: structuredData, message };
  return `${JSON.stringify({ ...rest, ...names })}\n`;
}

export function addSyslogVerb(group: Command, context: Context): void {
  const own = texts[context.language].syslog;
  group
    .command('syslog')
    .description(own.about)
    .requiredOption('--file <file>', own.file)
    .option('--strict', own.strict)
    .action(async (options: Options) => syslog(options, context));
}
