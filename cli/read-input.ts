import { readFile } from 'node:fs/promises';
import type { Context } from './context.ts';
import { nameToId, thingToRef } from './name-to-id.ts';
import type { Field } from './request-fields.ts';
import { isNode } from './schema-node.ts';
import { UsageFault } from './usage-fault.ts';

/** `@file` stands for a file's content, `@-` for standard input, `@@` for an @. */
async function wholeText(context: Context, typed: string): Promise<string> {
  if (typed.startsWith('@@')) return typed.slice(1);
  if (typed === '@-') return context.terminal.readInput();
  if (!typed.startsWith('@')) return typed;
  return readFile(typed.slice(1), 'utf8').catch(() => {
    throw new UsageFault(context.texts.noFile(typed.slice(1)));
  });
}

function parseJson(context: Context, field: string, written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    throw new UsageFault(context.texts.notJson(field));
  }
}

/** `port=80` as a pair; a value that reads as a number, true or false is one. */
function pair(context: Context, field: Field, typed: string): [string, unknown] {
  const at = typed.indexOf('=');
  if (at < 1) throw new UsageFault(context.texts.notAPair(field.flag, typed));
  const value = typed.slice(at + 1);
  const isPlain = /^(-?\d+(\.\d+)?|true|false|null|[[{].*)$/su.test(value);
  return [typed.slice(0, at), isPlain ? parseJson(context, field.flag, value) : value];
}

async function readPairs(context: Context, field: Field, typed: readonly string[]): Promise<unknown> {
  const [only] = typed;
  if (typed.length === 1 && only !== undefined && /^[@{]/u.test(only)) {
    return parseJson(context, field.flag, await wholeText(context, only));
  }
  return Object.fromEntries(typed.map((one) => pair(context, field, one)));
}

async function readOne(context: Context, field: Field, typed: string): Promise<unknown> {
  if (field.nullable && typed === 'none') return null;
  switch (field.kind) {
    case 'number': {
      const number = Number(typed);
      if (!Number.isFinite(number)) throw new UsageFault(context.texts.notANumber(field.flag, typed));
      return number;
    }
    case 'choice':
      if (!field.choices.includes(typed)) throw new UsageFault(context.texts.wrongChoice(typed));
      return typed;
    case 'thing':
      return thingToRef(context, typed);
    case 'json':
      return parseJson(context, field.flag, await wholeText(context, typed));
    default: {
      const text = await wholeText(context, typed);
      return field.refersTo === undefined ? text : nameToId(context, field.refersTo, text);
    }
  }
}

async function readField(context: Context, field: Field, typed: unknown): Promise<unknown> {
  const words = (Array.isArray(typed) ? typed : [typed]).map(String);
  if (field.kind === 'boolean') return typed;
  if (field.kind === 'pairs') return readPairs(context, field, words);
  if (field.kind === 'list') return Promise.all(words.map((word) => readOne(context, field, word)));
  return readOne(context, field, words.at(-1) ?? '');
}

/**
 * Makes a request's input of what was typed; `--input` gives a whole one as JSON, which single options then overwrite.
 * A boolean that the contract carries as text (in an address) is written as text.
 */
export async function readInput(
  context: Context,
  fields: readonly Field[],
  typed: ReadonlyMap<string, unknown>,
  whole: string | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  const given = whole === undefined ? {} : parseJson(context, 'input', await wholeText(context, whole));
  const input: Record<string, unknown> = isNode(given) ? { ...given } : {};
  // The kind of a thing in the path says in which list its name stands.
  for (const field of fields) {
    if (!typed.has(field.name)) continue;
    const kind = typed.get('kind');
    const isThing = field.name === 'id' && field.isArgument && typeof kind === 'string';
    if (isThing) input['id'] = (await thingToRef(context, `${kind}:${String(typed.get('id'))}`)).id;
    else input[field.name] = await readField(context, field, typed.get(field.name));
  }
  return input;
}
