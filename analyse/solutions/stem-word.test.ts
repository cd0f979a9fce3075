import { expect, test } from 'vitest';
import { partsOf, wordsOf } from './fold-text.ts';
import { stemWord } from './stem-word.ts';

const stemsOf = (language: 'en' | 'fr', words: string): string[] => [
  ...new Set(wordsOf(words).map((word) => stemWord(word, language))),
];

test('words of one French family meet', () => {
  expect(stemsOf('fr', 'serveur serveurs')).toHaveLength(1);
  expect(stemsOf('fr', 'journal journaux')).toHaveLength(1);
  expect(stemsOf('fr', 'imprimée imprimer imprimé imprime imprimées')).toHaveLength(1);
  expect(stemsOf('fr', 'l’hôte d’hôtes')).toHaveLength(1);
});

test('words of one English family meet', () => {
  expect(stemsOf('en', 'restart restarts restarted restarting')).toHaveLength(1);
  expect(stemsOf('en', 'connection connections connect connected')).toHaveLength(1);
  expect(stemsOf('en', 'query queries')).toHaveLength(1);
});

test('codes and short words stay as they are', () => {
  for (const word of ['db01', 'cve', 'aws', 's3a', 'https2', 'os']) expect(stemWord(word, 'en')).toBe(word);
});

test('words are read without accents and what is elided, names taken apart', () => {
  expect(wordsOf('L’Œuvre d’été qu’on a lue')).toEqual(['oeuvre', 'ete', 'on', 'a', 'lue']);
  expect(partsOf('readTimeout XMLReader v2Beta')).toEqual(['read', 'timeout', 'xml', 'reader', 'v2', 'beta']);
});
