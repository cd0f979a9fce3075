import { writeFile } from 'node:fs/promises';
import type { RequestEntry } from '#contract/request-list.ts';
import * as en from '#texts/en/requests.ts';
import * as fr from '#texts/fr/requests.ts';
import { Argument, Option, type Command } from 'commander';
import { callRequest } from './call-request.ts';
import type { Context } from './context.ts';
import { readInput } from './read-input.ts';
import { fieldsOf, kebab, type Field } from './request-fields.ts';
import { isNode } from './schema-node.ts';
import { showAnswer } from './show-answer.ts';
import { oneLine } from './table.ts';
import { UsageFault } from './usage-fault.ts';

const summaries: Readonly<Record<'en' | 'fr', Readonly<Record<string, string>>>> = {
  en: en.requests,
  fr: fr.requests,
};

/** What one line of help says about a field. */
function fieldHelp(field: Field, { texts: { options } }: Context): string {
  const says: (string | false)[] = [
    field.required && !field.isArgument && options.required,
    field.kind === 'choice' && options.choice(field.choices.join(', ')),
    field.kind === 'list' && options.list,
    field.kind === 'pairs' && options.pairs,
    field.kind === 'thing' && options.thing,
    field.kind === 'json' && options.json_value,
    field.refersTo !== undefined && options.name,
    field.nullable && options.none,
  ];
  return says.filter((one) => one !== false).join(' · ');
}

function addField(command: Command, field: Field, context: Context): void {
  const help = fieldHelp(field, context);
  if (field.isArgument) {
    command.addArgument(new Argument(`<${kebab(field.name)}>`, help));
    return;
  }
  if (field.kind === 'boolean') {
    command.addOption(new Option(`--${field.flag}`, help));
    command.addOption(new Option(`--no-${field.flag}`).hideHelp());
    return;
  }
  const isMany = field.kind === 'list' || field.kind === 'pairs';
  const option = new Option(`--${field.flag} <${context.texts.options.kinds[field.kind]}>`, help);
  if (isMany) option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  command.addOption(option);
}

/** What was typed, by the contract's names: commander turns `--no-x` into false and flags into camel case. */
function typedFields(
  fields: readonly Field[],
  words: readonly string[],
  options: Readonly<Record<string, unknown>>,
): Map<string, unknown> {
  const typed = new Map<string, unknown>();
  const places = fields.filter(({ isArgument }) => isArgument);
  for (const [index, { name }] of places.entries()) typed.set(name, words[index]);
  for (const { name, flag, isArgument } of fields) {
    const value = options[flag.replaceAll(/-([a-z])/gu, (_all, letter: string) => letter.toUpperCase())];
    if (!isArgument && value !== undefined) typed.set(name, value);
  }
  return typed;
}

/** Every page of a list, joined; the contract bounds a page, not a list. */
async function allPages(
  entry: RequestEntry,
  input: Readonly<Record<string, unknown>>,
  context: Context,
): Promise<unknown> {
  const items: unknown[] = [];
  let after: unknown = input['after'];
  let answer: unknown;
  do {
    const asked = { ...input, limit: 500, ...(typeof after === 'string' && { after }) };
    answer = await callRequest(context.client, entry.name, asked, context.signal);
    if (!isNode(answer) || !Array.isArray(answer['items'])) return answer;
    const page: readonly unknown[] = answer['items'];
    items.push(...page);
    after = answer['next'];
  } while (typeof after === 'string');
  return { ...answer, items, next: null };
}

function isStream(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}

/** One event a line, JSON in any case when a program reads. */
async function showStream(stream: AsyncIterable<unknown>, { terminal, asJson }: Context): Promise<void> {
  for await (const event of stream) {
    const written = JSON.stringify(event);
    terminal.write(`${asJson || !terminal.isTerminal ? written : oneLine(written)}\n`);
  }
}

async function saveFile(file: File, name: unknown, { terminal, texts }: Context): Promise<void> {
  const bytes = Buffer.from(await file.arrayBuffer());
  if (name === '-') {
    process.stdout.write(bytes);
    return;
  }
  // The server's name is only a proposal: never a path of its choosing.
  const proposed = file.name.replaceAll(/[^\p{L}\p{N}._-]/gu, '_').replace(/^\.+/u, '');
  const target = typeof name === 'string' ? name : proposed || 'vigie.bin';
  await writeFile(target, bytes);
  terminal.tell(`${texts.written(target)}\n`);
}

async function send(entry: RequestEntry, fields: readonly Field[], command: Command, context: Context): Promise<void> {
  const options: Readonly<Record<string, unknown>> = command.opts();
  const whole = typeof options['input'] === 'string' ? options['input'] : undefined;
  const input = await readInput(context, fields, typedFields(fields, command.args, options), whole);
  const missing = fields.filter(({ name, required }) => required && !(name in input));
  if (missing.length > 0)
    throw new UsageFault(context.texts.missing(missing.map(({ flag }) => `--${flag}`).join(', ')));
  const answer =
    options['all'] === true
      ? await allPages(entry, input, context)
      : await callRequest(context.client, entry.name, input, context.signal);
  if (answer instanceof File) await saveFile(answer, options['output'], context);
  else if (answer instanceof Blob) await saveFile(new File([answer], 'vigie.bin'), options['output'], context);
  else if (isStream(answer)) await showStream(answer, context);
  else showAnswer(entry, answer, context);
}

/** Makes the command of one request: its arguments and options are the fields of the contract. */
export function addRequestCommand(parent: Command, entry: RequestEntry, context: Context): void {
  const verb = kebab(entry.name.split('.').at(-1) ?? '');
  const command = parent.command(verb, { isDefault: verb === 'list' });
  command.description(summaries[context.language][entry.name] ?? entry.summary);
  const fields = fieldsOf(entry);
  for (const field of fields) addField(command, field, context);
  const { options } = context.texts;
  command.option('--input <json>', options.input);
  if (fields.some(({ name }) => name === 'after')) command.option('--all', options.all);
  if (entry.path.endsWith('/pdf')) command.option('--output <file>', options.output);
  command.action(async () => send(entry, fields, command, context));
}
