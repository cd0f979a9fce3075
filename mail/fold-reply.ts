import { sharedAttribution } from './fold/attribution.ts';
import { foldLines, type PassageKind } from './fold/fold-lines.ts';
import { lineOf, linesOf, type Line, type LineHint } from './fold/line.ts';

/** A stretch of a message, as it stood. */
export interface Passage {
  readonly kind: PassageKind;
  readonly text: string;
}

/** A message, with what its writer wrote told apart from what a program put around it. */
export interface FoldedReply {
  /** What the writer wrote for this reader, tidied: no blank lines around, none doubled where something was folded. */
  readonly visible: string;
  /** The whole text in order; joined they are the text again, sign by sign. */
  readonly passages: readonly Passage[];
  /** Nothing but quotes or signatures was found, so all is shown: a reply is never lost. */
  readonly isWhole: boolean;
}

/**
 * Tells a reply from what it quotes. Nothing is deleted: what is folded stands in `passages`. `hints` are those that the
 * HTML gave for each line. Takes time in proportion to the text.
 */
export function foldReply(text: string, hints: readonly (LineHint | null)[] = []): FoldedReply {
  const lines = splitShared(linesOf(text, hints));
  const kinds = foldLines(lines);
  const isLost = !lines.some((line, at) => kinds[at] === 'visible' && !line.isBlank);
  const passages = isLost ? [{ kind: 'visible' as const, text }] : passagesOf(lines, kinds);
  return { visible: visibleOf(passages), passages: text === '' ? [] : passages, isWhole: isLost && text.trim() !== '' };
}

/** The kind of each line of the text as `foldReply` sees it; one for each line end, for those who mark up HTML. */
export function kindsOfLines(text: string, hints: readonly (LineHint | null)[]): PassageKind[] {
  const lines = linesOf(text, hints);
  const kinds = foldLines(lines);
  const isLost = !lines.some((line, at) => kinds[at] === 'visible' && !line.isBlank);
  return isLost ? kinds.map(() => 'visible') : kinds;
}

function splitShared(lines: readonly Line[]): Line[] {
  return lines.flatMap((line, at) => {
    const shared = sharedAttribution(line, lines[at + 1]);
    if (shared === null) return [line];
    const rest = line.raw.slice(shared.own.length);
    return [lineOf(shared.own, line.hint), lineOf(rest, line.hint)];
  });
}

function passagesOf(lines: readonly Line[], kinds: readonly PassageKind[]): Passage[] {
  const passages: { kind: PassageKind; parts: string[] }[] = [];
  for (const [at, line] of lines.entries()) {
    const kind = kinds[at] ?? 'visible';
    const last = passages.at(-1);
    if (last?.kind === kind) last.parts.push(line.raw);
    else passages.push({ kind, parts: [line.raw] });
  }
  return passages.map(({ kind, parts }) => ({ kind, text: parts.join('') }));
}

function visibleOf(passages: readonly Passage[]): string {
  return passages
    .filter(({ kind }) => kind === 'visible')
    .map(({ text }) => text.replace(/^(?:[^\S\n]*\r?\n)+/u, '').trimEnd())
    .filter((text) => text !== '')
    .join('\n\n');
}
