import { describe, expect, it } from 'vitest';
import { judgeSeries, type GoingOn, type JudgedSeries } from './judge-series.ts';

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 0, 5);

/** A day's rhythm with some noise that is the same each time; a level of its own from `shiftAt` on, until `backAt`. */
function course(count: number, shiftAt = Infinity, backAt = Infinity): { times: Float64Array; values: Float64Array } {
  let seed = 7;
  const noise = (): number => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647 - 0.5;
  };
  const times = Float64Array.from({ length: count }, (_, at) => startMs + at * 5 * minuteMs);
  const values = times.map((_time, at) => 20 + noise() * 2 + (at >= shiftAt && at < backAt ? 60 : 0));
  return { times, values };
}

function judge(
  { times, values }: { times: Float64Array; values: Float64Array },
  before: { state: Uint8Array | null; untilMs: number; goingOn?: readonly GoingOn[] } = {
    state: null,
    untilMs: 0,
  },
): JudgedSeries {
  const series = [{ id: 1, place: 0, goingOn: [], ...before }];
  const [judged] = judgeSeries({ checkNumber: 1, times, values: [values], series });
  if (judged === undefined) throw new Error('nothing was judged');
  return judged;
}

describe('samples judged in batches', () => {
  it('gives the same in one batch and in many, and bounded bytes', () => {
    const whole = course(3_000, 2_700);
    const once = judge(whole);
    let state: Uint8Array | null = null;
    let untilMs = 0;
    const noticed: unknown[] = [];
    for (let from = 0; from < 3_000; from += 37) {
      const part = judge(
        { times: whole.times.subarray(from, from + 37), values: whole.values.subarray(from, from + 37) },
        { state, untilMs },
      );
      ({ state, untilMs } = part);
      noticed.push(...part.noticed.map(({ atMs, kind, score }) => ({ atMs, kind, score })));
    }
    expect(noticed).toEqual(once.noticed.map(({ atMs, kind, score }) => ({ atMs, kind, score })));
    expect(once.noticed.length).toBeGreaterThan(0);
    expect(Buffer.from(state ?? []).equals(Buffer.from(once.state))).toBe(true);
    expect(once.state.length).toBeLessThan(50_000);
  });

  it('ends an anomaly when values are back, whichever batch that comes in', () => {
    const whole = course(3_000, 2_700, 2_760);
    const once = judge(whole);
    const first = once.noticed[0];
    expect(first).toMatchObject({ overWhy: 'back', overMs: startMs + 2_764 * 5 * minuteMs });
    const before = judge({ times: whole.times.subarray(0, 2_740), values: whole.values.subarray(0, 2_740) });
    const open = before.noticed[0];
    if (open === undefined) throw new Error('nothing was noticed');
    expect(open.overMs).toBeNull();
    const { kind, expected, seen, atMs, calm } = open;
    const after = judge(whole, {
      state: before.state,
      untilMs: before.untilMs,
      goingOn: [{ id: 'a', kind, expected, seen, atMs, calm }],
    });
    expect(after.changed).toEqual([{ id: 'a', calm: 5, overMs: first?.overMs, overWhy: 'back' }]);
  });

  it('takes what has been so for a day for the usual', () => {
    const judged = judge(course(3_300, 2_700));
    expect(judged.noticed[0]?.overWhy).toBe('learnt');
  });

  it('judges no sample twice, and starts anew on bytes of another version', () => {
    const some = course(100);
    const first = judge(some);
    const again = judge(some, { state: first.state, untilMs: first.untilMs });
    expect(again.samples).toBe(0);
    expect(Buffer.from(again.state).equals(Buffer.from(first.state))).toBe(true);
    expect(judge(some, { state: new Uint8Array(12), untilMs: 0 }).samples).toBe(100);
  });
});
