import type { Metric, MetricUnit } from '#probe/check-kind.ts';
import type { Reading } from '#probe/exporter/promql-term.ts';
import { compilePromql, type Expression } from '#probe/exporter/promql.ts';
import { isCounter, labelsText } from '#probe/exporter/series.ts';

/** Something of a page that is measured. */
export interface Selection {
  /** The name given to it; empty for a plain selector, which is named by its series. */
  readonly name: string;
  readonly expression: Expression;
}

/** Reads a selector, or `name = expression`. Undefined when it is neither. */
export function readSelection(line: string): Selection | undefined {
  const [, name = '', text = line] = /^([\p{L}\w .%/-]{1,60}?)\s*=\s*(?![=~])(.+)$/u.exec(line) ?? [];
  try {
    const expression = compilePromql(text);
    return name === '' && expression.selector === undefined ? undefined : { name, expression };
  } catch {
    return undefined;
  }
}

const instanceLimit = 160;

/** The metrics of a selection: the values of series, the rates of counters, or what a named expression comes to. */
export function measureSelection({ name, expression }: Selection, reading: Reading): Metric[] {
  const { selector } = expression;
  const value = expression.evaluate(reading);
  if (typeof value === 'number') return finite(`value:${name}`, 'number', value);
  return value.flatMap((element): Metric[] => {
    const instance = `${name === '' ? element.name : name}${labelsText(element.labels)}`.slice(0, instanceLimit);
    if (selector === undefined || name !== '' || !isCounter(element.name, reading.exposition.types))
      return finite(`value:${instance}`, name === '' ? unitOf(element.name) : 'number', element.value);
    const growth = reading.counters.growth(element);
    if (growth === undefined) return [];
    const unit = unitOf(element.name.replace(/_total$/u, '')) === 'bytes' ? 'bytesPerSecond' : 'perSecond';
    return finite(`rate:${instance}`, unit, growth.grown / growth.seconds);
  });
}

function finite(name: string, unit: MetricUnit, value: number): Metric[] {
  return Number.isFinite(value) ? [{ name, unit, value }] : [];
}

/** The unit that the naming rules of Prometheus put at the end of a name. */
function unitOf(name: string): MetricUnit {
  if (name.endsWith('_bytes')) return 'bytes';
  if (name.endsWith('_seconds')) return 'seconds';
  if (name.endsWith('_percent')) return 'percent';
  return 'number';
}
