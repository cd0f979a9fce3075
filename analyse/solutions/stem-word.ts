import type { Language } from '#contract/words.ts';

/** An ending, what stands in its place, and how long a word must be to lose it. */
type Ending = readonly [ending: string, instead: string, least: number];

/** Derivations that lead to one word, for folded French (after Savoy 2006). */
const french: readonly Ending[] = [
  ['issement', 'ir', 10],
  ['issant', 'ir', 8],
  ['ement', '', 7],
  ['ficatrice', 'fier', 11],
  ['ficateur', 'fier', 10],
  ['catrice', 'quer', 9],
  ['cateur', 'quer', 8],
  ['atrice', 'er', 8],
  ['ateur', 'er', 7],
  ['trice', 'teur', 7],
  ['ieme', '', 6],
  ['teuse', 'ter', 7],
  ['teur', 'ter', 6],
  ['euse', 'eu', 6],
  ['ere', 'er', 7],
  ['ive', 'if', 7],
  ['nnelle', 'n', 9],
  ['nnel', 'n', 9],
  ['ete', 'et', 5],
  ['ique', '', 7],
  ['esse', '', 7],
  ['isation', '', 9],
  ['isateur', '', 9],
  ['ation', '', 7],
  ['ition', '', 7],
];

/** Derivations that lead to one word, for English (after Porter 1980, fewer and each once). */
const english: readonly Ending[] = [
  ['ational', 'ate', 10],
  ['ization', 'ize', 10],
  ['ation', 'ate', 8],
  ['fulness', 'ful', 10],
  ['iveness', 'ive', 10],
  ['ement', '', 8],
  ['ments', '', 8],
  ['ment', '', 7],
  ['ness', '', 7],
  ['ful', '', 6],
  ['able', '', 7],
  ['ible', '', 7],
  ['ance', '', 7],
  ['ence', '', 7],
  ['ion', '', 6],
  ['ity', '', 6],
  ['ive', '', 6],
  ['er', '', 5],
  ['ly', '', 5],
];

const hasVowel = /[aeiouy]/u;

/** A folded word without what its language adds for number, gender, tense and derivation: words of one family meet. */
export function stemWord(word: string, language: Language): string {
  // What holds a digit is a code, not a word.
  if (word.length <= 3 || word.length > 40 || /\d/u.test(word)) return word;
  return language === 'fr' ? stemFrench(word) : stemEnglish(word);
}

function stemFrench(word: string): string {
  let stem = word.endsWith('s') ? word.slice(0, -1) : word;
  if (stem.length > 5 && stem.endsWith('x'))
    stem = /[^e]aux$/u.test(stem) ? `${stem.slice(0, -2)}l` : stem.slice(0, -1);
  stem = withoutEnding(stem, french);
  if (stem.length <= 4) return stem;
  stem = stem.replaceAll(/([a-z])\1/gu, '$1');
  if (stem.endsWith('ie')) stem = stem.slice(0, -2);
  if (stem.length <= 4) return stem;
  return stem.replace(/e{0,2}r?$/u, '');
}

function stemEnglish(word: string): string {
  let stem = word;
  if (stem.endsWith('sses')) stem = stem.slice(0, -2);
  else if (stem.endsWith('ies')) stem = `${stem.slice(0, -3)}y`;
  else if (/[^us]s$/u.test(stem)) stem = stem.slice(0, -1);
  const past = /^(.{3,}?)(?:ing|ed)$/u.exec(stem)?.[1];
  if (past !== undefined && hasVowel.test(past)) {
    stem = /([^lsz])\1$/u.test(past) ? past.slice(0, -1) : /(?:at|bl|iz)$/u.test(past) ? `${past}e` : past;
  }
  stem = withoutEnding(stem, english);
  if (stem.length > 4 && stem.endsWith('e')) stem = stem.slice(0, -1);
  return stem.length > 3 && stem.endsWith('y') ? `${stem.slice(0, -1)}i` : stem;
}

function withoutEnding(word: string, endings: readonly Ending[]): string {
  for (const [ending, instead, least] of endings) {
    if (word.length >= least && word.endsWith(ending)) return word.slice(0, -ending.length) + instead;
  }
  return word;
}
