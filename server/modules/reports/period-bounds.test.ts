import { expect, it } from 'vitest';
import { periodBounds } from './period-bounds.ts';

const bounds = (period: Parameters<typeof periodBounds>[0], now: string, zone = 'Europe/Paris') => {
  const { from, until } = periodBounds(period, zone, new Date(now));
  return [from.toISOString(), until.toISOString()];
};

it('bounds a month by the clocks of the zone, across the end of summer time', () => {
  expect(bounds('last_month', '2026-11-22T12:00:00Z')).toEqual([
    '2026-09-30T22:00:00.000Z',
    '2026-10-31T23:00:00.000Z',
  ]);
  expect(bounds('last_month', '2026-01-01T00:30:00Z')).toEqual([
    '2025-11-30T23:00:00.000Z',
    '2025-12-31T23:00:00.000Z',
  ]);
});

it('begins weeks on Monday, and ends what lasts now', () => {
  expect(bounds('last_week', '2026-11-22T12:00:00Z')).toEqual(['2026-11-08T23:00:00.000Z', '2026-11-15T23:00:00.000Z']);
  expect(bounds('this_week', '2026-11-22T12:00:00Z')).toEqual(['2026-11-15T23:00:00.000Z', '2026-11-22T12:00:00.000Z']);
});

it('knows quarters and years', () => {
  expect(bounds('last_quarter', '2026-02-03T12:00:00Z', 'UTC')).toEqual([
    '2025-10-01T00:00:00.000Z',
    '2026-01-01T00:00:00.000Z',
  ]);
  expect(bounds('last_year', '2026-02-03T12:00:00Z', 'UTC')).toEqual([
    '2025-01-01T00:00:00.000Z',
    '2026-01-01T00:00:00.000Z',
  ]);
  expect(bounds('this_year', '2026-02-03T12:00:00Z', 'UTC')).toEqual([
    '2026-01-01T00:00:00.000Z',
    '2026-02-03T12:00:00.000Z',
  ]);
});
