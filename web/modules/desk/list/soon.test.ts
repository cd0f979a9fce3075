import { describe, expect, it } from 'vitest';
import { soonAt } from './soon.ts';

const at = (name: Parameters<typeof soonAt>[0], now: Date): (number | undefined)[] => {
  const found = soonAt(name, now);
  return [found?.getMonth(), found?.getDate(), found?.getHours(), found?.getMinutes()];
};
// Sunday 1 March 2026, a quarter past seven in the evening, by the local clock.
const sunday = new Date(2026, 2, 1, 19, 15);

describe('named moments', () => {
  it('begin a working day at nine', () => {
    expect(at('tomorrow', sunday)).toEqual([2, 2, 9, 0]);
    expect(at('monday', sunday)).toEqual([2, 2, 9, 0]);
    expect(at('week', sunday)).toEqual([2, 8, 9, 0]);
  });
  it('mean the next Monday on a Monday', () => {
    expect(at('monday', new Date(2026, 2, 2, 8, 0))).toEqual([2, 9, 9, 0]);
  });
  it('offer this evening only while it is to come', () => {
    expect(soonAt('evening', sunday)).toBeNull();
    expect(at('evening', new Date(2026, 2, 1, 12, 0))).toEqual([2, 1, 18, 0]);
  });
  it('count an hour from now', () => {
    expect(at('hour', sunday)).toEqual([2, 1, 20, 15]);
  });
});
