import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDetector, type Judgement } from './detector.ts';
import type { Anomaly } from './reason.ts';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
const startMs = Date.UTC(2026, 0, 5);

type Point = readonly [timeMs: number, value: number];

/** Noise that is the same each time: uniform, mean 0, between -1 and 1. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Values every five minutes for so many days. */
function series(days: number, valueAt: (timeMs: number, index: number) => number): Point[] {
  const step = 5 * minuteMs;
  return Array.from({ length: (days * dayMs) / step }, (_, index) => {
    const timeMs = startMs + index * step;
    return [timeMs, valueAt(timeMs, index)];
  });
}

/** A service that is busy by day and quiet at night. */
function service(days: number): Point[] {
  const rough = noise(7);
  return series(days, (timeMs) => 100 + 40 * Math.sin((timeMs / dayMs) * 2 * Math.PI) + 3 * rough());
}

function judge(points: readonly Point[]): Judgement[] {
  const detector = createDetector();
  return points.map(([timeMs, value]) => detector.push(timeMs, value));
}

function anomaliesOf(points: readonly Point[]): { readonly at: number; readonly anomaly: Anomaly }[] {
  return judge(points).flatMap(({ anomaly }, at) => (anomaly === undefined ? [] : [{ at, anomaly }]));
}

/** The same series, with another value at some places. */
function changed(points: readonly Point[], change: (value: number, at: number) => number): Point[] {
  return points.map(([timeMs, value], at) => [timeMs, change(value, at)]);
}

describe('what an operator is told', () => {
  const usual = service(14);
  const late = 3500;

  test('a service that goes its daily way is hardly ever told of', () => {
    expect(anomaliesOf(usual).length).toBeLessThanOrEqual(1);
  });

  test('a value far from the others is told at once, and told once', () => {
    const told = anomaliesOf(changed(usual, (value, at) => (at >= late && at < late + 5 ? 400 : value)));
    const inside = told.filter(({ at }) => at >= late && at < late + 40);
    expect(inside.map(({ at }) => at)).toEqual([late]);
    expect(inside[0]?.anomaly.seen).toBe(400);
    expect(inside[0]?.anomaly.expected).toBeLessThan(200);
  });

  test('a new level is told within half an hour, with the time it began', () => {
    const told = anomaliesOf(changed(usual, (value, at) => (at >= late ? value + 120 : value)));
    const first = told.find(({ at }) => at >= late);
    expect(first?.at).toBeLessThan(late + 6);
    expect(first?.anomaly.sinceMs).toBeGreaterThanOrEqual(startMs + (late - 6) * 5 * minuteMs);
  });

  test('a day that does not come is told, though each of its values is usual at another time', () => {
    const noon = 12 * 288 + 72;
    const told = anomaliesOf(changed(usual, (value, at) => (at >= noon && at < noon + 60 ? value - 75 : value)));
    expect(told.some(({ at }) => at >= noon && at < noon + 60)).toBe(true);
  });

  test('what comes each night is soon no news', () => {
    const told = anomaliesOf(changed(service(28), (value, at) => (at % 288 < 3 ? value + 200 : value)));
    expect(told.filter(({ at }) => at > 14 * 288).length).toBeLessThanOrEqual(1);
  });

  test('a series that never changed and changes is told; one that never does is not', () => {
    const flat = series(10, () => 5);
    expect(anomaliesOf(flat)).toEqual([]);
    const told = anomaliesOf(changed(flat, (value, at) => (at === 2500 ? 6 : value))).map(({ at }) => at);
    expect(told).toEqual([2500]);
  });

  test('values that stayed away are told when they come again, with how long', () => {
    const told = anomaliesOf(usual.filter((_, at) => at < late || at > late + 50));
    const silence = told.find(({ anomaly }) => anomaly.kind === 'silence');
    expect(silence?.anomaly).toMatchObject({ expected: 5 * minuteMs, seen: 52 * 5 * minuteMs });
  });

  test('values that stand still, though they used to move, are told once', () => {
    const told = anomaliesOf(changed(usual, (value, at) => (at >= late && at < late + 40 ? 123 : value)));
    expect(told.filter(({ anomaly }) => anomaly.kind === 'stuck').length).toBeLessThanOrEqual(1);
    expect(told.some(({ at }) => at >= late && at < late + 40)).toBe(true);
  });

  test('a counter is judged by its rate, and its restart is no anomaly', () => {
    const rough = noise(3);
    let count = 0;
    const counted = series(14, (_, index) => {
      count = index === 3000 ? 0 : count + 3000 + 100 * rough();
      return count;
    });
    const told = anomaliesOf(counted).map(({ at }) => at);
    expect(told.length).toBeLessThanOrEqual(2);
    expect(told.some((at) => Math.abs(at - 3000) < 30)).toBe(false);
    let more = 0;
    const faster = counted.map(([timeMs, value], at): Point => {
      more += at >= late && at < late + 10 ? 9000 : 0;
      return [timeMs, value + more];
    });
    expect(anomaliesOf(faster).some(({ at }) => at === late)).toBe(true);
  });
});

