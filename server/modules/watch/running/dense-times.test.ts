import { expect, test } from 'vitest';
import { DenseTimes } from './dense-times.ts';

const much = 360e6;

/** The moments, in seconds, at which heaps begin and cease to be moved together. */
function changesOf(seconds: number, lookAt: (second: number) => { checks: number; memoryBytes: number }): number[] {
  const times = new DenseTimes();
  const changes: number[] = [];
  let before = false;
  for (let second = 0; second <= seconds; second += 2) {
    const now = times.look({ nowMs: second * 1_000, ...lookAt(second) });
    if (now !== before) changes.push(second);
    before = now;
  }
  return changes;
}

test('few checks never have heaps moved together, however much is held', () => {
  expect(changesOf(600, () => ({ checks: 2_999, memoryBytes: much }))).toEqual([]);
});

test('many checks never do while little is held', () => {
  expect(changesOf(600, () => ({ checks: 10_000, memoryBytes: 250e6 }))).toEqual([]);
});

test('they begin when too much is held, and cease when it is less', () => {
  const looks = changesOf(600, (second) => ({
    checks: 10_000,
    memoryBytes: second >= 100 && second < 120 ? much : 250e6,
  }));
  expect(looks).toEqual([100, 120]);
});

test('what does not become less is tried for a short time only, and again after a rest', () => {
  expect(changesOf(330, () => ({ checks: 10_000, memoryBytes: much }))).toEqual([0, 40, 160, 200, 320]);
});
