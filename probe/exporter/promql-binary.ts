import { reduceLabels, signature, type Element, type Matching, type Value } from './vector.ts';

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
};
const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
const sets = new Set(['and', 'or', 'unless']);

export function isOperation(word: string): boolean {
  return Object.hasOwn(arithmetic, word) || Object.hasOwn(comparisons, word) || sets.has(word);
}

const byAll: Matching = { on: undefined, ignoring: [], group: 'none', taken: [] };

/** Two values by an operation, as PromQL has it: a comparison keeps what stands it, unless `bool` asks for 0 and 1. */
export function combine(
  operation: string,
  left: Value,
  right: Value,
  matching: Matching = byAll,
  asBool: boolean,
): Value {
  if (sets.has(operation)) return combineSets(operation, asVector(left), asVector(right), matching);
  if (typeof left === 'number' && typeof right === 'number') return compute(operation, left, right) ?? 0;
  if (typeof left === 'number') return withNumber(operation, asVector(right), left, 'left', asBool);
  if (typeof right === 'number') return withNumber(operation, left, right, 'right', asBool);
  return combineVectors(operation, left, right, matching, asBool);
}

/** The number, or 0 and 1 for a comparison. */
function compute(operation: string, a: number, b: number): number | undefined {
  const comparison = comparisons[operation];
  if (comparison !== undefined) return comparison(a, b) ? 1 : 0;
  return arithmetic[operation]?.(a, b);
}

function asVector(value: Value): readonly Element[] {
  return typeof value === 'number' ? [{ name: '', labels: new Map(), value }] : value;
}

function withNumber(
  operation: string,
  elements: readonly Element[],
  number: number,
  side: 'left' | 'right',
  asBool: boolean,
): Element[] {
  const compares = Object.hasOwn(comparisons, operation);
  return elements.flatMap((element) => {
    const value =
      side === 'left' ? compute(operation, number, element.value) : compute(operation, element.value, number);
    if (value === undefined) return [];
    if (compares && !asBool) return value === 1 ? [element] : [];
    return [{ name: '', labels: element.labels, value }];
  });
}

function combineVectors(
  operation: string,
  left: readonly Element[],
  right: readonly Element[],
  matching: Matching,
  asBool: boolean,
): Element[] {
  const turned = matching.group === 'right';
  const [many, single] = turned ? [right, left] : [left, right];
  const partners = new Map(single.map((element) => [signature(element.labels, matching), element]));
  const compares = Object.hasOwn(comparisons, operation);
  return many.flatMap((element) => {
    const partner = partners.get(signature(element.labels, matching));
    if (partner === undefined) return [];
    const [a, b] = turned ? [partner.value, element.value] : [element.value, partner.value];
    const value = compute(operation, a, b);
    if (value === undefined) return [];
    if (compares && !asBool) return value === 1 ? [element] : [];
    return [{ name: '', labels: joinedLabels(element, partner, matching), value }];
  });
}

function joinedLabels(element: Element, partner: Element, { on, ignoring, group, taken }: Matching): Element['labels'] {
  if (group === 'none')
    return on === undefined && ignoring.length === 0 ? element.labels : reduceLabels(element.labels, on, ignoring);
  const labels = new Map(element.labels);
  for (const name of taken) labels.set(name, partner.labels.get(name) ?? '');
  return labels;
}

function combineSets(
  operation: string,
  left: readonly Element[],
  right: readonly Element[],
  matching: Matching,
): readonly Element[] {
  const signed = (elements: readonly Element[]): Set<string> =>
    new Set(elements.map((element) => signature(element.labels, matching)));
  if (operation === 'or') {
    const known = signed(left);
    return [...left, ...right.filter((element) => !known.has(signature(element.labels, matching)))];
  }
  const others = signed(right);
  return left.filter((element) => others.has(signature(element.labels, matching)) === (operation === 'and'));
}
