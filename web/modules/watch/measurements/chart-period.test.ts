import { expect, it } from 'vitest';
import { readView, valuesBefore, writeView } from './chart-period.ts';

it('keeps the whole view in the address, and nothing that is usual', () => {
  const view = {
    period: '7d' as const,
    chosen: { from: 1_767_225_600, until: 1_767_312_000 },
    band: true,
    percentile: true,
    compare: 'week' as const,
  };
  const address = writeView(new URLSearchParams('series=1'), view, '24h');
  expect(address.get('from')).toBe('2026-01-01T00:00:00.000Z');
  expect(readView(address, '24h')).toEqual(view);
  const usual = writeView(
    address,
    { period: '24h', chosen: undefined, band: false, percentile: false, compare: 'none' },
    '24h',
  );
  expect(usual.toString()).toBe('series=1');
});

it('takes nonsense in the address for nothing', () => {
  expect(readView(new URLSearchParams('range=9y&from=x&until=y&compare=never'), '1h')).toEqual({
    period: '1h',
    chosen: undefined,
    band: false,
    percentile: false,
    compare: 'none',
  });
});

it('lays the time before over the time now, though its steps are longer', () => {
  const now = { times: [86_400, 86_700, 87_000], stepSeconds: 300 };
  const before = { times: [0, 600], stepSeconds: 600, values: [1, null] };
  expect(valuesBefore(now, before, 86_400)).toEqual([1, 1, null]);
});
