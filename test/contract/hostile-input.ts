import fc from 'fast-check';
import type { JsonSchema } from './procedures.ts';

const deep = (levels: number): unknown => {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? { a: value } : [value];
  return value;
};

/**
 * Values that no field expects, or that hurt what is careless. No text among them could be the name of a host, so that
 * nothing is looked up in the world.
 */
const hostileValues: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uD800',
  'x\uDFFFy',
  "'; drop table people.person; --",
  '" or ""="',
  '<img src=x onerror=alert(1)>',
  '../../../etc/passwd\u0000',
  '{{constructor.constructor("x")()}}',
  '%s%n%x $(id) `id` ${7*7}',
  '\u202Etxt.exe \u200B',
  '2026-13-45T99:99:99Z',
  'not an id',
  '00000000-0000-0000-0000-000000000000',
  '١٢٣',
  'é'.repeat(5_000),
  'x y '.repeat(20_000),
  [],
  {},
  [[[]]],
  { id: { id: {} } },
  { $gt: '' },
  Array.from({ length: 3_000 }, () => 'x y'),
  Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`key ${at}`, at])),
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
  deep(30),
  deep(300),
];
const hostile = fc.constantFrom(...hostileValues);

function words(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.format === 'uuid') return fc.constantFrom(...ids);
  if (schema.format === 'date-time') return fc.constantFrom('2026-03-29T02:30:00+01:00', '1970-01-01T00:00:00Z');
  if (schema.format === 'email') return fc.constantFrom('ghost@vigie.test', 'alice@vigie.test');
  const least = schema.minLength ?? 0;
  const most = schema.maxLength ?? 1_000;
  return fc.constantFrom('127.0.0.1', 'été à “Lyon”', 'z'.repeat(Math.min(most, 5_000))).map((word) => {
    const long = word.padEnd(least, 'w');
    return long.slice(0, Math.max(most, 1));
  });
}

function list(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.prefixItems !== undefined) return fc.tuple(...schema.prefixItems.map((one) => validInput(one, ids)));
  const minLength = schema.minItems ?? 0;
  return fc.array(validInput(schema.items === false ? {} : (schema.items ?? {}), ids), {
    minLength,
    maxLength: Math.max(minLength, 2),
  });
}

function fields(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const each = Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, validInput(inner, ids)] as const);
  return fc.record(Object.fromEntries(each), { requiredKeys: [...(schema.required ?? [])] });
}

/** What a request takes, as its schema says: mostly valid, never looked up. */
export function validInput(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const branches = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (branches !== undefined && branches.length > 0)
    return fc.oneof(...branches.map((branch) => validInput(branch, ids)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return words(schema, ids);
    case 'number':
    case 'integer': {
      const least = Math.max(schema.minimum ?? 0, -1e6);
      return fc.constantFrom(least, Math.min(schema.maximum ?? 10, least + 5));
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return list(schema, ids);
    case 'object':
      return fields(schema, ids);
    default:
      return fc.constantFrom(null, 7, 'x y', {});
  }
}

type Place = readonly (string | number)[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (value === null || typeof value !== 'object' || at.length > 5) return [at];
  const inner: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [at, ...inner.flatMap(([name, part]) => placesIn(part, [...at, name]))];
}

function replaced(value: unknown, [name, ...rest]: Place, by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(value)) return value.map((part: unknown, at) => (at === name ? replaced(part, rest, by) : part));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [
      key,
      key === name ? replaced(part, rest, by) : part,
    ]),
  );
}

/** An input in which up to three places hold something hostile; sometimes none, so that requests get far. */
export function hostileInput(schema: JsonSchema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const changes = fc.array(fc.tuple(fc.nat(), hostile), { maxLength: 3 });
  return fc.tuple(validInput(schema, ids), changes).map(([valid, all]) => {
    let value = valid;
    for (const [where, by] of all) {
      const places = placesIn(value);
      // The whole input is seldom the interesting place.
      const place = places[1 + (where % Math.max(places.length - 1, 1))] ?? places[0] ?? [];
      value = replaced(value, place, by);
    }
    return value;
  });
}
