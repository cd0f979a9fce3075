import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWatchStore, type WatchStore } from '../watch-store.ts';

type ResultRow = Parameters<WatchStore['results']['addAll']>[0][number];

const noon = new Date('2026-03-10T12:00:00Z');
const after = (seconds: number): Date => new Date(noon.getTime() + seconds * 1_000);

let watch: WatchStore;
beforeAll(async () => {
  watch = await openWatchStore(noon);
  await watch.results.keepDays(noon, 7);
  await watch.results.addSeries([
    { checkNumber: watch.checkNumber, position: 1, name: 'total', unit: 'ms' },
    { checkNumber: watch.checkNumber, position: 2, name: 'size', unit: 'B' },
  ]);
});
afterAll(() => watch[Symbol.asyncDispose]());

function row(at: Date, values: readonly (number | undefined)[], changes: Partial<ResultRow> = {}): ResultRow {
  const reason = { code: 'answered', data: { status: 200, ms: 1.23456 } };
  return {
    checkNumber: watch.checkNumber,
    at,
    verdict: 'up',
    reason,
    confirming: false,
    durationMs: 5,
    output: '',
    values,
    ...changes,
  };
}

describe('results', () => {
  test('are written many at once, gaps and odd numbers included, and read newest first', async () => {
    await watch.results.addAll([
      row(after(1), [10, undefined]),
      row(after(2), [], { verdict: 'down', output: 'ECONNREFUSED', confirming: true }),
      row(after(3), [Number.NaN, 3]),
    ]);
    const results = await watch.results.list(watch.checkNumber, 10, undefined);
    expect(results.map(({ verdict, output, confirming }) => [verdict, output, confirming])).toEqual([
      ['up', '', false],
      ['down', 'ECONNREFUSED', true],
      ['up', '', false],
    ]);
    expect(results[0]?.reason).toEqual({ code: 'answered', data: { status: 200, ms: 1.235 } });
    expect(await watch.results.lastValues(watch.checkNumber)).toEqual({ at: after(3), values: [null, 3] });
  });

  test('that come late do not replace the newest', async () => {
    await watch.results.addAll([row(after(2.5), [99])]);
    expect((await watch.results.lastValues(watch.checkNumber))?.at).toEqual(after(3));
  });

  test('are kept for as many days as agreed and no longer', async () => {
    await watch.results.keepDays(new Date('2026-03-25T00:00:00Z'), 7);
    expect(await watch.results.list(watch.checkNumber, 10, undefined)).toEqual([]);
    await watch.results.keepDays(noon, 30);
  });
});

describe('a chart', () => {
  test('is downsampled in the database', async () => {
    await watch.results.addAll(Array.from({ length: 600 }, (_none, index) => row(after(index), [index, 2])));
    const query = { checkNumber: watch.checkNumber, positions: [1, 2], from: noon, until: after(600), stepSeconds: 60 };
    const steps = await watch.charts.fromResults(query);
    expect(steps).toHaveLength(10);
    expect(steps[1]).toEqual({ time: noon.getTime() / 1_000 + 60, mean: [89.5, 2], max: [119, 2] });
  });

  test('of the past comes from whole hours, rolled up once', async () => {
    expect(await watch.charts.rollUp(after(3_600 + 30), 24)).toEqual(noon);
    expect(await watch.charts.rollUp(after(3_600 + 120), 24)).toEqual(after(3_600));
    await watch.charts.rollUp(after(3_600 + 240), 24);
    const query = {
      checkNumber: watch.checkNumber,
      positions: [2, 1],
      from: noon,
      until: after(7_200),
      stepSeconds: 3_600,
    };
    expect(await watch.charts.fromHours(query)).toEqual([
      { time: noon.getTime() / 1_000, mean: [2, 299.5], max: [2, 599] },
    ]);
  });
});
