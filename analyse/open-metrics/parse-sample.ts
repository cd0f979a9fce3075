import { OpenMetricsFault, type Exemplar, type MetricSample } from './metric-family.ts';

const nameShape = /[A-Za-z_:][\w:]*/y;
const labelShape = /([A-Za-z_]\w*)="((?:[^"\\\n]|\\.)*)"/y;
const numberShape = /[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?)|nan/iy;
const mostLabels = 1000;
/** Letters of an exemplar's label names and values together (section 4.6). */
const mostExemplarLetters = 128;

/** Reads one line with a sample, to the letter: one space between parts, none at the end. Throws OpenMetricsFault. */
export function parseSample(text: string, line: number): MetricSample {
  const reader = new LineReader(text, line);
  const name = reader.take(nameShape);
  if (name === null) throw new OpenMetricsFault('badName', line);
  const labels = reader.labels();
  if (!reader.skip(' ')) throw new OpenMetricsFault(reader.isAtEnd ? 'badValue' : 'badLine', line);
  const value = reader.number();
  if (value === null) throw new OpenMetricsFault('badValue', line);
  let timestamp: number | null = null;
  if (!reader.isAtEnd && !reader.sees(' # ')) timestamp = readTimestamp(reader, 'badTimestamp', line);
  const exemplar = reader.isAtEnd ? null : readExemplar(reader, line);
  return { name, labels, value, timestamp, exemplar };
}

function readTimestamp(reader: LineReader, reason: 'badTimestamp' | 'badExemplar', line: number): number {
  const timestamp = reader.skip(' ') ? reader.number() : null;
  if (timestamp === null || !Number.isFinite(timestamp)) throw new OpenMetricsFault(reason, line);
  return timestamp;
}

function readExemplar(reader: LineReader, line: number): Exemplar {
  if (!reader.skip(' # ')) throw new OpenMetricsFault('badLine', line);
  if (!reader.sees('{')) throw new OpenMetricsFault('badExemplar', line);
  const labels = reader.labels();
  const value = reader.skip(' ') ? reader.number() : null;
  if (value === null) throw new OpenMetricsFault('badExemplar', line);
  const timestamp = reader.isAtEnd ? null : readTimestamp(reader, 'badExemplar', line);
  const letters = [...labels].reduce((sum, [name, each]) => sum + name.length + lettersOf(each), 0);
  if (!reader.isAtEnd || letters > mostExemplarLetters) throw new OpenMetricsFault('badExemplar', line);
  return { labels, value, timestamp };
}

class LineReader {
  readonly #text: string;
  readonly #line: number;
  #at = 0;

  constructor(text: string, line: number) {
    this.#text = text;
    this.#line = line;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  sees(wanted: string): boolean {
    return this.#text.startsWith(wanted, this.#at);
  }

  skip(wanted: string): boolean {
    if (!this.sees(wanted)) return false;
    this.#at += wanted.length;
    return true;
  }

  take(shape: RegExp): string | null {
    shape.lastIndex = this.#at;
    const found = shape.exec(this.#text);
    if (found === null) return null;
    this.#at += found[0].length;
    return found[0];
  }

  /** A number that ends with its part of the line. */
  number(): number | null {
    const taken = this.take(numberShape);
    if (taken === null || !(this.isAtEnd || this.sees(' '))) return null;
    const [, sign = '', word] = /^([+-]?)(inf|nan)/iu.exec(taken) ?? [];
    if (word === undefined) return Number(taken);
    if (word.toLowerCase() === 'nan') return Number.NaN;
    return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }

  labels(): ReadonlyMap<string, string> {
    const labels = new Map<string, string>();
    if (!this.skip('{') || this.skip('}')) return labels;
    do {
      labelShape.lastIndex = this.#at;
      const [whole, name, value] = labelShape.exec(this.#text) ?? [];
      if (
        whole === undefined ||
        name === undefined ||
        value === undefined ||
        labels.has(name) ||
        labels.size >= mostLabels
      )
        throw new OpenMetricsFault('badLabels', this.#line);
      labels.set(name, unescape(value));
      this.#at += whole.length;
    } while (this.skip(','));
    if (!this.skip('}')) throw new OpenMetricsFault('badLabels', this.#line);
    return labels;
  }
}

/** `\n`, `\"` and `\\` stand for a line feed, a quote and a backslash; any other backslash for itself. */
export function unescape(escaped: string): string {
  return escaped.replaceAll(/\\([n"\\])/gu, (_, letter: string) => (letter === 'n' ? '\n' : letter));
}

/** Code points: a letter outside the basic plane is one. */
function lettersOf(text: string): number {
  return text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, '.').length;
}
