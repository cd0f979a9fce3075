import { expect, it } from 'vitest';
import { leastWidthOf } from './column.ts';

it('a list needs the least of each column, and what is between and beside them', () => {
  expect(leastWidthOf([])).toBe(40);
  expect(leastWidthOf(['22px', 'minmax(160px, 2fr)', '140px'])).toBe(22 + 160 + 140 + 2 * 12 + 40);
});
