import { expect, test } from 'vitest';
import { guessLanguage } from './guess-language.ts';

test('a language is told by its small words, and not where there are too few', () => {
  expect(guessLanguage('Bonjour, je ne peux pas imprimer sur le poste 12.')).toBe('fr');
  expect(guessLanguage('Hello, I cannot print from my laptop, please have a look.')).toBe('en');
  expect(guessLanguage('Urgent !!! VPN HS')).toBeNull();
  expect(guessLanguage('')).toBeNull();
});
