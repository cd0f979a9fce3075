import { expect, test } from 'vitest';
import { spreadOfFirstRuns } from './first-runs.ts';

test('a few first runs come at once', () => {
  expect(spreadOfFirstRuns(100, 20)).toBeNull();
});

test('many first runs are spread over seconds, longer the more is planned beside them', () => {
  expect(spreadOfFirstRuns(1_000, 17)).toBe(4_000);
  expect(spreadOfFirstRuns(15_000, 250)).toBe(5_455);
  expect(spreadOfFirstRuns(20_000, 4_000)).toBe(20_000);
});
