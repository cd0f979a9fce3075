import type { Language } from '#contract/words.ts';

const french = new Set(
  (
    'le la les de des du un une et est que qui dans pour par sur au aux ne pas ce se il elle on nous vous ils elles je tu ' +
    'en plus son sa ses mon ma mes ton ta tes notre nos votre vos leur leurs cet cette ces ai as ont avoir etre sont suis ' +
    'etes ete etait quel quelle quels quelles quoi comment pourquoi ou quand combien si y avec sans mais donc or ni car ' +
    'faire fait faut peut peux peuvent dois doit doivent puis me te lui eux qu quelqu entre afin ainsi comme tres tout ' +
    'tous toute toutes meme aussi alors lors lorsque dont cela ca ceci celui celle ceux'
  ).split(' '),
);

const english = new Set(
  (
    'the of and to is in that for on with as by it this be are not from or an at was were been has have had do does did ' +
    'can could should would will may might when where which who what how why i we you he she they them their our your ' +
    'my its if then than but so no there here into about after before out up a'
  ).split(' '),
);

/** Whether a folded word says how others belong together, and nothing by itself, in either language. */
export function isFunctionWord(word: string): boolean {
  return french.has(word) || english.has(word) || (word.length === 1 && /[acdjlmnsty]/u.test(word));
}

/** How much more French than English the words are, by those that only hold others together: above 0 for French. */
export function frenchness(words: readonly string[]): number {
  let more = 0;
  for (const word of words) more += (french.has(word) ? 1 : 0) - (english.has(word) ? 1 : 0);
  return more;
}

/** The language that most of the words speak for, or `otherwise` where they are silent. */
export function languageOf(words: readonly string[], otherwise: Language): Language {
  const more = frenchness(words);
  return more === 0 ? otherwise : more > 0 ? 'fr' : 'en';
}
