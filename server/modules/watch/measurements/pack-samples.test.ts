import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergePoints, packPoints, unpackPoints } from './pack-points.ts';
import { packSamples, unpackColumns, unpackSamples, type Sample } from './pack-samples.ts';

const value = fc.option(fc.float({ noNaN: true, noDefaultInfinity: true }).map(Math.fround), { nil: null });
const sample = fc.record<Sample>({
  atMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  verdict: fc.integer({ min: 0, max: 3 }),
  confirming: fc.boolean(),
  durationMs: fc.float({ min: 0, max: 60_000, noNaN: true }).map(Math.fround),
  reason: fc.string().map((text) => JSON.stringify({ code: text, data: {} })),
  output: fc.option(fc.string(), { nil: null }),
  values: fc.array(value, { minLength: 2, maxLength: 2 }),
});

describe('packed samples', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 40 }), (samples) => {
        expect(unpackSamples(packSamples(samples))).toEqual(samples);
      }),
    );
  });

  test('of different width come back with gaps, by column too', () => {
    const one = { verdict: 0, confirming: false, durationMs: 1, reason: '{}', output: null };
    const packed = packSamples([
      { ...one, atMs: 1_000, values: [7] },
      { ...one, atMs: 2_000, values: [] },
      { ...one, atMs: 3_000, values: [8, 9] },
    ]);
    expect(unpackSamples(packed).map(({ values }) => values)).toEqual([
      [7, null],
      [null, null],
      [8, 9],
    ]);
    const { times, values } = unpackColumns(packed, [2, 5]);
    expect(times).toEqual([1_000, 2_000, 3_000]);
    expect(values.map((column) => [...column])).toEqual([
      [Number.NaN, Number.NaN, 9],
      [Number.NaN, Number.NaN, Number.NaN],
    ]);
  });

  test('that were cut short are refused', () => {
    expect(() => unpackSamples(Buffer.from([3, 0]))).toThrow('packed measurements end too soon');
  });
});

const point = (time: number, mean: number) => ({ time, count: 5, mean, min: mean - 1, max: mean + 2, p95: mean + 1 });

describe('packed points', () => {
  test('come back as they were, those without a percentile too', () => {
    const series = new Map([
      [1, [point(86_400, 3), { ...point(90_000, 4), p95: Number.NaN }]],
      [3, []],
    ]);
    expect(unpackPoints(packPoints(series, 86_400, 3_600), 86_400, 3_600)).toEqual(series);
  });

  test('of now take the place of those of before', () => {
    const merged = mergePoints(
      new Map([
        [1, [point(0, 1), point(300, 2)]],
        [2, [point(0, 9)]],
      ]),
      new Map([[1, [point(300, 5), point(600, 6)]]]),
    );
    expect([...merged].map(([position, points]) => [position, points.map(({ mean }) => mean)])).toEqual([
      [1, [1, 5, 6]],
      [2, [9]],
    ]);
  });
});
