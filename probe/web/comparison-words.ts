import type { Language } from '#contract/words.ts';

const words: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { equals: 'equal to', differs: 'other than', contains: 'something with', above: 'above', below: 'below' },
  fr: {
    equals: 'égale à',
    differs: 'autre que',
    contains: 'un texte avec',
    above: 'au-dessus de',
    below: 'au-dessous de',
  },
};

/** A comparison inside a sentence: “it should be … 3”. */
export function comparisonWords(language: Language, comparison: string): string {
  const known = words[language];
  return (Object.hasOwn(known, comparison) ? known[comparison] : undefined) ?? comparison;
}
