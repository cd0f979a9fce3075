import type { JsonSchema } from './json-schema.ts';

/** How a property is asked for. `json` is the last resort, so that no setting is ever out of reach. */
export type FieldKind =
  | 'text'
  | 'longText'
  | 'secret'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'choice'
  | 'list'
  | 'pairs'
  | 'json'
  | 'group';

export interface Field {
  /** Dotted path, such as `tls.warnDays`. */
  path: string;
  name: string;
  kind: FieldKind;
  schema: JsonSchema;
  required: boolean;
  /** May be null: an emptied field then says "none" rather than "the default". */
  nullable: boolean;
  choices: readonly string[];
  /** Of a group. */
  fields: readonly Field[];
}

/** What stands in one field: text as typed, a tick, or null for a secret that stays as it is. */
export type FieldValue = string | boolean | null;

/** The whole form, by path. It mirrors the form; `formToValue` makes the request of it. */
export type FormValues = Readonly<Record<string, FieldValue>>;

/** Groups within groups deeper than this are edited as JSON. */
const maxDepth = 3;

const isNull = (schema: JsonSchema): boolean => schema.type === 'null' || schema.const === null;

/** `anyOf [X, null]` and `type: [X, "null"]` are X, optional. */
function withoutNull(schema: JsonSchema): { schema: JsonSchema; nullable: boolean } {
  if (typeof schema.type === 'object' && schema.type.length === 2 && schema.type.includes('null')) {
    const type = schema.type.find((each) => each !== 'null') ?? 'null';
    return { schema: { ...schema, type }, nullable: true };
  }
  const arms = schema.anyOf ?? schema.oneOf;
  const rest = arms?.filter((arm) => !isNull(arm));
  const only = rest?.[0];
  if (arms === undefined || rest === undefined || rest.length === arms.length) return { schema, nullable: false };
  const { anyOf: _any, oneOf: _one, ...outside } = schema;
  if (rest.length === 1 && only !== undefined) return { schema: { ...outside, ...only }, nullable: true };
  return { schema: { ...outside, anyOf: rest }, nullable: true };
}

function choicesOf(schema: JsonSchema): string[] {
  if (schema.enum?.every((value) => typeof value === 'string') === true) return schema.enum.map(String);
  if (typeof schema.const === 'string') return [schema.const];
  const arms = schema.anyOf ?? schema.oneOf ?? [];
  return arms.every((arm) => typeof arm.const === 'string') ? arms.map((arm) => String(arm.const)) : [];
}

const isPlain = (schema: JsonSchema | boolean | undefined): boolean =>
  typeof schema === 'object' && ['string', 'number', 'integer'].includes(String(schema.type));

function kindOf(schema: JsonSchema, depth: number): FieldKind {
  if (choicesOf(schema).length > 0) return 'choice';
  switch (schema.type) {
    case 'string':
      if (schema.secret === true || schema.format === 'password') return 'secret';
      return schema.multiline === true ? 'longText' : 'text';
    case 'number':
    case 'integer':
    case 'boolean':
      return schema.type;
    case 'array':
      return isPlain(schema.items) ? 'list' : 'json';
    case 'object':
      if (schema.properties !== undefined) return depth < maxDepth ? 'group' : 'json';
      return isPlain(schema.additionalProperties) ? 'pairs' : 'json';
    default:
      return 'json';
  }
}

/** The fields of an object schema, in the order in which the schema names them. */
export function fieldsOf(schema: JsonSchema, prefix = '', depth = 0): Field[] {
  return Object.entries(schema.properties ?? {}).map(([name, raw]) => {
    const { schema: own, nullable } = withoutNull(raw);
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const kind = kindOf(own, depth);
    return {
      path,
      name,
      kind,
      schema: own,
      nullable,
      required: !nullable && own.default === undefined && (schema.required?.includes(name) ?? false),
      choices: choicesOf(own),
      fields: kind === 'group' ? fieldsOf(own, path, depth + 1) : [],
    };
  });
}

