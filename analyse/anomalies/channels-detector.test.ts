import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChannelsDetector } from './channels-detector.ts';

/** Three channels: two that are noise around a level, one that wanders. */
function moments(count: number, seed = 1): number[][] {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  let wandering = 50;
  return Array.from({ length: count }, () => [10 + random(), 200 + 20 * random(), (wandering += 0.02 * random())]);
}

function judge(rows: readonly (readonly number[])[]): number[] {
  const detector = new ChannelsDetector(3);
  return rows.map((values, at) => detector.push(at * 1000, values).score);
}

describe('several channels together', () => {
  test('a strange state is told as long as it lasts, and not after', () => {
    const rows = moments(1200).map(([a = 0, b = 0, c = 0], at) => (at >= 700 && at < 900 ? [a + 2, b, c] : [a, b, c]));
    const scores = judge(rows);
    expect(scores.slice(0, 700).filter((score) => score >= 0.5).length).toBeLessThanOrEqual(7);
    expect(scores.slice(715, 900).every((score) => score >= 0.5)).toBe(true);
    expect(scores.slice(950).filter((score) => score >= 0.5).length).toBeLessThanOrEqual(15);
  });

  test('the reason names the channel, what it usually is, and since when', () => {
    const detector = new ChannelsDetector(3);
    let reason;
    for (const [at, values] of moments(800).entries()) {
      const [a = 0, b = 0, c = 0] = values;
      ({ reason } = detector.push(at * 1000, at < 700 ? values : [a, b + 100, c]));
    }
    expect(reason?.channel).toBe(1);
    expect(reason?.expected).toBeCloseTo(200, -1);
    expect(reason?.sinceMs).toBeGreaterThanOrEqual(700_000);
    expect(reason?.sinceMs).toBeLessThan(720_000);
  });

  test('a state that stays is the new normal', () => {
    const scores = judge(moments(3600).map(([a = 0, b = 0, c = 0], at) => (at >= 700 ? [a + 5, b, c] : [a, b, c])));
    expect(scores.slice(750, 2000).every((score) => score >= 0.5)).toBe(true);
    expect(scores.slice(3000).filter((score) => score >= 0.5).length).toBeLessThanOrEqual(30);
  });

  test('no score depends on what comes later; a saved one goes on the same; scores are numbers from 0 to 1', () => {
    const anyRows = fc.array(fc.tuple(fc.double(), fc.double(), fc.integer({ min: 0, max: 5 })), { maxLength: 60 });
    fc.assert(
      fc.property(anyRows, fc.nat(500), (odd, cut) => {
        const rows = [...moments(430), ...odd];
        const whole = judge(rows);
        expect(whole.every((score) => score >= 0 && score <= 1)).toBe(true);
        expect(judge(rows.slice(0, cut))).toEqual(whole.slice(0, cut));
        const first = new ChannelsDetector(3);
        rows.slice(0, cut).forEach((values, at) => first.push(at * 1000, values));
        const second = new ChannelsDetector(3);
        second.restore(first.save());
        const rest = rows.slice(cut).map((values, at) => second.push((cut + at) * 1000, values).score);
        expect(rest).toEqual(whole.slice(cut));
      }),
      { numRuns: 40 },
    );
  });
});
