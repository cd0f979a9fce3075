import { reduceLabels, signature, type Element } from './vector.ts';

const aggregations = ['sum', 'min', 'max', 'avg', 'count'] as const;
export type Aggregation = (typeof aggregations)[number];

export function isAggregation(word: string): word is Aggregation {
  return aggregations.some((each) => each === word);
}

/** Brings the elements that agree in some labels (`by`), or in all but some (`by` undefined), to one each. */
export function aggregate(
  operation: Aggregation,
  elements: readonly Element[],
  by: readonly string[] | undefined,
  without: readonly string[],
): Element[] {
  const groups = new Map<string, { first: Element; values: number[] }>();
  for (const element of elements) {
    const key = signature(element.labels, { on: by, ignoring: without });
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: element, values: [element.value] });
    else group.values.push(element.value);
  }
  return [...groups.values()].map(({ first, values }) => ({
    name: '',
    labels: reduceLabels(first.labels, by, without),
    value: reduce(operation, values),
  }));
}

function reduce(operation: Aggregation, values: readonly number[]): number {
  switch (operation) {
    case 'sum':
      return values.reduce((sum, value) => sum + value, 0);
    case 'avg':
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    case 'min':
      return values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least));
    case 'max':
      return values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most));
    default:
      return values.length;
  }
}
