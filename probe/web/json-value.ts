import { createRequire } from 'node:module';
import { readPointer } from './json-pointer.ts';

/** Read with the first path: it takes time and memory. */
const read: (name: 'json-p3') => typeof import('json-p3') = createRequire(import.meta.url);

type Path = ReturnType<(typeof import('json-p3'))['compile']>;

const descentsLimit = 2;

/**
 * Whether a text is a JSON pointer (RFC 6901) or a JSONPath (RFC 9535) that can be asked without danger: paths with many
 * descents grow with a power of the document's size, and the path functions `match` and `search` run regular expressions
 * that can be made to take for ever.
 */
export function isJsonPlace(place: string): boolean {
  if (place === '' || place.startsWith('/')) return true;
  if (!place.startsWith('$') || /\b(?:match|search)\s*\(/u.test(place)) return false;
  if (place.split('..').length - 1 > descentsLimit) return false;
  try {
    read('json-p3').compile(place);
    return true;
  } catch {
    return false;
  }
}

const valuesLimit = 1_000;

/** The values a pointer or path leads to; none when there is no such place. */
export function readJsonPlace(document: unknown, place: string): readonly unknown[] {
  if (place.startsWith('$')) return jsonOnly(read('json-p3').compile(place), document);
  const value = readPointer(document, place);
  return value === undefined ? [] : [value];
}

function jsonOnly(path: Path, document: unknown): unknown[] {
  const found: unknown[] = [];
  if (!isJson(document)) return found;
  for (const node of path.lazyQuery(document)) {
    found.push(node.value);
    if (found.length >= valuesLimit) break;
  }
  return found;
}

type Json = Parameters<Path['query']>[0];

// Whatever JSON.parse gave is one; `undefined` and functions it never gives.
function isJson(value: unknown): value is Json {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol' && typeof value !== 'bigint';
}

/** A value as text, to be compared and shown. */
export function jsonText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
}

/** How a value is compared with what is expected. */
export const jsonComparisons = ['equals', 'differs', 'contains', 'above', 'below'] as const;
export type JsonComparison = (typeof jsonComparisons)[number];

/** Whether one value stands the comparison; `above` and `below` hold for numbers only. */
export function standsComparison(value: unknown, comparison: JsonComparison, expected: string): boolean {
  const text = jsonText(value);
  switch (comparison) {
    case 'equals':
      return text === expected;
    case 'differs':
      return text !== expected;
    case 'contains':
      return text.includes(expected);
    case 'above':
      return text.trim() !== '' && Number(text) > Number(expected);
    default:
      return text.trim() !== '' && Number(text) < Number(expected);
  }
}
