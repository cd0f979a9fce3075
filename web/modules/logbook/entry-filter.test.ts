import { describe, expect, it } from 'vitest';
import { entryInput, filterOf, isWide } from './entry-filter.ts';

const read = (address: string) => filterOf(new URLSearchParams(address));

describe('the filter of the logbook in the address', () => {
  it('leaves out what makes no sense', () => {
    expect(isWide(read('kind=nothing&from=yesterday&until=2026-13-45&ticket=7'))).toBe(true);
  });

  it('asks for whole days, the last one included', () => {
    const { from, until } = entryInput(read('from=2026-11-20&until=2026-11-21'));
    expect(Date.parse(until ?? '') - Date.parse(from ?? '')).toBe(2 * 86_400_000 - 1);
  });

  it('searches for what was typed, without the spaces around', () => {
    expect(entryInput(read('q=%20nginx%20&kind=note'))).toEqual({ limit: 100, search: 'nginx', kind: 'note' });
  });
});
