import { expect, test } from 'vitest';
import { fitsOneOf, fitsPattern } from './text-pattern.ts';

test.each([
  ['GigabitEthernet0/1', 'gi*0/1', true],
  ['GigabitEthernet0/11', 'gi*0/1', false],
  ['eth0', 'eth?', true],
  ['eth', 'eth?', false],
  ['', '*', true],
  ['', '', true],
  ['a', '', false],
  ['abcabc', '*abc', true],
])('%s and %s', (text, pattern, fits) => {
  expect(fitsPattern(text, pattern)).toBe(fits);
});

test('one of several is enough', () => {
  expect(fitsOneOf('eth3', 'lo, eth*')).toBe(true);
  expect(fitsOneOf('eth3', ', ,')).toBe(false);
});

test('a pattern made to be slow is not', () => {
  expect(fitsPattern('a'.repeat(8_000), `${'*a'.repeat(40)}*b`)).toBe(false);
});
