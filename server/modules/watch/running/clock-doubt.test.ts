import { expect, test } from 'vitest';
import { ClockDoubt } from './clock-doubt.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const start = Date.parse('2026-11-22T12:00:00Z');

test('a clock that goes evenly is believed, day after day', () => {
  const doubt = new ClockDoubt();
  for (let hours = 0; hours < 100; hours += 1)
    expect(doubt.isIn({ wallMs: start + hours * hourMs + hours * 900, steadyMs: hours * hourMs }, 0)).toBe(false);
});

test.each([
  ['a day ahead', dayMs],
  ['a year ahead', 365 * dayMs],
  ['a day back', -dayMs],
])('a clock that jumps %s is doubted for hours, and believed when it stays there', (_what, jumpMs) => {
  const doubt = new ClockDoubt();
  expect(doubt.isIn({ wallMs: start, steadyMs: 0 }, 0)).toBe(false);
  expect(doubt.isIn({ wallMs: start + jumpMs + 60_000, steadyMs: 60_000 }, 0)).toBe(true);
  expect(doubt.isIn({ wallMs: start + jumpMs + hourMs, steadyMs: hourMs }, 0)).toBe(true);
  expect(doubt.isIn({ wallMs: start + jumpMs + 7 * hourMs, steadyMs: 7 * hourMs }, 0)).toBe(false);
});

test('a start after what the clock calls weeks is doubted too; one after a night is not', () => {
  expect(new ClockDoubt().isIn({ wallMs: start, steadyMs: 0 }, 365 * dayMs)).toBe(true);
  expect(new ClockDoubt().isIn({ wallMs: start, steadyMs: 0 }, dayMs / 2)).toBe(false);
});
