import { expect, it } from 'vitest';
import { chartLines, stepSpan } from './chart-data.ts';

it('draws bands behind, then the time before, then percentiles, and values in front', () => {
  const one = { name: 'a', label: 'a', values: [2], min: [1], max: [3], p95: [2.5], before: [9] };
  const roles = chartLines({ times: [0], unit: 'ms', series: [one, { name: 'b', label: 'b', values: [null] }] }).map(
    ({ role, place }) => `${role} ${place}`,
  );
  expect(roles).toEqual(['min 0', 'max 0', 'before 0', 'p95 0', 'value 0', 'value 1']);
});

it('leaves bands out where they would hide each other', () => {
  const series = [1, 2, 3, 4].map((name) => ({ name: `${name}`, label: `${name}`, values: [2], min: [1], max: [3] }));
  expect(chartLines({ times: [0], unit: 'ms', series }).every(({ role }) => role === 'value')).toBe(true);
});

it('zooms and moves by keys, and not into nothing', () => {
  const hour = { from: 0, until: 3_600 };
  expect(stepSpan(hour, '+')).toEqual({ from: 900, until: 2_700 });
  expect(stepSpan(hour, '-')).toEqual({ from: -1_800, until: 5_400 });
  expect(stepSpan(hour, 'ArrowLeft')).toEqual({ from: -900, until: 2_700 });
  expect(stepSpan({ from: 0, until: 30 }, '+')).toBeUndefined();
  expect(stepSpan(hour, 'a')).toBeUndefined();
});
