import type { MetricSample, MetricType } from './metric-family.ts';

/** What is wrong with a sample for a metric of its type; null when nothing is (OpenMetrics 1.0, section 5). */
export function faultOfSample(
  sample: MetricSample,
  family: { readonly name: string; readonly type: MetricType },
): 'badTypeLabel' | 'valueNotAllowed' | 'misplacedExemplar' | null {
  const suffix = sample.name.slice(family.name.length);
  if (!hasTypeLabel(sample, family, suffix)) return 'badTypeLabel';
  if (!isAllowed(sample.value, family.type, suffix)) return 'valueNotAllowed';
  const mayHaveExemplar = suffix === '_bucket' || (family.type === 'counter' && suffix === '_total');
  return sample.exemplar !== null && !mayHaveExemplar ? 'misplacedExemplar' : null;
}

/** The labels that tell a sample's group: all but the one that its type gives a meaning. */
export function groupOf(
  { labels, name }: MetricSample,
  family: { readonly name: string; readonly type: MetricType },
): string {
  // What an info says is in its labels: they tell no groups apart.
  if (family.type === 'info') return '';
  const own = ownLabel(name.slice(family.name.length), family);
  const kept = [...labels].filter(([label]) => label !== own);
  return JSON.stringify(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function ownLabel(suffix: string, { name, type }: { readonly name: string; readonly type: MetricType }): string | null {
  if (type === 'stateset') return name;
  if (type === 'summary' && suffix === '') return 'quantile';
  return isHistogram(type) && suffix === '_bucket' ? 'le' : null;
}

function isHistogram(type: MetricType): boolean {
  return type === 'histogram' || type === 'gaugehistogram';
}

function hasTypeLabel(
  { labels }: MetricSample,
  family: { readonly name: string; readonly type: MetricType },
  suffix: string,
): boolean {
  const own = ownLabel(suffix, family);
  if (own === null) return true;
  const label = labels.get(own);
  if (label === undefined) return false;
  if (own === family.name) return true;
  const value = floatOf(label);
  if (Number.isNaN(value) || !isCanonical(label, value)) return false;
  return own === 'le' || (value >= 0 && value <= 1);
}

function floatOf(label: string): number {
  const infinite = /^([+-]?)inf$/iu.exec(label);
  if (infinite !== null) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(label) ? Number(label) : Number.NaN;
}

/**
 * Numbers up to ten in thousandths and powers of ten are written in one way only, as `1.0` and `1e+06` (section
 * "Considerations: canonical numbers"), so that the same bucket has the same label everywhere.
 */
function isCanonical(label: string, value: number): boolean {
  if (value === Number.POSITIVE_INFINITY) return label === '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return label === '-Inf';
  const isThousandth =
    value >= 0 &&
    value <= 10 &&
    Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-9 &&
    value === Number(value.toFixed(3));
  const power = Math.round(Math.log10(value));
  const isPower = value > 0 && Math.abs(power) <= 10 && value === Number(`1e${power}`);
  if (!isThousandth && !isPower) return true;
  if (value >= 1e6) return label === `1e+${String(power).padStart(2, '0')}`;
  if (value > 0 && value < 1e-4) return label === `1e-${String(-power).padStart(2, '0')}`;
  return label === (Number.isInteger(value) ? `${value}.0` : String(value));
}

const countSuffixes: readonly string[] = ['_total', '_sum', '_count', '_bucket', '_gcount', '_gsum'];

function isAllowed(value: number, type: MetricType, suffix: string): boolean {
  if (type === 'stateset') return value === 0 || value === 1;
  if (type === 'info') return value === 1;
  if (type === 'summary' && suffix === '') return !(value < 0);
  if (suffix === '' || !countSuffixes.includes(suffix)) return true;
  if (Number.isNaN(value) || (value < 0 && suffix !== '_gsum')) return false;
  return !['_bucket', '_count', '_gcount'].includes(suffix) || Number.isInteger(value);
}
