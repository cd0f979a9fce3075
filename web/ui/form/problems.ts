import { leavesOf, linesOf, numberOf, pairsOf, type Field, type FieldValue, type FormValues } from './fields.ts';
import type { JsonSchema } from './json-schema.ts';
import { shownFields } from './shown-fields.ts';
import type { UiWords } from '../words.ts';

/** What is wrong with one field. The screen turns it into a sentence; the server remains the judge. */
export type Problem =
  | { code: 'required' | 'notNumber' | 'notInteger' | 'notChoice' | 'notUri' | 'notEmail' | 'notPattern' | 'notJson' }
  | { code: 'duplicate' }
  | { code: 'tooShort' | 'tooLong' | 'tooSmall' | 'tooBig' | 'tooFew' | 'tooMany' | 'notPair'; limit: number };

function numberProblem(schema: JsonSchema, text: string, whole: boolean): Problem | undefined {
  const value = numberOf(text);
  if (!Number.isFinite(value)) return { code: 'notNumber' };
  if (whole && !Number.isInteger(value)) return { code: 'notInteger' };
  if (schema.minimum !== undefined && value < schema.minimum) return { code: 'tooSmall', limit: schema.minimum };
  if (schema.maximum !== undefined && value > schema.maximum) return { code: 'tooBig', limit: schema.maximum };
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) {
    return { code: 'tooSmall', limit: whole ? schema.exclusiveMinimum + 1 : schema.exclusiveMinimum };
  }
  if (schema.exclusiveMaximum !== undefined && value >= schema.exclusiveMaximum) {
    return { code: 'tooBig', limit: whole ? schema.exclusiveMaximum - 1 : schema.exclusiveMaximum };
  }
  return undefined;
}

/** A pattern the browser cannot read is left to the server. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}

function textProblem(schema: JsonSchema, text: string): Problem | undefined {
  if (schema.minLength !== undefined && text.length < schema.minLength) {
    return { code: 'tooShort', limit: schema.minLength };
  }
  if (schema.maxLength !== undefined && text.length > schema.maxLength) {
    return { code: 'tooLong', limit: schema.maxLength };
  }
  if (schema.format === 'uri' && !URL.canParse(text)) return { code: 'notUri' };
  if (schema.format === 'email' && !/^[^@\s]+@[^@\s]+$/.test(text)) return { code: 'notEmail' };
  if (schema.pattern !== undefined && schema.format === undefined && !matches(schema.pattern, text)) {
    return { code: 'notPattern' };
  }
  return undefined;
}

function listProblem(schema: JsonSchema, text: string): Problem | undefined {
  const lines = linesOf(text);
  if (schema.minItems !== undefined && lines.length < schema.minItems)
    return { code: 'tooFew', limit: schema.minItems };
  if (schema.maxItems !== undefined && lines.length > schema.maxItems) {
    return { code: 'tooMany', limit: schema.maxItems };
  }
  if (schema.uniqueItems === true && new Set(lines).size < lines.length) return { code: 'duplicate' };
  const { items } = schema;
  if (typeof items !== 'object') return undefined;
  for (const line of lines) {
    const problem =
      items.type === 'string' ? textProblem(items, line) : numberProblem(items, line, items.type === 'integer');
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function jsonProblem(text: string): Problem | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return { code: 'notJson' };
  }
}

/** The first thing wrong with a field, or undefined. */
export function problemOf(field: Field, value: FieldValue | undefined): Problem | undefined {
  if (value === null || typeof value === 'boolean') return undefined;
  const text = (value ?? '').trim();
  if (text === '') return field.required ? { code: 'required' } : undefined;
  switch (field.kind) {
    case 'number':
    case 'integer':
      return numberProblem(field.schema, text, field.kind === 'integer');
    case 'list':
      return listProblem(field.schema, text);
    case 'pairs': {
      const read = pairsOf(text);
      return 'badLine' in read ? { code: 'notPair', limit: read.badLine } : undefined;
    }
    case 'json':
      return jsonProblem(text);
    case 'choice':
      return field.choices.includes(text) ? undefined : { code: 'notChoice' };
    default:
      return textProblem(field.schema, text);
  }
}

/** All problems of a form by path; what is not shown has none. A group left wholly empty is absent, so its required fields are not missing. */
export function problemsOf(fields: readonly Field[], values: FormValues): Map<string, Problem> {
  const found = new Map<string, Problem>();
  for (const field of shownFields(fields, values)) {
    if (field.kind === 'group') {
      const leaves = leavesOf([field]);
      const touched = leaves.some((leaf) => !['', false, undefined].includes(values[leaf.path] ?? undefined));
      if (field.required || touched) for (const [path, each] of problemsOf(field.fields, values)) found.set(path, each);
      continue;
    }
    const problem = problemOf(field, values[field.path]);
    if (problem !== undefined) found.set(field.path, problem);
  }
  return found;
}

/**
 * What to send: a field that is not shown keeps what was typed in it, unless it could not be read; then it is as it was,
 * because nobody would see what to mend.
 */
export function sendable(fields: readonly Field[], values: FormValues, clean: FormValues): FormValues {
  const unreadable = leavesOf(fields).filter((field) => problemOf(field, values[field.path]) !== undefined);
  return { ...values, ...Object.fromEntries(unreadable.map(({ path }) => [path, clean[path] ?? ''])) };
}

/** The sentence for a problem. */
export function problemText(problem: Problem, words: UiWords['form']): string {
  switch (problem.code) {
    case 'tooShort':
    case 'tooLong':
    case 'tooSmall':
    case 'tooBig':
    case 'tooFew':
    case 'tooMany':
    case 'notPair':
      return words[problem.code](problem.limit);
    default:
      return words[problem.code];
  }
}
