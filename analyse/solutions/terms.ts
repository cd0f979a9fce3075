import type { Language } from '#contract/words.ts';
import { partsOf, wordsOf } from './fold-text.ts';
import { isFunctionWord } from './function-words.ts';
import { stemWord } from './stem-word.ts';

/** Letters of a piece that runs across words. */
const runLength = 5;
/** Letters of a piece within a word. */
const pieceLength = 4;

/** What a text is looked at as; terms are numbers (hashes of 32 bits) because there are many and only sameness counts. */
export type TermsOf = (text: string, language: Language) => number[];

/** The families of the words that mean something. */
export const stems: TermsOf = (text, language) => {
  const found: number[] = [];
  for (const word of partsOf(text)) if (!isFunctionWord(word)) found.push(hash(stemWord(word, language)));
  return found;
};

/** Pairs of neighbouring words, those that mean nothing by themselves too: “right to be forgotten” is four words. */
export const pairs: TermsOf = (text, language) => {
  const words = partsOf(text).map((word) => stemWord(word, language));
  return words.slice(1).map((word, at) => hash(`${words[at] ?? ''} ${word}`));
};

/** Runs of letters across words: what is misspelt, compounded or a part of a code still shares most of them. */
export const runs: TermsOf = (text) => cut(`_${wordsOf(text).join('_')}_`, runLength);

/** Pieces of each word. */
export const pieces: TermsOf = (text) => wordsOf(text).flatMap((word) => cut(`_${word}_`, pieceLength));

function cut(text: string, length: number): number[] {
  if (text.length <= length) return [hash(text)];
  const found: number[] = [];
  for (let at = 0; at + length <= text.length; at += 1) found.push(hash(text, at, at + length));
  return found;
}

/** FNV-1a with a last stir, of 32 bits. */
function hash(text: string, from = 0, to = text.length): number {
  let hashed = 0x81_1c_9d_c5;
  for (let at = from; at < to; at += 1) hashed = Math.imul(hashed ^ text.charCodeAt(at), 0x01_00_01_93);
  hashed ^= hashed >>> 15;
  return Math.imul(hashed, 0x2c_1b_3c_6d) | 0;
}
