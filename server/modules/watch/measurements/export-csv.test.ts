import { expect, test } from 'vitest';
import { csvCell } from '#platform/csv.ts';
import { exactDigits } from './export-csv.ts';

test('a number is told with the fewest digits that give it back', () => {
  for (const value of [0.1, 1 / 3, 123_456.78, 5e-9, 0, 4_096, 16_777_217])
    expect(Math.fround(Number(exactDigits(Math.fround(value))))).toBe(Math.fround(value));
  expect(exactDigits(Math.fround(0.1))).toBe('0.1');
  expect(exactDigits(Number.NaN)).toBe('');
});

test('a cell is no formula and never two cells', () => {
  expect(csvCell('=1+1', ',')).toBe("'=1+1");
  expect(csvCell('\r=1+1', ',')).toBe('"\'\r=1+1"');
  expect(csvCell('a;b', ';')).toBe('"a;b"');
  expect(csvCell('a;b', ',')).toBe('a;b');
  expect(csvCell('say "x"', ',')).toBe('"say ""x"""');
});
