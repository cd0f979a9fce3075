import type { Metric, MetricUnit } from '#probe/check-kind.ts';

/** A range of the plugin guidelines: an alert when the value is outside it, or inside when `inside` is set. */
export interface PerfRange {
  readonly from: number;
  readonly to: number;
  readonly inside: boolean;
}

/** One value that a plugin measured. */
export interface PerfValue {
  readonly label: string;
  readonly value: number;
  /** As it was written: `s`, `ms`, `%`, `MB`, `c`, or nothing. */
  readonly unit: string;
  readonly warn: PerfRange | undefined;
  readonly crit: PerfRange | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

const mostValues = 200;
const numberText = /^[-+]?(?:\d{1,18}(?:[.,]\d{0,18})?|[.,]\d{1,18})(?:[eE][-+]?\d{1,3})?$/u;
const item =
  /\s*(?:'((?:[^']|''){1,200})'|([^\s'=]{1,200}))=(U|[-+]?(?:\d{1,18}(?:[.,]\d{0,18})?|[.,]\d{1,18})(?:[eE][-+]?\d{1,3})?)([^\s;]{0,10})((?:;[^\s;]{0,60}){0,4});?(?=\s|$)/uy;

/**
 * Reads performance data as the Nagios plugin guidelines write it: `'label'=value[UOM];[warn];[crit];[min];[max]`,
 * separated by spaces. What cannot be read is passed over word by word, as Nagios does; `U` is no value.
 */
export function parsePerfdata(text: string): PerfValue[] {
  const values: PerfValue[] = [];
  item.lastIndex = 0;
  while (item.lastIndex < text.length && values.length < mostValues) {
    const at = item.lastIndex;
    const found = item.exec(text);
    if (found === null) {
      const gap = text.slice(at).search(/\S\s/u);
      if (gap < 0) break;
      item.lastIndex = at + gap + 1;
      continue;
    }
    const [, quoted, plain = '', number = '', unit = '', rest = ''] = found;
    if (number === 'U') continue;
    const [, warn = '', crit = '', min = '', max = ''] = rest.split(';');
    values.push({
      label: (quoted?.replaceAll("''", "'") ?? plain).trim(),
      value: toNumber(number) ?? 0,
      unit,
      warn: parseRange(warn),
      crit: parseRange(crit),
      min: toNumber(min),
      max: toNumber(max),
    });
  }
  return values;
}

function toNumber(text: string): number | undefined {
  return numberText.test(text) ? Number(text.replace(',', '.')) : undefined;
}

/** Reads `10`, `10:`, `~:10`, `10:20` and `@10:20`; undefined when it is none. */
export function parseRange(text: string): PerfRange | undefined {
  const inside = text.startsWith('@');
  const parts = (inside ? text.slice(1) : text).split(':');
  const [first = '', second] = parts;
  if (text === '' || parts.length > 2) return undefined;
  const from = second === undefined ? 0 : first === '~' ? -Infinity : first === '' ? 0 : toNumber(first);
  const end = second ?? first;
  const to = end === '' ? Infinity : toNumber(end);
  return from === undefined || to === undefined || from > to ? undefined : { from, to, inside };
}

/** Whether a value is where the range says that somebody should hear of it. */
export function alerts(range: PerfRange | undefined, value: number): boolean {
  if (range === undefined) return false;
  const within = value >= range.from && value <= range.to;
  return within === range.inside;
}

const scales: Readonly<Record<string, readonly [MetricUnit, number]>> = {
  s: ['seconds', 1],
  ms: ['ms', 1],
  us: ['ms', 0.001],
  ns: ['ms', 0.000_001],
  '%': ['percent', 1],
  B: ['bytes', 1],
  KB: ['bytes', 1024],
  KIB: ['bytes', 1024],
  MB: ['bytes', 1024 ** 2],
  MIB: ['bytes', 1024 ** 2],
  GB: ['bytes', 1024 ** 3],
  GIB: ['bytes', 1024 ** 3],
  TB: ['bytes', 1024 ** 4],
  TIB: ['bytes', 1024 ** 4],
  b: ['number', 1],
};

/** A value as a metric; `undefined` for a counter, which becomes a rate. */
export function metricOf({ label, value, unit }: PerfValue): Metric | undefined {
  if (unit === 'c') return undefined;
  const [known, scale] = scales[unit] ?? scales[unit.toUpperCase()] ?? ['number', 1];
  return { name: `perf:${label.slice(0, 120)}`, unit: known, value: value * scale };
}
