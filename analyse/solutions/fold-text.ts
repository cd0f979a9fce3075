/** Marks that stand above or below letters once these are taken apart. */
const marks = /\p{M}+/gu;
const ligatures: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' };
/** What French cuts off before a vowel: l’, d’, qu’ and the like. */
const elided = /(?<![\p{L}\p{N}])(?:(?:jus|lors|puis|quoi)?qu|[cdjlmnst])['’]/gu;
const wordPattern = /[\p{L}\p{N}]+/gu;
/** Between the parts of a name such as readTimeout or XMLReader. */
const camelSeam = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;

/** The text in small letters without accents, ligatures in two letters: as people type when they are in a hurry. */
export function foldText(text: string): string {
  const small = text.toLowerCase();
  return small
    .replaceAll(/[œæßøłđ]/gu, (letter) => ligatures[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(marks, '');
}

/** The words of a text, folded, without what is elided before them. */
export function wordsOf(text: string): string[] {
  return foldText(text).replaceAll(elided, ' ').match(wordPattern) ?? [];
}

/** The words of a text, names written in one word taken apart. */
export function partsOf(text: string): string[] {
  return wordsOf(text.replaceAll(camelSeam, ' '));
}
