import { expect, test } from 'vitest';
import type { CapacityForecast } from './forecast-capacity.ts';
import { tellForecast } from './tell-forecast.ts';

const question = { capacity: 100, horizonDays: 90 };
const at = (day: number): number => Date.UTC(2027, 0, day);
const plain: CapacityForecast = {
  fullAtMs: at(20),
  lowMs: at(17),
  highMs: at(24),
  within30Days: 0.9,
  slopePerDay: 0.6667,
  season: null,
  once: [],
  recurrent: [],
  jumps: null,
};

test('a date is told with its interval and what leads there, in both languages', () => {
  expect(tellForecast(plain, question, 'en', 'UTC')).toBe(
    'It will be full about 20\u00A0January 2027, most likely between 17\u00A0January 2027 and 24\u00A0January 2027. It grows by 0.667 a day.',
  );
  const french = tellForecast(plain, question, 'fr', 'UTC');
  expect(french).toContain('20\u00A0janvier 2027');
  expect(french).toContain('0,667');
  expect(tellForecast({ ...plain, highMs: null }, question, 'en', 'UTC')).toContain('not before 17\u00A0January 2027');
});

test('why there is no date is told', () => {
  const none = { ...plain, fullAtMs: null, lowMs: null, highMs: null };
  expect(tellForecast({ ...none, slopePerDay: 0 }, question, 'en', 'UTC')).toBe(
    'No date: it is not likely to be full within 90\u00A0d. It does not grow.',
  );
  expect(tellForecast({ ...none, slopePerDay: -2 }, question, 'en', 'UTC')).toContain('It shrinks by 2 a day.');
  expect(tellForecast({ ...none, lowMs: at(80) }, question, 'en', 'UTC')).toContain('21\u00A0March 2027');
  expect(tellForecast(null, question, 'fr', 'UTC')).toContain('trop peu de valeurs');
});

test('a rhythm and jumps that come again are told', () => {
  const told = tellForecast(
    {
      ...plain,
      season: { periodDays: 7, profile: [1, -1] },
      jumps: { isFall: true, sizes: [19, 21], gaps: [13.5], sinceLast: 3, peaks: [80, 82] },
    },
    question,
    'en',
    'UTC',
  );
  expect(told).toContain('every 7\u00A0d');
  expect(told).toContain('falls by some 20 about every 13\u00A0d 12\u00A0h (seen 2\u00A0×)');
});
