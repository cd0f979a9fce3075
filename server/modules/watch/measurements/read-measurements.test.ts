import { expect, test } from 'vitest';
import { stepFor } from './read-measurements.ts';

test('a chart has steps that people read easily, and no more than its points', () => {
  expect(stepFor(86_400, 300, 5)).toBe(300);
  expect(stepFor(3_600, 300, 5)).toBe(15);
  expect(stepFor(60, 300, 5)).toBe(5);
  expect(stepFor(365 * 86_400, 300, 3_600)).toBe(172_800);
});
