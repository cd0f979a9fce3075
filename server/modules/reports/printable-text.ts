import { createRequire } from 'node:module';
import path from 'node:path';
import type { Font } from 'fontkit';

const require = createRequire(import.meta.url);
/** Read with the first page: it takes time and memory. */
const readFontkit: (name: 'fontkit') => typeof import('fontkit') = createRequire(import.meta.url);

const robotoFolder = path.join(path.dirname(require.resolve('pdfmake/package.json')), 'fonts/Roboto');
const dejavuFolder = path.join(path.dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');

/**
 * The fonts of the PDF. Roboto (Apache-2.0) is what one reads; DejaVu Sans (Bitstream Vera licence) has what Roboto
 * lacks, such as U+202F, arrows, and the letters of Hebrew and Arabic.
 */
export const printFonts = {
  Roboto: {
    normal: path.join(robotoFolder, 'Roboto-Regular.ttf'),
    bold: path.join(robotoFolder, 'Roboto-Medium.ttf'),
    italics: path.join(robotoFolder, 'Roboto-Italic.ttf'),
    bolditalics: path.join(robotoFolder, 'Roboto-MediumItalic.ttf'),
  },
  DejaVu: {
    normal: path.join(dejavuFolder, 'DejaVuSans.ttf'),
    bold: path.join(dejavuFolder, 'DejaVuSans-Bold.ttf'),
    italics: path.join(dejavuFolder, 'DejaVuSans-Oblique.ttf'),
    bolditalics: path.join(dejavuFolder, 'DejaVuSans-BoldOblique.ttf'),
  },
} as const;

/** A piece of text in one font. */
export interface PrintRun {
  readonly text: string;
  readonly font: keyof typeof printFonts;
}

const opened = new Map<string, Font>();

function fontAt(file: string): Font {
  const known = opened.get(file);
  if (known !== undefined) return known;
  const font = readFontkit('fontkit').openSync(file);
  if (!('hasGlyphForCodePoint' in font)) throw new Error(`${file} holds several fonts`);
  opened.set(file, font);
  return font;
}

function fontOf(character: string): PrintRun['font'] | null {
  const point = character.codePointAt(0) ?? 0;
  if (fontAt(printFonts.Roboto.normal).hasGlyphForCodePoint(point)) return 'Roboto';
  return fontAt(printFonts.DejaVu.normal).hasGlyphForCodePoint(point) ? 'DejaVu' : null;
}

/** What stands for a character that neither font has. */
const unknownSign = '□';
/** Words longer than this get places where a line may break (U+200B), this many characters apart. */
const longWord = { from: 24, every: 8 } as const;

// Control and format characters (those that turn the direction of text around among them) and the selectors of emoji
// print nothing.
const silent = /(?!\n)[\p{Cc}\p{Cf}]|\p{Variation_Selector}/gu;

function breakable(word: string): string {
  const characters = Array.from(word);
  if (characters.length <= longWord.from) return word;
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += longWord.every)
    pieces.push(characters.slice(at, at + longWord.every).join(''));
  return pieces.join('\u200B');
}

/** Any text as it can be printed: pieces by font, without control characters, with long words made breakable. */
export function printable(text: string): PrintRun[] {
  const clean = text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replaceAll('\t', '    ')
    .replaceAll(silent, '')
    // People type ordinary spaces beside French signs; a line must not begin with one of those.
    .replaceAll(/(?<=\S) (?=[;:?!»])|(?<=«) /gu, '\u00A0')
    .replaceAll(/[^\s\u00A0\u202F]+/gu, breakable);
  const runs: { text: string; font: PrintRun['font'] }[] = [];
  for (const character of clean) {
    const last = runs.at(-1);
    // Spaces and line ends go with the text before them, so that runs stay long.
    const font = character === ' ' || character === '\n' ? (last?.font ?? 'Roboto') : fontOf(character);
    const shown = font === null ? unknownSign : character;
    const inFont = font ?? 'DejaVu';
    if (last?.font === inFont) {
      last.text += shown;
      continue;
    }
    // A space at the end of letters from right to left would be drawn at their other side.
    const spaces = last === undefined ? '' : (/ +$/u.exec(last.text)?.[0] ?? '');
    if (last !== undefined) last.text = last.text.slice(0, last.text.length - spaces.length);
    runs.push({ text: spaces + shown, font: inFont });
  }
  return runs.filter(({ text: piece }) => piece !== '');
}
