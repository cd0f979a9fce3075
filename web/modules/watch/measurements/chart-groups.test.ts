import { expect, it } from 'vitest';
import { chartGroups, sinceFirstMeasured } from './chart-groups.ts';

const named = (...names: [string, string][]) => names.map(([name, unit], id) => ({ id, name, unit }));

it('puts what is read together on one chart, in a fixed order', () => {
  const groups = chartGroups(
    named(
      ['netOut:eth0', 'B/s'],
      ['load1', '1'],
      ['cpu', '%'],
      ['netIn:eth0', 'B/s'],
      ['ioWait', '%'],
      ['uptime', 's'],
    ),
  );
  expect(groups).toEqual([
    { family: 'cpu', unit: '%', ids: [2, 4] },
    { family: 'load', unit: '1', ids: [1] },
    { family: 'network', unit: 'B/s', ids: [0, 3] },
  ]);
});

it('keeps the measurements of other kinds together by unit', () => {
  expect(chartGroups(named(['total', 'ms'], ['size', 'B'], ['connect', 'ms']))).toEqual([
    { unit: 'ms', ids: [0, 2] },
    { unit: 'B', ids: [1] },
  ]);
});

it('begins a chart where measuring began', () => {
  const times = Array.from({ length: 100 }, (_, at) => at * 10);
  const mean = times.map((at) => (at < 600 ? null : at));
  const cut = sinceFirstMeasured({
    times,
    stepSeconds: 10,
    series: [{ id: 1, label: 'x', mean, min: mean, max: mean, p95: mean }],
    marks: [],
  });
  expect(cut.times[0]).toBe(600);
  expect(cut.series[0]?.mean).toHaveLength(40);
});
