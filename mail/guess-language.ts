import type { Language } from '#contract/words.ts';

/** Words that one language uses in every second sentence and the other never. */
const usual: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: new Set(
    'the and is are was you we my this that with have has for please hello hi not can cannot when from your it'.split(
      ' ',
    ),
  ),
  fr: new Set(
    'le la les des du et est sont je vous nous mon ma mes ce cette avec pour bonjour bonsoir merci pas ne une que qui sur dans'.split(
      ' ',
    ),
  ),
};
const mostWords = 400;
/** So many more of one language than of the other are needed to tell. */
const least = 2;

/** The language in which a text is written; null when it cannot be told. */
export function guessLanguage(text: string): Language | null {
  const words = (
    text
      .slice(0, 5_000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  ).slice(0, mostWords);
  const count = (language: Language): number => words.filter((word) => usual[language].has(word)).length;
  const lead = count('fr') - count('en');
  if (Math.abs(lead) < least) return null;
  return lead > 0 ? 'fr' : 'en';
}
