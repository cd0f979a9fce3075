import { foldText } from './fold-text.ts';

export type Mark = [number, number];

/** The letters of a text folded, each with the place where it came from. */
function foldedWithPlaces(text: string): { folded: string; places: number[] } {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    const piece = foldText(letter);
    folded += piece;
    for (let each = 0; each < piece.length; each++) places.push(at);
    at += letter.length;
  }
  places.push(text.length);
  return { folded, places };
}

const mostMarks = 20;

/** The beginning of a word by which its other forms are known too: `imprimantes` by `impriman`. */
export function stemOf(word: string): string {
  return word.length <= 4 ? word : word.slice(0, Math.max(4, word.length - 3));
}

/** Where words that begin like one of these stand in a text, from–to in its own characters, none over another. */
export function marksIn(text: string, stems: readonly string[]): Mark[] {
  const { folded, places } = foldedWithPlaces(text);
  const marks: Mark[] = [];
  for (const { 0: word, index } of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (marks.length === mostMarks) break;
    if (stems.some((stem) => word.startsWith(stem)))
      marks.push([places[index] ?? 0, places[index + word.length] ?? text.length]);
  }
  return marks;
}

/** A short piece of a text around the first word looked for, on one line. */
export function snippetOf(text: string, stems: readonly string[]): { snippet: string; marks: Mark[] } {
  const line = text.replaceAll(/\s+/gu, ' ').trim().toWellFormed();
  return { snippet: line, marks: marksIn(line, stems) };
}
