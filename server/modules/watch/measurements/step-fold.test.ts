import { expect, test } from 'vitest';
import { StepFold } from './step-fold.ts';

test('samples are folded with their least, most, mean and 95th percentile, and gaps stay gaps', () => {
  const fold = new StepFold({ firstS: 0, stepS: 60, steps: 3 }, 1);
  for (let second = 0; second < 60; second += 1) fold.addSample(0, second, second);
  fold.addSample(0, 130, 7);
  fold.addSample(0, 500, 1);
  fold.addSample(0, 61, Number.NaN);
  expect(fold.columns(0)).toEqual({
    count: [60, 0, 1],
    mean: [29.5, null, 7],
    min: [0, null, 7],
    max: [59, null, 7],
    p95: [56, null, 7],
  });
});

test('points keep their weight, and of several percentiles the largest is told', () => {
  const fold = new StepFold({ firstS: 0, stepS: 600, steps: 2 }, 1);
  fold.addPoint(0, { time: 0, count: 1, mean: 10, min: 10, max: 10, p95: 10 });
  fold.addPoint(0, { time: 300, count: 3, mean: 2, min: 1, max: 4, p95: 4 });
  fold.addPoint(0, { time: 900, count: 3, mean: 2, min: 1, max: 4, p95: Number.NaN });
  expect(fold.columns(0)).toMatchObject({ mean: [4, 2], min: [1, 1], max: [10, 4], p95: [10, null] });
});
