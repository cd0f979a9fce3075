import { expect, it } from 'vitest';
import { durationText } from './duration.ts';

it('shows the two largest units, with the unit kept beside its number', () => {
  expect(durationText(252, 'fr')).toBe('4\u00A0min 12\u00A0s');
  expect(durationText(252, 'en')).toBe('4\u00A0min 12\u00A0s');
  expect(durationText(183_700, 'fr')).toBe('2\u00A0j 3\u00A0h');
  expect(durationText(183_700, 'en')).toBe('2\u00A0d 3\u00A0h');
});

it('leaves out what is nothing', () => {
  expect(durationText(3_600, 'en')).toBe('1\u00A0h');
  expect(durationText(3_601, 'en')).toBe('1\u00A0h');
  expect(durationText(0.2, 'en')).toBe('0\u00A0s');
  expect(durationText(-5, 'fr')).toBe('0\u00A0s');
});
