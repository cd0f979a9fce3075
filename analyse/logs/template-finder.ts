import { shapeLine, variable } from './shape-line.ts';

/** What a line is an instance of. */
export interface LineTemplate {
  /** Stays the same across restarts: made of the first shape that was seen of it. */
  readonly id: string;
  /** With `<*>` for what varies. */
  readonly text: string;
}

/** What is kept across a restart. */
export interface SavedTemplates {
  readonly version: 1;
  /** Shapes in the order in which they came. */
  readonly shapes: readonly (readonly string[])[];
}

/** How much is kept at most. */
export interface TemplateBounds {
  /** Shapes kept; the oldest go first. */
  readonly shapes: number;
  /** Contexts kept while words are gathered for them. */
  readonly contexts: number;
  /** What is in the same place in all lines whose numbers alone differ is looked up by so many of them. */
  readonly quick: number;
}

const usualBounds: TemplateBounds = { shapes: 20_000, contexts: 300_000, quick: 50_000 };
/** Words beside the same others that make a place a variable one: fewer are alternatives that mean something. */
const leastWords = 6;
/** Values behind an equals sign vary sooner. */
const leastValues = 5;
/** Words in capitals are names of states rather than of things. */
const leastCapitals = 12;
/** Beside one or two other words alone, many alternatives are no proof. */
const leastInShort = 12;
/** What is called a user, a host or a file is a name of one. */
const leastNamed = 3;
const namesOne = /^(?:user|username|host|hostname|node|device|file|package)$/iu;
const withDigit = /[^\s=:,()[\]{};'"|<>\d]*\d[^\s=:,()[\]{};'"|<>]*/gu;
/** Shapes with more words are not looked at for two variable places at once. */
const mostForPairs = 14;
const noWord = /^[\s=:,()[\]{};'"|<>]$/u;

interface Shape {
  readonly key: string;
  readonly tokens: readonly string[];
  found: LineTemplate;
  /** The count of variable places known when `found` was found. */
  at: number;
}

/**
 * Sorts lines into templates as they come. First a line's shape (numbers, paths and the like masked); then shapes that
 * differ in one place, or in two, are one template once so many words were seen there that they cannot be alternatives.
 * Memory is bounded; what was learnt can be saved and resumed.
 */
export class TemplateFinder {
  readonly #shapes = new Map<string, Shape>();
  readonly #contexts = new Map<string, Set<string>>();
  readonly #open = new Set<string>();
  readonly #first = new Map<string, string>();
  readonly #quick = new Map<string, Shape>();

  readonly #bounds: TemplateBounds;

  constructor(bounds: TemplateBounds = usualBounds) {
    this.#bounds = bounds;
  }

  /** How many shapes are known. */
  get size(): number {
    return this.#shapes.size;
  }

  static resume(saved: SavedTemplates, bounds: TemplateBounds = usualBounds): TemplateFinder {
    const finder = new TemplateFinder(bounds);
    for (const tokens of saved.shapes.slice(-bounds.shapes)) finder.#takeShape([...tokens]);
    return finder;
  }

  save(): SavedTemplates {
    return { version: 1, shapes: [...this.#shapes.values()].map(({ tokens }) => tokens) };
  }

  /** The template of a line (without its header), by all that was seen until now. */
  take(line: string): LineTemplate {
    const quick = line.length > 2048 ? '' : line.replaceAll(withDigit, '0');
    let shape = this.#quick.get(quick);
    if (shape === undefined || quick === '') {
      shape = this.#takeShape(shapeLine(line));
      if (this.#quick.size >= this.#bounds.quick) this.#quick.clear();
      this.#quick.set(quick, shape);
    } else if (shape.at !== this.#open.size) this.#find(shape);
    return shape.found;
  }

  #takeShape(tokens: readonly string[]): Shape {
    const key = tokens.join(' ');
    const known = this.#shapes.get(key);
    if (known !== undefined) {
      if (known.at !== this.#open.size) this.#find(known);
      return known;
    }
    if (this.#shapes.size >= this.#bounds.shapes) this.#forget();
    this.#learn(tokens);
    const shape: Shape = { key, tokens, found: { id: '', text: '' }, at: -1 };
    this.#shapes.set(key, shape);
    this.#find(shape);
    return shape;
  }

  #forget(): void {
    const [oldest] = this.#shapes.keys();
    if (oldest !== undefined) this.#shapes.delete(oldest);
  }

  #find(shape: Shape): void {
    const text = this.#generalise(shape.tokens).join(' ');
    let first = this.#first.get(text);
    if (first === undefined) {
      if (this.#first.size >= 2 * this.#bounds.shapes) this.#first.clear();
      first = idOf(shape.key);
      this.#first.set(text, first);
    }
    shape.found = { id: first, text };
    shape.at = this.#open.size;
  }

  /** The shape with each place masked that is known to be variable beside the others. */
  #generalise(tokens: readonly string[]): readonly string[] {
    if (this.#open.size === 0) return tokens;
    let now = [...tokens];
    for (let round = 0; round < 4; round += 1) {
      const next = this.#mask(now);
      if (next === null) return now;
      now = next;
    }
    return now;
  }

  #mask(tokens: readonly string[]): string[] | null {
    for (const places of placesOf(tokens)) {
      if (!this.#open.has(contextOf(tokens, places))) continue;
      return tokens.map((token, i) => (places.includes(i) ? variable : token));
    }
    return null;
  }

  #learn(tokens: readonly string[]): void {
    this.#gather(tokens);
    const general = this.#generalise(tokens);
    if (general.length === tokens.length && general.some((token, i) => token !== tokens[i])) this.#gather(general);
  }

  #gather(tokens: readonly string[]): void {
    for (const places of placesOf(tokens)) {
      const key = contextOf(tokens, places);
      if (this.#open.has(key)) continue;
      let words = this.#contexts.get(key);
      if (words === undefined) {
        if (this.#contexts.size >= this.#bounds.contexts) this.#contexts.clear();
        this.#contexts.set(key, (words = new Set()));
      }
      words.add(places.map((place) => tokens[place]).join(' '));
      if (words.size < leastOf(tokens, places)) continue;
      if (places.length === 2 && !bothVary(words)) continue;
      this.#contexts.delete(key);
      this.#open.add(key);
    }
  }
}

/** In each of two places there are as many words as in one. */
function bothVary(pairs: ReadonlySet<string>): boolean {
  const split = [...pairs].map((pair) => pair.split(' '));
  return [0, 1].every((side) => new Set(split.map((pair) => pair[side])).size >= leastWords);
}

function leastOf(tokens: readonly string[], places: readonly number[]): number {
  const isShort = tokens.reduce((sum, each) => sum + (isWord(each) ? 1 : 0), 0) < 4;
  return Math.max(
    ...places.map((place) => {
      const token = tokens[place] ?? '';
      const before = tokens[place - 1] ?? '';
      if (before === '=') return leastValues;
      if (namesOne.test(before)) return leastNamed;
      if (isShort) return leastInShort;
      return token.length > 1 && token === token.toUpperCase() ? leastCapitals : leastWords;
    }),
  );
}

/** Places that may vary, alone or two together, as long as words enough are left to tell the template by. */
function* placesOf(tokens: readonly string[]): Generator<readonly number[]> {
  const words: number[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i] ?? '';
    if (isWord(token)) words.push(i);
  }
  if (words.length < 2) return;
  for (const place of words) yield [place];
  if (words.length < 4 || words.length > mostForPairs) return;
  for (let i = 0; i < words.length; i += 1)
    for (let j = i + 1; j < words.length; j += 1) yield [words[i] ?? 0, words[j] ?? 0];
}

function isWord(token: string): boolean {
  return token !== variable && !noWord.test(token);
}

function contextOf(tokens: readonly string[], places: readonly number[]): string {
  let key = '';
  for (let i = 0; i < tokens.length; i += 1) key += places.includes(i) ? '\u0000 ' : `${tokens[i] ?? ''} `;
  return key;
}

/** FNV-1a of two seeds, 16 hexadecimal digits: a name, not a proof. */
function idOf(text: string): string {
  let [a, b] = [0x811c_9dc5, 0x9e37_79b9];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x0100_0193);
    b = Math.imul(b ^ code, 0x85eb_ca6b) ^ (b >>> 13);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
