import type { LineHint } from '../fold/line.ts';
import { hintOf, type ElementHint } from './html-hints.ts';
import type { HtmlToken } from './html-tokens.ts';

/** The text of an HTML mail as a reader sees it, line by line. */
export interface HtmlLines {
  readonly text: string;
  /** What the HTML says of each line. */
  readonly hints: readonly (LineHint | null)[];
  /** The line on which each token begins; for texts only. */
  readonly lineOf: ReadonlyMap<number, number>;
}

const blocks = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'center',
  'dd',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figure',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'html',
  'li',
  'main',
  'nav',
  'ol',
  'p',
  'pre',
  'section',
  'table',
  'tbody',
  'tr',
  'ul',
]);
/** They have a blank line around them. */
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'blockquote', 'pre']);
const drawnLine = '_'.repeat(20);

/** Reads the text off the tokens. */
export function htmlLines(tokens: readonly HtmlToken[]): HtmlLines {
  const writer = new LineWriter();
  const lineOf = new Map<number, number>();
  const nextQuote = nextBlockquotes(tokens);
  const active: { readonly hint: ElementHint; readonly close: number }[] = [];
  let preformatted = 0;
  for (const [at, token] of tokens.entries()) {
    while (active.length > 0 && (active.at(-1)?.close ?? 0) < at) active.pop();
    if (token.type === 'text') {
      const hint = strongest(active);
      const line = writer.write(token.text, hint, preformatted > 0);
      if (line !== null) lineOf.set(at, line);
      continue;
    }
    if (token.type === 'open') {
      const hint = hintOf(token, (nextQuote[at + 1] ?? Infinity) < token.close);
      if (hint === 'cut') writer.cutNext();
      else if (hint !== null) active.push({ hint, close: token.close });
      if (token.name === 'pre') preformatted += 1;
      writeOpening(writer, token.name, strongest(active));
    } else {
      if (token.name === 'pre') preformatted -= 1;
      writeClosing(writer, token.name);
    }
  }
  return { ...writer.finish(), lineOf };
}

function writeOpening(writer: LineWriter, name: string, hint: LineHint | null): void {
  if (name === 'br') writer.endLine();
  if (name === 'hr') writer.ruler(drawnLine, hint);
  if (blocks.has(name)) writer.startBlock(paragraphs.has(name));
  if (name === 'li') writer.write('- ', hint, true);
}

function writeClosing(writer: LineWriter, name: string): void {
  if (name === 'td' || name === 'th') writer.gap();
  if (blocks.has(name)) writer.startBlock(paragraphs.has(name));
}

/** A quote stays one whatever stands in it. */
function strongest(active: readonly { readonly hint: ElementHint }[]): LineHint | null {
  if (active.some(({ hint }) => hint === 'quoted')) return 'quoted';
  return active.at(-1)?.hint ?? null;
}

/** For each token, where the next blockquote opens. */
function nextBlockquotes(tokens: readonly HtmlToken[]): number[] {
  const next: number[] = Array.from({ length: tokens.length + 1 }, () => Infinity);
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    next[at] = token?.type === 'open' && token.name === 'blockquote' ? at : (next[at + 1] ?? Infinity);
  }
  return next;
}

class LineWriter {
  readonly #lines: { text: string; hint: LineHint | null }[] = [];
  #pieces: string[] = [];
  #endsInSpace = true;
  #hint: LineHint | null = null;
  #wantsBlank = false;
  #cutsNext = false;

  /** Writes a text; says on which line it begins, null when nothing of it is seen. */
  write(raw: string, hint: LineHint | null, isPreformatted: boolean): number | null {
    if (isPreformatted) return this.#writeAsIs(raw, hint);
    let text = raw.replaceAll(/[ \t\r\n\f]+/gu, ' ');
    if (this.#endsInSpace) text = text.replace(/^ /u, '');
    if (text === '') return null;
    this.#begin(hint, text.trim() !== '');
    this.#pieces.push(text);
    this.#endsInSpace = text.endsWith(' ');
    return this.#lines.length;
  }

  #writeAsIs(raw: string, hint: LineHint | null): number | null {
    const lines = raw.replaceAll('\r', '').split('\n');
    let first: number | null = null;
    for (const [at, line] of lines.entries()) {
      if (at > 0) this.endLine();
      if (line === '') continue;
      this.#begin(hint, line.trim() !== '');
      first ??= this.#lines.length;
      this.#pieces.push(line);
      this.#endsInSpace = false;
    }
    return first;
  }

  #begin(hint: LineHint | null, isSeen: boolean): void {
    if (this.#pieces.length === 0 && this.#wantsBlank && isSeen) {
      if (this.#lines.length > 0 && this.#lines.at(-1)?.text !== '') this.#lines.push({ text: '', hint: null });
      this.#wantsBlank = false;
    }
    if (!isSeen) return;
    this.#hint ??= this.#cutsNext && hint !== 'quoted' ? 'cut' : hint;
    this.#cutsNext = false;
  }

  endLine(): void {
    this.#lines.push({ text: this.#pieces.join('').trimEnd(), hint: this.#hint });
    this.#pieces = [];
    this.#hint = null;
    this.#endsInSpace = true;
  }

  startBlock(isParagraph: boolean): void {
    if (this.#pieces.join('').trim() !== '') this.endLine();
    else this.#pieces = [];
    this.#endsInSpace = true;
    if (isParagraph) this.#wantsBlank = true;
  }

  gap(): void {
    if (this.#pieces.length > 0 && !this.#endsInSpace) this.#pieces.push(' ');
    this.#endsInSpace = true;
  }

  ruler(line: string, hint: LineHint | null): void {
    this.startBlock(false);
    this.#begin(hint, true);
    this.#pieces.push(line);
    this.endLine();
  }

  /** The next line that is seen begins somebody else's words. */
  cutNext(): void {
    this.startBlock(false);
    this.#cutsNext = true;
  }

  finish(): { text: string; hints: (LineHint | null)[] } {
    if (this.#pieces.join('').trim() !== '') this.endLine();
    return { text: this.#lines.map(({ text }) => text).join('\n'), hints: this.#lines.map(({ hint }) => hint) };
  }
}
