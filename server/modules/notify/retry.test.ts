import { describe, expect, it } from 'vitest';
import { nextTry, pauseMs } from './retry.ts';

describe('a notice whose server is down', () => {
  it('is tried again soon at first, then less and less often, and never rarer than every quarter of an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 50].map((attempts) => pauseMs(attempts) / 1_000)).toEqual([
      5, 15, 45, 135, 405, 900, 900,
    ]);
  });

  it('is tried for a whole day', () => {
    const made = new Date('2026-11-20T08:00:00Z');
    let now = made;
    let attempts = 0;
    for (let next: Date | null = made; next !== null; next = nextTry(made, attempts, now)) {
      now = next;
      attempts += 1;
    }
    const hours = (now.getTime() - made.getTime()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.7);
    expect(hours).toBeLessThanOrEqual(24);
    expect(attempts).toBeGreaterThan(90);
  });

  it('is not given up because the clock jumped a year ahead', () => {
    const made = new Date('2026-11-20T08:00:00Z');
    const ahead = new Date('2027-11-20T08:00:00Z');
    expect(nextTry(made, 2, ahead)).toEqual(new Date(ahead.getTime() + 15_000));
  });
});