describe('what holds for any series', () => {
  const anyNumber = fc.double();

  test('a time beyond all calendars is as if nothing came', () => {
    const detector = createDetector();
    for (const timeMs of [3.4e22, -1e300, 8.7e15]) expect(detector.push(timeMs, 5).score).toBe(0);
    expect(detector.push(startMs, 5).score).toBeGreaterThanOrEqual(0);
  });
  const anyPoints = fc.array(fc.tuple(fc.oneof(fc.double(), fc.integer({ min: 0, max: 2e12 })), anyNumber), {
    maxLength: 300,
  });
  /** Series of which much is usual, so that the parts that need a past are reached. */
  const wildPoints = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 3_600_000 }), fc.oneof(fc.integer({ min: 0, max: 20 }), anyNumber)), {
      minLength: 200,
      maxLength: 600,
    })
    .map((steps) => {
      let timeMs = startMs;
      return steps.map(([stepMs, value]): Point => [(timeMs += stepMs), value]);
    });

  test('a score is a number from 0 to 1, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(anyPoints, wildPoints), (points) => {
        for (const { score, anomaly, expected } of judge(points)) {
          expect(score >= 0 && score <= 1).toBe(true);
          expect(Number.isNaN(expected)).toBe(false);
          expect(anomaly !== undefined && (score < 0.5 || !Number.isFinite(anomaly.seen))).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('no score depends on what comes later', () => {
    fc.assert(
      fc.property(wildPoints, fc.double({ min: 0, max: 1, noNaN: true }), (points, share) => {
        const cut = Math.floor(points.length * share);
        expect(judge(points.slice(0, cut))).toEqual(judge(points).slice(0, cut));
      }),
      { numRuns: 40 },
    );
  });

  test('one that was saved and goes on answers as one that never stopped, to the last bit', () => {
    fc.assert(
      fc.property(wildPoints, fc.double({ min: 0, max: 1, noNaN: true }), (points, share) => {
        const cut = Math.floor(points.length * share);
        const first = createDetector();
        const before = points.slice(0, cut).map(([timeMs, value]) => first.push(timeMs, value));
        const second = createDetector(first.save());
        const after = points.slice(cut).map(([timeMs, value]) => second.push(timeMs, value));
        expect([...before, ...after]).toEqual(judge(points));
      }),
      { numRuns: 40 },
    );
  });

  test('what is kept of a series stays under 28 kB, however long it grows', () => {
    const detector = createDetector();
    const size = detector.save().length;
    for (const [timeMs, value] of service(60)) detector.push(timeMs, value);
    expect(detector.save().length).toBe(size);
    expect(size).toBeLessThan(28_000);
  });

  test('a missing value changes nothing', () => {
    const points = service(4);
    const detector = createDetector();
    for (const [timeMs, value] of points) detector.push(timeMs, value);
    const saved = detector.save();
    expect(detector.push(startMs + 5 * dayMs, Number.NaN).score).toBe(0);
    expect(detector.save()).toEqual(saved);
  });

  test('a gap beyond all measure leaves numbers that are numbers', () => {
    const detector = createDetector();
    for (let at = 0; at < 400; at += 1) detector.push(startMs, at % 3);
    const after = [8e15, 8e15, 8e15 + 1].map((timeMs) => detector.push(timeMs, 1).score);
    expect(after.every((score) => score >= 0 && score <= 1)).toBe(true);
  });

  test('a state of another version is refused', () => {
    expect(() => createDetector(new Uint8Array(10))).toThrow(RangeError);
  });
});
