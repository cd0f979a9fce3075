/** One line of a message's text, with what the folding has to know of it. */
export interface Line {
  /** As it stands, with its line end: all lines together are the text again. */
  readonly raw: string;
  /** To be looked at: no quote marks, no odd spaces, no invisible signs; '' when blank or far too long to be a mark. */
  readonly bare: string;
  readonly isBlank: boolean;
  /** How many quote marks stand before it. */
  readonly depth: number;
  /** What the HTML said of it, where the text was made of HTML. */
  readonly hint: LineHint | null;
}

/** What a mail program wrote into its HTML on what a passage is. */
export type LineHint = 'quoted' | 'signature' | 'attribution' | 'forwarded' | 'cut';

/** No mark of a mail program is longer; what is longer is somebody's words, and no pattern has to read it. */
const longestMark = 300;

const longestLine = 20_000;

const quoteMarks = /^(?:[ \t\u00A0]{0,3}>){1,40}/u;
const oddSpaces = /[\u00A0\u2000-\u200A\u202F\u205F\u3000\t]/gu;
const invisible = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/gu;

/** Nobody writes more; what is below is one last line, so that a million empty lines cost no more than these. */
const mostLines = 20_000;

/** Cuts a text into lines; a text made of HTML brings a hint for each. */
export function linesOf(text: string, hints: readonly (LineHint | null)[] = []): Line[] {
  const lines: Line[] = [];
  let from = 0;
  while (from < text.length) {
    const end = lines.length >= mostLines ? -1 : text.indexOf('\n', from);
    const to = end === -1 ? text.length : end + 1;
    lines.push(lineOf(text.slice(from, to), hints[lines.length] ?? null));
    from = to;
  }
  return lines;
}

/** One line by itself. */
export function lineOf(raw: string, hint: LineHint | null): Line {
  if (raw.length > longestLine) return { raw, bare: '', isBlank: false, depth: hint === 'quoted' ? 1 : 0, hint };
  const marks = quoteMarks.exec(raw)?.[0] ?? '';
  const rest = raw.slice(marks.length);
  const seen = rest.length > longestMark ? '' : tidy(rest);
  const depth = marks === '' ? 0 : marks.split('>').length - 1;
  return {
    raw,
    bare: seen,
    isBlank: seen === '' && tidy(rest) === '',
    depth: hint === 'quoted' ? Math.max(depth, 1) : depth,
    hint,
  };
}

function tidy(text: string): string {
  return text.replace(oddSpaces, ' ').replace(invisible, '').replaceAll('’', "'").trim();
}
