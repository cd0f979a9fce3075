import { isDeviceLine, isDisclaimer, listFooter, signatureDelimiter } from './closing-words.ts';
import { contactBlockStart } from './contact-block.ts';
import type { Line } from './line.ts';
import { markLines, type Mark } from './mark-lines.ts';
import { ruler } from './mark-words.ts';

/** What a passage of a message is. `visible`: what its writer wrote for this reader. */
export type PassageKind = 'visible' | 'quoted' | 'signature' | 'disclaimer' | 'forwarded_header' | 'forwarded';

type Fold = PassageKind | 'blank';

/** Says of each line which passage it belongs to. */
export function foldLines(lines: readonly Line[]): PassageKind[] {
  const marks = markLines(lines);
  const folds: Fold[] = marks.map((mark) => (mark === 'blank' ? 'blank' : 'visible'));
  const cut = firstCut(lines, marks);
  foldBelow(marks, folds, cut);
  foldClosings(lines, marks, folds, cut);
  foldQuotes(marks, folds, cut);
  return fillBlanks(folds);
}

const isOwn = (mark: Mark | undefined): boolean => mark === 'text';

/** Where all below is somebody else's: the first such mark that has words of the writer above it, and no marked quote below. */
function firstCut(lines: readonly Line[], marks: readonly Mark[]): number {
  let own = false;
  for (let at = 0; at < marks.length; at += 1) {
    const mark = marks[at];
    if (isOwn(mark)) own = own || !isDeviceLine(lines[at]?.bare ?? '');
    if (mark !== 'cut' && mark !== 'forward' && mark !== 'attribution') continue;
    const end = blockEnd(marks, at);
    if (own && !isFollowedByQuote(marks, end)) return withRulerAbove(lines, marks, at);
    at = end - 1;
  }
  return marks.length;
}

function blockEnd(marks: readonly Mark[], at: number): number {
  let end = at + 1;
  while (end < marks.length && marks[end] === marks[at]) end += 1;
  return end;
}

function isFollowedByQuote(marks: readonly Mark[], from: number): boolean {
  let at = from;
  while (marks[at] === 'blank') at += 1;
  return marks[at] === 'quote';
}

const shortRuler = /^[-_=*~–—―]{3,}$/u;

function withRulerAbove(lines: readonly Line[], marks: readonly Mark[], at: number): number {
  let above = at - 1;
  while (marks[above] === 'blank') above -= 1;
  return shortRuler.test(lines[above]?.bare ?? '') ? above : at;
}

function foldBelow(marks: readonly Mark[], folds: Fold[], cut: number): void {
  if (cut >= marks.length) return;
  let first = cut;
  while (marks[first] === 'text' || marks[first] === 'blank') first += 1;
  const isForward = marks[first] === 'forward';
  const headers = blockEnd(marks, first);
  folds.fill(isForward ? 'forwarded' : 'quoted', cut);
  if (isForward) folds.fill('forwarded_header', cut, headers);
}

const longestSignature = 15;
const longestMarkedSignature = 40;

/** Signatures, advertisements of devices, lawyers' paragraphs and lists' footers, in what the writer's program made. */
function foldClosings(lines: readonly Line[], marks: readonly Mark[], folds: Fold[], cut: number): void {
  for (let from = 0; from < cut; from += 1) {
    if (!isOwn(marks[from])) continue;
    let to = from;
    while (to < cut && (isOwn(marks[to]) || marks[to] === 'blank')) to += 1;
    foldClosingsOf(lines, folds, from, to);
    from = to;
  }
}

function foldClosingsOf(lines: readonly Line[], folds: Fold[], from: number, runEnd: number): void {
  let to = runEnd;
  const closing = closingStart(lines, from, to);
  if (closing !== null) {
    for (let at = closing.at; at < to; at += 1) folds[at] = closing.kind;
    to = closing.at;
  }
  for (let at = from; at < to; at += 1) {
    const line = lines[at];
    if (line === undefined) continue;
    if (line.hint === 'signature') folds[at] = 'signature';
    else if (isDeviceLine(line.bare) && isAlone(lines, at, to)) folds[at] = 'signature';
  }
  while (to > from && (lines[to - 1]?.isBlank === true || folds[to - 1] === 'signature')) to -= 1;
  const contact = contactBlockStart(lines, from, to);
  for (let at = contact ?? to; at < to; at += 1) folds[at] = 'signature';
}

