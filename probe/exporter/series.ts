/** The labels of one series, without its name. */
export type Labels = ReadonlyMap<string, string>;

/** One sample of a page: a series and its value. */
export interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

/** What was read of a page. */
export interface Exposition {
  /** The samples that were asked for, by the name of their metric. */
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  /** `counter`, `gauge`, … by the name of the family. */
  readonly types: ReadonlyMap<string, string>;
  /** All samples of the page, kept or not. */
  readonly count: number;
  /** True when more than the limit was asked for; what came first was kept. */
  readonly cut: boolean;
}

/** The labels as they are written, sorted: the same for the same series. */
export function labelsText(labels: Labels): string {
  if (labels.size === 0) return '';
  const parts = [...labels]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${parts.join(',')}}`;
}

/** Whether a metric only grows: said by its family's type, else guessed from the ending that OpenMetrics prescribes. */
export function isCounter(name: string, types: Exposition['types']): boolean {
  const type = types.get(name) ?? types.get(name.replace(/_(?:total|count|sum|bucket)$/u, ''));
  if (type === 'histogram' || type === 'summary') return /_(?:count|sum|bucket)$/u.test(name);
  return type === undefined ? name.endsWith('_total') : type === 'counter';
}
