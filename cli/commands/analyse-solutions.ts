import { gunzipSync } from 'node:zlib';
import { SolutionIndex } from '#analyse/solutions/solution-index.ts';
import * as en from '#texts/en/analyse-files.ts';
import * as fr from '#texts/fr/analyse-files.ts';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { readWholeFile } from '../read-whole-file.ts';
import { UsageFault } from '../usage-fault.ts';

const texts = { en: en.analyseFiles, fr: fr.analyseFiles };
/** What a compressed file may hold, bytes. */
const mostUnpacked = 1_073_741_824;
const mostTop = 1_000;

const moment = z.string().transform((typed, context) => {
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/u.test(typed) || !typed.includes('T') ? typed : `${typed}Z`;
  const timeMs = Date.parse(zoned);
  if (Number.isNaN(timeMs)) context.addIssue({ code: 'custom', message: typed });
  return timeMs;
});
const entryLine = z.object({
  id: z.string(),
  title: z.string().default(''),
  text: z.string().default(''),
  tags: z.array(z.string()).default([]),
  date: moment.optional(),
});
/** What is known of the right answers is for whoever scores, and is not looked at. */
const questionLine = z.object({ id: z.string(), text: z.string(), before: moment.optional() });

type Options = { readonly corpus: string; readonly questions: string; readonly top: string };

async function solutions(options: Options, context: Context): Promise<void> {
  const own = texts[context.language].solutions;
  const top = Number(options.top);
  if (!(Number.isInteger(top) && top > 0 && top <= mostTop)) throw new UsageFault(own.badTop(options.top, mostTop));
  const index = new SolutionIndex();
  for (const { id, title, text, tags, date } of await readLines(options.corpus, entryLine, context)) {
    index.put({ id, title, text, tags, ...(date === undefined ? {} : { timeMs: date }) });
  }
  for (const { id, text, before } of await readLines(options.questions, questionLine, context)) {
    const found = index.find({ text, ...(before === undefined ? {} : { timeMs: before, beforeMs: before }) }, top);
    context.terminal.write(found.map((each) => `${id}\t${each.id}\t${each.score.toFixed(6)}\n`).join(''));
  }
}

/** The lines of a file of JSON objects, compressed or not. */
async function readLines<T>(file: string, line: z.ZodType<T>, context: Context): Promise<T[]> {
  const own = texts[context.language];
  const bytes = await readWholeFile(file, context, own.tooLarge);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  let text: string;
  try {
    text = (isPacked ? gunzipSync(bytes, { maxOutputLength: mostUnpacked }) : bytes).toString('utf8');
  } catch {
    throw new UsageFault(own.solutions.unreadable(file));
  }
  return text.split('\n').flatMap((written, at) => {
    if (written.trim() === '') return [];
    const read = line.safeParse(parsed(written));
    if (!read.success) throw new UsageFault(own.solutions.badLine(file, at + 1));
    return [read.data];
  });
}

function parsed(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

export function addSolutionsVerb(group: Command, context: Context): void {
  const own = texts[context.language].solutions;
  group
    .command('solutions')
    .description(own.about)
    .requiredOption('--corpus <file>', own.corpus)
    .requiredOption('--questions <file>', own.questions)
    .option('--top <number>', own.top, '10')
    .action(async (options: Options) => solutions(options, context));
}