/** All fields that hold a value, groups opened. */
export function leavesOf(fields: readonly Field[]): Field[] {
  return fields.flatMap((field) => (field.kind === 'group' ? leavesOf(field.fields) : [field]));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function written(field: Field, value: unknown, secretIsSet: boolean): FieldValue {
  if (field.kind === 'secret') return secretIsSet ? null : '';
  if (field.kind === 'boolean') return value === true;
  if (value === undefined || value === null) return '';
  if (field.kind === 'list') return Array.isArray(value) ? value.map(String).join('\n') : '';
  if (field.kind === 'pairs') {
    return Object.entries(record(value))
      .map(([name, each]) => `${name}: ${String(each)}`)
      .join('\n');
  }
  const isPlainValue = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return field.kind !== 'json' && isPlainValue ? String(value) : JSON.stringify(value, null, 2);
}

/**
 * The form for a value; what the value lacks takes the schema's default.
 * @param secretsSet paths of secrets the server holds: they stay unless replaced
 */
export function valueToForm(fields: readonly Field[], value: unknown, secretsSet: readonly string[] = []): FormValues {
  const from = record(value);
  const entries = fields.flatMap((field): [string, FieldValue][] => {
    const given = from[field.name] ?? field.schema.default;
    if (field.kind === 'group') return Object.entries(valueToForm(field.fields, given, secretsSet));
    return [[field.path, written(field, given, secretsSet.includes(field.path))]];
  });
  return Object.fromEntries(entries);
}

const pairPattern = /^(?<name>[^:]+):(?<value>.*)$/;

/** Lines of a list field, without the empty ones. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The pairs of a `name: value` field; undefined with the number of the first line that is none. */
export function pairsOf(text: string): { pairs: Record<string, string> } | { badLine: number } {
  const pairs: Record<string, string> = {};
  for (const [index, line] of linesOf(text).entries()) {
    const groups = pairPattern.exec(line)?.groups;
    if (groups === undefined) return { badLine: index + 1 };
    pairs[(groups['name'] ?? '').trim()] = (groups['value'] ?? '').trim();
  }
  return { pairs };
}

/** A number as typed, with a comma or a point, spaces allowed. */
export function numberOf(text: string): number {
  const plain = text.replaceAll(/[\s\u00A0\u202F]/g, '').replace(',', '.');
  return plain === '' ? Number.NaN : Number(plain);
}

function itemOf(schema: JsonSchema, line: string): string | number {
  const isText = typeof schema.items === 'object' && schema.items.type === 'string';
  return isText ? line : numberOf(line);
}

/** What an emptied field sends: nothing, unless the default would come back against the person's wish. */
function emptied(field: Field): null | '' | undefined {
  const { default: usual } = field.schema;
  // A secret that was to be replaced and is left empty is to be gone; left out, the old one would stay.
  if (field.kind === 'secret' && usual === '') return '';
  if (usual === undefined || usual === null || usual === '') return undefined;
  if (field.nullable) return null;
  return typeof usual === 'string' && field.choices.length === 0 ? '' : undefined;
}

function sent(field: Field, value: FieldValue | undefined): unknown {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean')
    return value || field.required || field.schema.default !== undefined ? value : undefined;
  const text = field.kind === 'secret' || field.kind === 'longText' ? value : value.trim();
  if (text === '') return emptied(field);
  switch (field.kind) {
    case 'number':
    case 'integer':
      return numberOf(text);
    case 'list':
      return linesOf(text).map((line) => itemOf(field.schema, line));
    case 'pairs': {
      const read = pairsOf(text);
      return 'pairs' in read ? read.pairs : undefined;
    }
    case 'json':
      return JSON.parse(text) as unknown;
    default:
      return text;
  }
}

/** What the form says, as the request wants it. Call it only when `problemsOf` found nothing. */
export function formToValue(fields: readonly Field[], values: FormValues): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.kind === 'group') {
      const inner = formToValue(field.fields, values);
      if (Object.keys(inner).length > 0 || field.required) result[field.name] = inner;
      continue;
    }
    const value = sent(field, values[field.path]);
    if (value !== undefined) result[field.name] = value;
    else if (field.kind === 'list' && (field.required || field.schema.default !== undefined)) result[field.name] = [];
  }
  return result;
}
