import { faultOfSample, groupOf } from './check-sample.ts';
import { HistogramCheck } from './check-histogram.ts';
import {
  OpenMetricsFault,
  sampleSuffixes,
  type MetricFamily,
  type MetricSample,
  type MetricType,
  type OpenMetricsReason,
} from './metric-family.ts';
import { parseSample, unescape } from './parse-sample.ts';

/** No page is larger. */
export const mostPageBytes = 67_108_864;
const mostLineLength = 1_048_576;
const nameShape = /^[A-Za-z_:][\w:]*$/u;
const comment = /^# (HELP|TYPE|UNIT) (\S+) (.*)$/su;

/** Reads a page strictly by OpenMetrics 1.0: what the standard does not allow throws an {@link OpenMetricsFault}. */
export function parseOpenMetrics(bytes: Uint8Array): MetricFamily[] {
  if (bytes.length > mostPageBytes) throw new OpenMetricsFault('size', 1);
  const reader = new PageReader();
  const text = decode(bytes);
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    reader.take(text.slice(from, to));
    from = to + 1;
  }
  return reader.end();
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new OpenMetricsFault('encoding', 1);
  }
}

/** A family while its lines pass. */
interface OpenFamily {
  readonly name: string;
  type: MetricType | null;
  help: string | null;
  unit: string | null;
  readonly samples: MetricSample[];
  readonly groups: Set<string>;
  group: string | null;
  histogram: HistogramCheck | null;
}

class PageReader {
  readonly #families: MetricFamily[] = [];
  readonly #taken = new Set<string>();
  #open: OpenFamily | null = null;
  #line = 0;
  #hasEnded = false;

  /** Takes the next line, without its line feed. */
  take(text: string): void {
    this.#line += 1;
    if (this.#hasEnded) throw this.#fault('textAfterEnd');
    if (text.length > mostLineLength) throw this.#fault('size');
    if (text === '') throw this.#fault('blankLine');
    if (text === '# EOF') this.#hasEnded = true;
    else if (text.startsWith('#')) this.#takeComment(text);
    else this.#takeSample(parseSample(text, this.#line));
  }

  end(): MetricFamily[] {
    if (!this.#hasEnded) throw this.#fault('noEnd');
    this.#close();
    return this.#families;
  }

  #fault(reason: OpenMetricsReason): OpenMetricsFault {
    return new OpenMetricsFault(reason, Math.max(1, this.#line));
  }

  #takeComment(text: string): void {
    const [, keyword, name = '', value = ''] = comment.exec(text) ?? [];
    if (keyword === undefined) throw this.#fault('badComment');
    if (!nameShape.test(name)) throw this.#fault('badName');
    const family = this.#open?.name === name ? this.#open : this.#start(name);
    if (family.samples.length > 0) throw this.#fault('lateMetadata');
    const part = keyword === 'HELP' ? 'help' : keyword === 'TYPE' ? 'type' : 'unit';
    if (family[part] !== null) throw this.#fault('repeatedMetadata');
    if (part === 'help') family.help = unescape(value);
    else if (part === 'unit') family.unit = value;
    else {
      if (!isType(value)) throw this.#fault('badType');
      family.type = value;
    }
  }

  #start(name: string): OpenFamily {
    this.#close();
    this.#open = {
      name,
      type: null,
      help: null,
      unit: null,
      samples: [],
      groups: new Set(),
      group: null,
      histogram: null,
    };
    return this.#open;
  }

  #close(): void {
    const family = this.#open;
    if (family === null) return;
    this.#closeGroup(family);
    const { name, help, unit, samples } = family;
    const type = family.type ?? 'unknown';
    if (unit !== null && unit !== '') {
      if (!name.endsWith(`_${unit}`) || !nameShape.test(unit) || type === 'info' || type === 'stateset')
        throw this.#fault('badUnit');
    }
    for (const suffix of new Set([...sampleSuffixes[type], ''])) {
      if (this.#taken.has(name + suffix)) throw this.#fault('clashingName');
      this.#taken.add(name + suffix);
    }
    this.#families.push({ name, type, help, unit, samples });
  }

  #closeGroup(family: OpenFamily): void {
    if (family.histogram !== null && !family.histogram.isWhole) throw this.#fault('badHistogram');
    family.histogram = null;
  }

  #takeSample(sample: MetricSample): void {
    const open = this.#open;
    const belongs =
      open !== null && sampleSuffixes[open.type ?? 'unknown'].some((suffix) => open.name + suffix === sample.name);
    const family = belongs ? open : this.#start(sample.name);
    const known = { name: family.name, type: family.type ?? ('unknown' as const) };
    const fault = faultOfSample(sample, known);
    if (fault !== null) throw this.#fault(fault);
    this.#follow(sample, family, groupOf(sample, known));
    family.samples.push(sample);
  }

  /** Samples of a group stand together, in the order of their times. */
  #follow(sample: MetricSample, family: OpenFamily, group: string): void {
    const before = family.samples.at(-1);
    const isSame = before !== undefined && group === family.group;
    if (!isSame && family.groups.has(group)) throw this.#fault('interleaved');
    if (isSame && (before.timestamp === null) !== (sample.timestamp === null)) throw this.#fault('mixedTimestamps');
    if (isSame && (before.timestamp ?? 0) > (sample.timestamp ?? 0) && family.type !== 'info')
      throw this.#fault('timeBackwards');
    family.groups.add(group);
    family.group = group;
    if (family.type !== 'histogram' && family.type !== 'gaugehistogram') return;
    if (!isSame || before.timestamp !== sample.timestamp) this.#closeGroup(family);
    family.histogram ??= new HistogramCheck();
    if (!family.histogram.take(sample, sample.name.slice(family.name.length))) throw this.#fault('badHistogram');
  }
}

function isType(word: string): word is MetricType {
  return Object.hasOwn(sampleSuffixes, word);
}
