import { setImmediate as breathe } from 'node:timers/promises';
import type { Exposition, Sample } from './series.ts';

/** Thrown for a page that is not in the text format; `line` counts from 1. */
export class ExpositionFault extends Error {
  readonly line: number;
  readonly text: string;
  constructor(line: number, text: string) {
    super(`line ${line}`);
    this.line = line;
    this.text = text.slice(0, 80);
  }
}

const lineLimit = 64 * 1024;
const labelsLimit = 64;
const typesLimit = 20_000;
const slice = 256 * 1024;
const noLabels: ReadonlyMap<string, string> = new Map();
const nameShape = /^[A-Za-z_:][\w:]*$/u;

/**
 * Reads a page in Prometheus' text format 0.0.4 or OpenMetrics 1.0. Only samples of the metrics that are wanted are taken
 * apart; of the others the name alone is looked at, which is what makes a page of thousands cheap. Pauses between slices,
 * so that a large page holds up nobody. Throws {@link ExpositionFault}.
 */
export async function parseExposition(
  page: string,
  wanted: (name: string) => boolean,
  mostSamples: number,
): Promise<Exposition> {
  const reader = new PageReader(wanted, mostSamples);
  let paused = 0;
  for (let from = 0; from < page.length;) {
    const end = page.indexOf('\n', from);
    const to = end < 0 ? page.length : end;
    if (to - from > lineLimit) throw new ExpositionFault(reader.line + 1, page.slice(from, from + 80));
    if (!reader.take(page, from, to)) break;
    from = to + 1;
    if (from - paused > slice) {
      paused = from;
      await breathe();
    }
  }
  return reader.exposition();
}

class PageReader {
  readonly #wanted: (name: string) => boolean;
  readonly #mostSamples: number;
  readonly #samples = new Map<string, Sample[]>();
  readonly #types = new Map<string, string>();
  #count = 0;
  #kept = 0;
  #lastName = '';
  #lastKept: Sample[] | undefined;
  line = 0;

  constructor(wanted: (name: string) => boolean, mostSamples: number) {
    this.#wanted = wanted;
    this.#mostSamples = mostSamples;
  }

  exposition(): Exposition {
    const cut = this.#kept > this.#mostSamples;
    return { samples: this.#samples, types: this.#types, count: this.#count, cut };
  }

  /** Reads one line; false when the page says that it ends here. */
  take(page: string, from: number, to: number): boolean {
    this.line += 1;
    const first = page.charCodeAt(from);
    if (to === from || (to === from + 1 && first === 13)) return true;
    if (first === 35) return this.#comment(page.slice(from, to));
    let at = from;
    for (; at < to; at += 1) {
      const code = page.charCodeAt(at);
      if (code === 123 || code === 32 || code === 9) break;
    }
    const length = at - from;
    if (length !== this.#lastName.length || !page.startsWith(this.#lastName, from)) {
      const name = page.slice(from, at);
      if (!nameShape.test(name)) this.#refuse(page, from, to);
      this.#begin(name);
    }
    if (at >= to) this.#refuse(page, from, to);
    this.#count += 1;
    const kept = this.#lastKept;
    if (kept === undefined) return true;
    this.#kept += 1;
    if (this.#kept <= this.#mostSamples) {
      const sample = readSample(this.#lastName, page.slice(at, to));
      if (sample === undefined) this.#refuse(page, from, to);
      else kept.push(sample);
    }
    return true;
  }

  #begin(name: string): void {
    this.#lastName = name;
    this.#lastKept = this.#samples.get(name);
    if (this.#lastKept === undefined && this.#wanted(name)) {
      this.#lastKept = [];
      this.#samples.set(name, this.#lastKept);
    }
  }

  #comment(line: string): boolean {
    if (line.trimEnd() === '# EOF') return false;
    const [, name, type] = /^# TYPE ([A-Za-z_:][\w:]*) (\w+)\s*$/u.exec(line) ?? [];
    if (name !== undefined && type !== undefined && this.#types.size < typesLimit) this.#types.set(name, type);
    return true;
  }

  #refuse(page: string, from: number, to: number): never {
    throw new ExpositionFault(this.line, page.slice(from, to));
  }
}

/** What follows a name: labels, value, and perhaps a time and an exemplar, which are not needed. */
function readSample(name: string, rest: string): Sample | undefined {
  let labels = noLabels;
  let at = 0;
  if (rest.startsWith('{')) {
    const read = readLabels(rest);
    if (read === undefined) return undefined;
    ({ labels, at } = read);
  }
  const exemplar = rest.indexOf(' # ', at);
  const [value, time, ...more] = rest
    .slice(at, exemplar < 0 ? undefined : exemplar)
    .trim()
    .split(/[ \t]+/u);
  const number = readNumber(value ?? '');
  const timeIsFine = time === undefined || /^-?\d{1,20}(?:\.\d{1,9})?$/u.test(time);
  return number === undefined || !timeIsFine || more.length > 0 ? undefined : { name, labels, value: number };
}

function readLabels(text: string): { labels: Map<string, string>; at: number } | undefined {
  const labels = new Map<string, string>();
  const label = /\s*([A-Za-z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|(?=\}))/uy;
  label.lastIndex = 1;
  for (;;) {
    const at = label.lastIndex;
    const found = label.exec(text);
    if (found === null) {
      const end = /\s*\}/uy;
      end.lastIndex = at;
      return end.test(text) ? { labels, at: end.lastIndex } : undefined;
    }
    const [, name = '', value = ''] = found;
    if (labels.size >= labelsLimit || labels.has(name)) return undefined;
    labels.set(name, value.includes('\\') ? unescape(value) : value);
  }
}

function unescape(value: string): string {
  return value.replaceAll(/\\(.)/gu, (_all, char: string) => (char === 'n' ? '\n' : char));
}

function readNumber(text: string): number | undefined {
  const number = Number(text);
  if (text !== '' && !Number.isNaN(number)) return /^[\d+\-.eEIinfty]+$/u.test(text) ? number : undefined;
  switch (text.toLowerCase()) {
    case 'nan':
      return Number.NaN;
    case '+inf':
    case 'inf':
      return Infinity;
    case '-inf':
      return -Infinity;
    default:
      return undefined;
  }
}
