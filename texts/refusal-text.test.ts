import { expect, test } from 'vitest';
import { refusalText } from './refusal-text.ts';

test('a state is told in the reader’s own word, and not at all when there is none', () => {
  expect(refusalText('not_in_this_state', { state: 'open' }, 'fr')).toContain('dans l’état «\u00A0ouvert\u00A0»');
  expect(refusalText('not_in_this_state', { state: 'open' }, 'en')).toContain('while it is “open”');
  expect(refusalText('not_in_this_state', {}, 'fr')).toMatch(/^Ce n’est pas possible maintenant\./u);
  expect(refusalText('not_in_this_state', {}, 'en')).toMatch(/^This is not possible now\./u);
});
