import { attributionEnd } from './attribution.ts';
import { headerBlockEnd, headerOf } from './header-block.ts';
import type { Line } from './line.ts';
import { forwardMark, originalMark, replyLine, ruler } from './mark-words.ts';

/**
 * What a line is. A `cut` says that all below is somebody else's, unless a marked quote follows; a `forward` the same of a
 * mail that was passed on.
 */
export type Mark = 'text' | 'blank' | 'quote' | 'attribution' | 'cut' | 'forward';

/** Says of each line what it is, in one pass. */
export function markLines(lines: readonly Line[]): Mark[] {
  const marks: Mark[] = [];
  while (marks.length < lines.length) {
    const at = marks.length;
    const line = lines[at];
    if (line === undefined) break;
    const block = line.depth > 0 ? null : blockAt(lines, at);
    if (block === null) marks.push(line.depth > 0 ? 'quote' : line.isBlank ? 'blank' : 'text');
    else while (marks.length < block.end) marks.push(block.mark);
  }
  joinBrokenQuotes(lines, marks);
  return marks;
}

interface Block {
  readonly mark: 'attribution' | 'cut' | 'forward';
  readonly end: number;
}

function blockAt(lines: readonly Line[], at: number): Block | null {
  const line = lines[at];
  if (line === undefined || line.isBlank) return null;
  if (line.hint === 'forwarded') return { mark: 'forward', end: headersBelow(lines, at + 1, true) ?? at + 1 };
  if (line.hint === 'cut') return { mark: 'cut', end: headersBelow(lines, at, true) ?? at + 1 };
  if (line.bare === '') return null;
  if (forwardMark.test(line.bare)) return { mark: 'forward', end: headersBelow(lines, at + 1, true) ?? at + 1 };
  if (originalMark.test(line.bare))
    return { mark: 'cut', end: headersBelow(lines, at + 1, true) ?? attributionBelow(lines, at + 1) ?? at + 1 };
  if (replyLine.test(line.bare)) return { mark: 'cut', end: at + 1 };
  if (ruler.test(line.bare)) {
    const end = headersBelow(lines, at + 1, true);
    if (end !== null) return { mark: 'cut', end };
  }
  const end = headerBlockEnd(lines, at, false);
  if (end !== null) return { mark: 'cut', end };
  const attribution = attributionEnd(lines, at);
  return attribution === null ? null : { mark: 'attribution', end: attribution };
}

/** The end of a block of headers that begins below a line which announces it, with at most two blank lines between. */
function headersBelow(lines: readonly Line[], from: number, isAnnounced: boolean): number | null {
  let at = from;
  while (at < from + 2 && lines[at]?.isBlank === true) at += 1;
  const line = lines[at];
  if (line === undefined || headerOf(line.bare) === null) return null;
  return headerBlockEnd(lines, at, isAnnounced);
}

function attributionBelow(lines: readonly Line[], from: number): number | null {
  let at = from;
  while (at < from + 2 && lines[at]?.isBlank === true) at += 1;
  return attributionEnd(lines, at);
}

const likelyWrapped = 60;

/** A program that breaks long quoted lines leaves their ends without a mark: "> … and then\nwe went\n> home". */
function joinBrokenQuotes(lines: readonly Line[], marks: Mark[]): void {
  for (let at = 1; at < marks.length - 1; at += 1) {
    if (marks[at] !== 'text' || marks[at - 1] !== 'quote' || marks[at + 1] !== 'quote') continue;
    const before = lines[at - 1];
    const here = lines[at];
    if (before === undefined || here === undefined || here.hint !== null) continue;
    const isWrapped = before.raw.trimEnd().length >= likelyWrapped && /^[\p{Ll}\d]/u.test(here.bare);
    const isLink = /^[<(]?https?:/iu.test(here.bare) || (before.bare.includes('://') && !here.bare.includes(' '));
    if ((isWrapped && here.bare.length < 80) || isLink) marks[at] = 'quote';
  }
}
