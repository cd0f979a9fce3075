import type { Language } from '#contract/words.ts';
import { fieldWords } from './field-words.ts';
import { wordsOf } from './fold-text.ts';
import { stemWord } from './stem-word.ts';

/** Names of a thing have so many words at most. */
const longestName = 4;
/** From the names of one language to those of the other, by their stems. */
type Names = ReadonlyMap<string, readonly string[]>;

let known: Readonly<Record<Language, Names>> | undefined;

/**
 * A question in the words of the other language, as far as the field's own words reach: each name that is known by all its names
 * there, what is not known as it stands (codes, products, and many words that both languages share). Undefined when
 * nothing in it is known. Lines stay lines.
 */
export function translateQuestion(text: string, from: Language): string | undefined {
  const names = namesOf(from);
  let isKnown = false;
  const lines = text.split('\n').map((line) => {
    const words = wordsOf(line);
    const stems = words.map((word) => stemWord(word, from));
    const said: string[] = [];
    for (let at = 0; at < words.length;) {
      const { length, meant } = longestKnown(stems, at, names);
      if (meant.length > 0) isKnown = true;
      said.push(...(meant.length > 0 ? meant : [words[at] ?? '']));
      at += length;
    }
    return said.join(' ');
  });
  return isKnown ? lines.join('\n') : undefined;
}

/** The language that the field's words among these speak for, or `otherwise` where they are silent. */
export function fieldLanguageOf(words: readonly string[], otherwise: Language): Language {
  let more = 0;
  for (const word of words)
    more += (namesOf('fr').has(stemWord(word, 'fr')) ? 1 : 0) - (namesOf('en').has(stemWord(word, 'en')) ? 1 : 0);
  return more === 0 ? otherwise : more > 0 ? 'fr' : 'en';
}

function namesOf(language: Language): Names {
  known ??= namesByLanguage();
  return known[language];
}

/** The longest name that begins here, and what it is called in the other language. */
function longestKnown(
  stems: readonly string[],
  at: number,
  names: Names,
): { readonly length: number; readonly meant: readonly string[] } {
  for (let length = Math.min(longestName, stems.length - at); length > 0; length -= 1) {
    const meant = names.get(stems.slice(at, at + length).join(' '));
    if (meant !== undefined) return { length, meant };
  }
  return { length: 1, meant: [] };
}

function namesByLanguage(): Readonly<Record<Language, Names>> {
  const made = { fr: new Map<string, string[]>(), en: new Map<string, string[]>() };
  for (const line of fieldWords.trim().split('\n')) {
    const [french = [], english = []] = line.split('=').map((side) => side.split(',').map((name) => name.trim()));
    learn(made.fr, 'fr', french, english);
    learn(made.en, 'en', english, french);
  }
  return made;
}

function learn(
  names: Map<string, string[]>,
  language: Language,
  own: readonly string[],
  other: readonly string[],
): void {
  for (const name of own) {
    const key = wordsOf(name)
      .map((word) => stemWord(word, language))
      .join(' ');
    names.set(key, [...new Set([...(names.get(key) ?? []), ...other])]);
  }
}
