import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWatchStore, type WatchStore } from '../watch-store.ts';

type ResultRow = Parameters<WatchStore['results']['addAll']>[0][number];

const noon = new Date('2026-03-10T12:00:00Z');
const after = (seconds: number): Date => new Date(noon.getTime() + seconds * 1_000);

let watch: WatchStore;
beforeAll(async () => {
  watch = await openWatchStore(noon);
  await watch.results.keepDays(noon);
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
});

const hour = 3_600;
const day = 24 * hour;
describe('measurements', () => {
  const evening = new Date('2026-03-11T00:00:00Z');

  test('are the same in a chart before their window is packed, and after', async () => {
    await watch.results.addAll(Array.from({ length: 600 }, (_none, index) => row(after(60 + index), [index, 2])));
    const before = await watch.chart(noon, after(hour), 60);
    expect(before.source).toBe('raw');
    expect(before.measured?.columns[0]?.mean.slice(1, 4)).toEqual([29.5, 89.5, 149.5]);
    expect(before.measured?.columns[0]?.p95[2]).toBe(116);
    expect(before.measured?.columns[0]?.mean[30]).toBeNull();
    await watch.turn(after(2 * hour + 10 * 60));
    expect(await watch.tables('result')).not.toContain('result_20260310_12');
    expect(await watch.tables('result_closing')).toEqual([]);
    expect(await watch.tables('chunk')).toEqual(['chunk_20260310']);
    expect((await watch.chart(noon, after(hour), 60)).measured).toEqual(before.measured);
  });

  test('that are packed are still listed as results, newest first', async () => {
    const results = await watch.results.list(watch.checkNumber, 1_000, undefined);
    expect(results).toHaveLength(604);
    expect(results[0]?.at).toEqual(after(659));
    expect(results.at(-2)).toMatchObject({ verdict: 'down', output: 'ECONNREFUSED', confirming: true });
    expect(await watch.results.list(watch.checkNumber, 2, after(3))).toMatchObject([
      { at: after(2.5) },
      { at: after(2) },
    ]);
  });

  test('that come late, or from a clock that is ahead, are packed too', async () => {
    await watch.results.addAll([row(after(1_000), [5, 5]), row(after(40 * day), [6, 6])]);
    await watch.turn(after(2 * hour + 11 * 60));
    const chart = await watch.chart(noon, after(hour), 60);
    expect(chart.measured?.columns[1]?.mean[16]).toBe(5);
    expect(await watch.tables('chunk')).toEqual(['chunk_20260310', 'chunk_20260419']);
  });

  test('of a day that is over are rolled up, percentiles included', async () => {
    await watch.turn(new Date('2026-03-11T00:10:00Z'));
    expect(await watch.tables('five_minutes')).toEqual(['five_minutes_20260309']);
    expect(await watch.tables('hours')).toEqual(['hours_202603']);
    expect(await watch.tables('days')).toEqual(['days_2026']);
    watch.clock.at = after(20 * day);
    const byHours = await watch.chart(after(-29 * day), evening);
    expect(byHours).toMatchObject({ source: 'hours', stepS: 3 * hour });
    const days = await watch.chart(after(-364 * day), after(day), 400);
    expect(days).toMatchObject({ source: 'days', stepS: day });
    const last = days.measured?.columns[0];
    expect(last?.max.findLast((value) => value !== null)).toBe(599);
    expect(last?.p95.findLast((value) => value !== null)).toBe(569);
    expect(last?.count.reduce((sum, count) => sum + count, 0)).toBe(603);
  });

  test('that come after their day was rolled up are rolled up again', async () => {
    await watch.results.addAll([row(after(2_000), [10_000, 1])]);
    await watch.turn(new Date('2026-03-11T00:20:00Z'));
    const days = await watch.chart(after(-364 * day), after(day), 400);
    expect(days.measured?.columns[0]?.max.findLast((value) => value !== null)).toBe(10_000);
  });

  test('are kept for as many days as agreed and no longer', async () => {
    await watch.turn(after(20 * day));
    // What is from the future stays until its time is over.
    expect(await watch.tables('chunk')).toEqual(['chunk_20260419']);
    expect(await watch.tables('five_minutes')).toEqual(['five_minutes_20260309']);
    await watch.turn(after(100 * day));
    expect(await watch.tables('five_minutes')).not.toContain('five_minutes_20260309');
    expect(await watch.tables('hours')).toContain('hours_202603');
    expect((await watch.results.list(watch.checkNumber, 10, after(day))).length).toBe(0);
  });

  test('of a clock that comes back from far ahead leave no day out', async () => {
    const back = after(60 * day);
    await watch.turn(back);
    await watch.results.addAll([row(back, [3, 3])]);
    await watch.turn(new Date(back.getTime() + 2 * day * 1_000));
    expect((await watch.rolledUntil())?.getTime()).toBeLessThanOrEqual(watch.clock.at.getTime());
    const days = await watch.chart(after(40 * day), after(61 * day), 20);
    expect(days.measured?.columns[0]?.mean.findLast((value) => value !== null)).toBe(3);
  });
});