/** A device's line ends what was written: nothing, or a gap, comes after it. */
function isAlone(lines: readonly Line[], at: number, to: number): boolean {
  const next = lines[at + 1];
  if (at + 1 >= to || next === undefined || next.isBlank) return true;
  return isDeviceLine(next.bare) || ruler.test(next.bare) || /^<?https?:\/\/\S+>?$/u.test(next.bare);
}

interface Closing {
  readonly at: number;
  readonly kind: 'signature' | 'disclaimer';
}

function closingStart(lines: readonly Line[], from: number, to: number): Closing | null {
  let below = 0;
  for (let at = from; at < to; at += 1) if (lines[at]?.isBlank === false) below += 1;
  for (let at = from; at < to; at += 1) {
    const line = lines[at];
    if (line === undefined || line.isBlank) continue;
    if (isSignatureMark(line, below)) return { at, kind: 'signature' };
    below -= 1;
    if (line.bare === '') continue;
    if (ruler.test(line.bare) && isListFooter(lines, at, to)) return { at, kind: 'disclaimer' };
    const opens = at === from || opensParagraph(lines[at - 1]);
    if (opens && isDisclaimer(paragraphAt(lines, at, to))) return { at, kind: 'disclaimer' };
  }
  return null;
}

/** A line such as "-- " (RFC 3676, 4.3) above no more lines than a signature has; `length` counts it and the lines with words below. */
function isSignatureMark(line: Line, length: number): boolean {
  if (line.bare === '' || !signatureDelimiter.test(line.bare) || length <= 1) return false;
  const isMarked = /^-- \r?\n?$/u.test(line.raw);
  return length <= (isMarked ? longestMarkedSignature : longestSignature);
}

function opensParagraph(above: Line | undefined): boolean {
  return above?.isBlank === true || ruler.test(above?.bare ?? '');
}

function isListFooter(lines: readonly Line[], at: number, to: number): boolean {
  return to - at <= 12 && lines.slice(at + 1, at + 5).some((line) => listFooter.test(line.bare));
}

const enoughOfParagraph = 600;

function paragraphAt(lines: readonly Line[], at: number, to: number): string {
  let text = '';
  for (let here = at; here < to && text.length < enoughOfParagraph; here += 1) {
    const line = lines[here];
    if (line === undefined || line.isBlank) break;
    text = `${text} ${line.bare === '' ? line.raw.slice(0, enoughOfParagraph).trim() : line.bare}`.trim();
  }
  return text;
}

/**
 * Marked quotes above the cut. Answers between the lines keep the lines that they answer; a whole mail quoted under its
 * attribution, above or below the answer, is folded; a passage that the writer picked himself stays.
 */
function foldQuotes(marks: readonly Mark[], folds: Fold[], cut: number): void {
  let lastOwn = -1;
  for (let at = 0; at < cut; at += 1) if (isOwn(marks[at]) && folds[at] === 'visible') lastOwn = at;
  const answered = answeredQuotes(marks, folds, cut);
  let isAttributed = false;
  for (let at = 0; at < cut; at += 1) {
    const mark = marks[at];
    if (mark === 'text') isAttributed = false;
    if (mark === 'attribution' || mark === 'cut' || mark === 'forward') {
      isAttributed = true;
      // Nothing is taken for somebody else's words unless the words are there.
      folds[at] = mark === 'forward' ? 'forwarded_header' : 'quoted';
    }
    if (mark === 'quote' && (at > lastOwn || (answered < 2 && isAttributed))) folds[at] = 'quoted';
  }
}

/** How many quotes have words of the writer right below. */
function answeredQuotes(marks: readonly Mark[], folds: readonly Fold[], cut: number): number {
  let answered = 0;
  let above: 'quote' | 'text' | null = null;
  for (let at = 0; at < cut; at += 1) {
    if (marks[at] === 'quote') above = 'quote';
    if (!isOwn(marks[at]) || folds[at] !== 'visible') continue;
    if (above === 'quote') answered += 1;
    above = 'text';
  }
  return answered;
}

/** A blank line goes with the folded passage beside it, if there is one. */
function fillBlanks(folds: readonly Fold[]): PassageKind[] {
  const kinds: PassageKind[] = [];
  for (let at = 0; at < folds.length; at += 1) {
    const fold = folds[at] ?? 'blank';
    if (fold !== 'blank') {
      kinds.push(fold);
      continue;
    }
    let next = at;
    while (folds[next] === 'blank') next += 1;
    const before = kinds[at - 1] ?? 'visible';
    const after = folds[next];
    const kind = after === undefined || after === 'blank' ? before : before === 'visible' ? after : before;
    while (kinds.length < next) kinds.push(kind);
    at = next - 1;
  }
  return kinds;
}
