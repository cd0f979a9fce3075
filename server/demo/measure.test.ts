import { describe, expect, test } from 'vitest';
import { checks, lookedOf } from './company/checks.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { inventResult } from './invent-result.ts';
import { busyness, measure } from './measure.ts';

const monday = Date.parse('2026-11-23T00:00:00Z');
const hourMs = 3_600_000;

test('people are busy on weekday mornings, and not at night or on Sundays', () => {
  expect(busyness(monday + 9.5 * hourMs, 1)).toBeGreaterThan(0.9);
  expect(busyness(monday + 2 * hourMs, 1)).toBeLessThan(0.1);
  expect(busyness(monday - 14.5 * hourMs, 1)).toBeLessThan(0.2);
});

test('pages take longer when people are busy', () => {
  const page = checks.find(({ kind }) => kind === 'http');
  if (page === undefined) throw new Error('the company has no page');
  const meanAt = (hour: number): number => {
    const days = Array.from({ length: 10 }, (_none, day) => monday + (day * 7 * 24 + hour) * hourMs);
    const totals = days.map((atMs) => measure(lookedOf(page), atMs).find(({ name }) => name === 'total')?.value ?? 0);
    return totals.reduce((sum, value) => sum + value, 0) / totals.length;
  };
  expect(meanAt(10)).toBeGreaterThan(meanAt(2) * 1.2);
});

describe('every check of the company', () => {
  test.each(['up', 'down', 'degraded', 'gone'] as const)('tells a sentence in both languages when it is %s', (how) => {
    for (const check of checks) {
      const kind = kinds.get(check.kind);
      const result = inventResult(lookedOf(check), how === 'up' ? null : how, monday);
      expect(result.verdict === 'up').toBe(how === 'up');
      for (const language of ['en', 'fr'] as const) {
        const sentence = kind?.tell(result.reason, language) ?? '';
        expect(sentence).not.toBe(result.reason.code);
        expect(sentence).not.toMatch(/undefined|NaN/u);
      }
      for (const { name } of result.metrics) expect(kind?.texts.en.metrics).toHaveProperty(name.split(':')[0] ?? '');
    }
  });
});
