import { reduceLabels, signature, type Element } from './vector.ts';

const aggregations = ['sum', 'min', 'max', 'avg', 'count', 'group', 'stddev', 'stdvar'] as const;
export type Aggregation = (typeof aggregations)[number];

export function isAggregation(word: string): word is Aggregation {
  return aggregations.some((each) => each === word);
}

const ranked = ['topk', 'bottomk', 'quantile', 'count_values'] as const;
/** An aggregation that takes something beside the vector: how many, which quantile, or the name of a label. */
export type Ranked = (typeof ranked)[number];

export function isRanked(word: string): word is Ranked {
  return ranked.some((each) => each === word);
}

/** How elements are brought together: by some labels, or (`by` undefined) by all but some. */
interface Grouping {
  readonly by: readonly string[] | undefined;
  readonly without: readonly string[];
}

function grouped(elements: readonly Element[], { by, without }: Grouping): Element[][] {
  const key = ({ labels }: Element): string => signature(labels, { on: by, ignoring: without });
  return [...Map.groupBy(elements, key).values()];
}

/** The `most` greatest (or least) of each group, as they are, with their own labels. What is not a number comes last. */
export function topOf(
  operation: 'topk' | 'bottomk',
  most: number,
  elements: readonly Element[],
  grouping: Grouping,
): Element[] {
  if (!(most >= 1)) return [];
  const sign = operation === 'topk' ? -1 : 1;
  const order = (one: Element, other: Element): number => {
    if (Number.isNaN(one.value)) return Number.isNaN(other.value) ? 0 : 1;
    if (Number.isNaN(other.value)) return -1;
    return one.value === other.value ? 0 : one.value < other.value ? -sign : sign;
  };
  return grouped(elements, grouping).flatMap((group) => group.toSorted(order).slice(0, Math.trunc(most)));
}

/** The φ-quantile of each group, between neighbours in proportion, as Prometheus computes it: below 0 and above 1 infinite. */
export function quantileOf(phi: number, elements: readonly Element[], grouping: Grouping): Element[] {
  return grouped(elements, grouping).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const labels = reduceLabels(first.labels, grouping.by, grouping.without);
    return [
      {
        name: '',
        labels,
        value: quantile(
          phi,
          group.map(({ value }) => value),
        ),
      },
    ];
  });
}

function quantile(phi: number, values: readonly number[]): number {
  if (Number.isNaN(phi)) return Number.NaN;
  if (phi < 0) return Number.NEGATIVE_INFINITY;
  if (phi > 1) return Number.POSITIVE_INFINITY;
  const sorted = values.toSorted((one, other) => (Number.isNaN(one) ? -1 : Number.isNaN(other) ? 1 : one - other));
  const rank = phi * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(rank)] ?? Number.NaN, sorted[Math.ceil(rank)] ?? Number.NaN];
  const weight = rank - Math.floor(rank);
  return low === high ? low : low * (1 - weight) + high * weight;
}

/** How often each value comes in each group; the value becomes a label. */
export function countValues(label: string, elements: readonly Element[], { by, without }: Grouping): Element[] {
  const marked = elements.map(({ name, labels, value }) => {
    const kept = reduceLabels(labels, by, without);
    return { name, labels: new Map([...kept, [label, String(value)]]), value };
  });
  return grouped(marked, { by: undefined, without: [] }).flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ name: '', labels: first.labels, value: group.length }];
  });
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
    case 'group':
      return 1;
    case 'stdvar':
      return variance(values);
    case 'stddev':
      return Math.sqrt(variance(values));
    default:
      return values.length;
  }
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
