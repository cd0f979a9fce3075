import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { State } from '#contract/alert.ts';
import { combineTimelines, figuresOf, timelinesOf, type Change, type CheckPast, type Stretch } from './availability.ts';

const period = { fromMs: 0, untilMs: 1_000_000 };

function change(atSeconds: number, from: State, to: State, given: Partial<Change> = {}): Change {
  const atMs = atSeconds * 1_000;
  return { atMs, firstMs: atMs - 2_000, agreedMs: atMs - 7_000, from, to, excluded: null, ...given };
}

function pastOf(changes: readonly Change[], given: Partial<CheckPast> = {}): CheckPast {
  return { watchedMs: -1, intervalMs: 5_000, state: 'up', changes, exclusions: [], blind: [], ...given };
}

const of = (changes: readonly Change[], given: Partial<CheckPast> = {}) =>
  figuresOf(timelinesOf(pastOf(changes, given), period));

describe('availability', () => {
  test('of what never failed is all, and of what nobody looked at is nothing', () => {
    expect(of([])).toMatchObject({ low: 100, high: 100, counted: 1_000, up: 1_000, outages: 0 });
    expect(of([], { state: 'unknown' })).toMatchObject({ low: null, high: null, unknown: 1_000 });
  });

  test('lies between what follows from the results around each change', () => {
    const outage = [change(107, 'up', 'down'), change(207, 'down', 'up')];
    // Good until 100, bad from 105; bad until 200, good from 205.
    expect(of(outage)).toMatchObject({ downLeast: 95, downMost: 105, low: 89.5, high: 90.5, outages: 1 });
  });

  test('counts the period only since something is watched, and as it was before', () => {
    expect(of([], { watchedMs: 600_000 })).toMatchObject({ counted: 400, up: 400 });
    const before = [change(-50, 'up', 'down'), change(502, 'down', 'up', { firstMs: 500_000, agreedMs: 500_000 })];
    expect(of(before)).toMatchObject({ downMost: 500, downLeast: 500, low: 50 });
  });

  test('leaves out agreed work, and tells it', () => {
    const work = { fromMs: 90_000, untilMs: 210_000, kind: 'maintenance' as const, why: 'new disk' };
    const told = timelinesOf(
      pastOf([change(107, 'up', 'down'), change(207, 'down', 'up')], { exclusions: [work] }),
      period,
    );
    expect(figuresOf(told)).toMatchObject({ low: 100, high: 100, counted: 880, outages: 0 });
    expect(told.exclusions).toEqual([work]);
  });

  test('leaves out what was our own fault, from the last result that was known to the next', () => {
    const ours = { kind: 'ours' as const, why: 'gateway' };
    const told = timelinesOf(
      pastOf([change(107, 'up', 'unknown', { excluded: ours }), change(207, 'unknown', 'up')]),
      period,
    );
    expect(told.exclusions).toEqual([{ fromMs: 100_000, untilMs: 205_000, ...ours }]);
    expect(figuresOf(told)).toMatchObject({ counted: 895, low: 100, unknown: 0 });
  });

  test('does not know what nobody saw', () => {
    expect(of([], { blind: [{ fromMs: 100_000, untilMs: 300_000 }] })).toMatchObject({
      unknown: 200,
      up: 800,
      low: 100,
      counted: 1_000,
    });
  });

  test('of several together is down when one is, and not known when one is not known', () => {
    const one = timelinesOf(
      pastOf([change(100, 'up', 'down', exactly(100)), change(200, 'down', 'up', exactly(200))]),
      period,
    );
    const other = timelinesOf(
      pastOf([change(150, 'up', 'unknown', exactly(150)), change(300, 'unknown', 'up', exactly(300))]),
      period,
    );
    expect(figuresOf(combineTimelines([one, other]))).toMatchObject({ downMost: 100, unknown: 100, up: 800 });
  });
});

function exactly(seconds: number) {
  return { firstMs: seconds * 1_000, agreedMs: seconds * 1_000 };
}

const states = ['up', 'degraded', 'down', 'unreachable', 'unknown'] as const;
const story = fc
  .array(fc.record({ gap: fc.integer({ min: 10, max: 90 }), to: fc.constantFrom(...states) }), { maxLength: 15 })
  .map((steps) => {
    let at = -30;
    let from: State = 'up';
    return steps.flatMap(({ gap, to }) => {
      at += gap;
      if (to === from) return [];
      const changed = change(at, from, to);
      from = to;
      return changed;
    });
  });
const span = fc
  .tuple(fc.integer({ min: -100, max: 1_000 }), fc.integer({ min: 1, max: 200 }))
  .map(([from, length]) => ({ fromMs: from * 1_000, untilMs: (from + length) * 1_000 }));
const past = fc.record({
  changes: story,
  blind: fc.array(span, { maxLength: 3 }),
  work: fc.array(span, { maxLength: 3 }),
});

function pastFrom({
  changes,
  blind,
  work,
}: {
  changes: Change[];
  blind: { fromMs: number; untilMs: number }[];
  work: { fromMs: number; untilMs: number }[];
}) {
  const exclusions = work.map((each) => ({ ...each, kind: 'maintenance' as const, why: '' }));
  return pastOf(changes, { blind, exclusions, state: changes.at(-1)?.to ?? 'up' });
}

function expectWhole(stretches: readonly Stretch[]): void {
  let at = period.fromMs;
  for (const { fromMs, untilMs } of stretches) {
    expect(fromMs).toBe(at);
    expect(untilMs).toBeGreaterThan(fromMs);
    at = untilMs;
  }
  expect(at).toBe(period.untilMs);
}

describe('whatever happened', () => {
  test('each moment counts once: the stretches fill the period without gaps', () => {
    fc.assert(
      fc.property(past, (given) => {
        const { worst, best } = timelinesOf(pastFrom(given), period);
        expectWhole(worst);
        expectWhole(best);
      }),
    );
  });

  test('the figures add up, and the least outage is no longer than the longest', () => {
    fc.assert(
      fc.property(past, (given) => {
        const sums = figuresOf(timelinesOf(pastFrom(given), period));
        expect(sums.up + sums.down + sums.unknown).toBeCloseTo(sums.counted, 6);
        expect(sums.downLeast).toBeLessThanOrEqual(sums.downMost + 1e-9);
        expect(sums.low ?? 0).toBeLessThanOrEqual((sums.high ?? 0) + 1e-9);
      }),
    );
  });

  test('several together are never better than one of them', () => {
    fc.assert(
      fc.property(past, past, (one, other) => {
        const [first, second] = [one, other].map((each) => timelinesOf(pastFrom({ ...each, work: [] }), period));
        if (first === undefined || second === undefined) return;
        const both = figuresOf(combineTimelines([first, second]));
        expect(both.downMost).toBeGreaterThanOrEqual(
          Math.max(figuresOf(first).downMost, figuresOf(second).downMost) - 1e-6,
        );
      }),
    );
  });
});
