import { describe, expect, test } from 'vitest';
import { alerts, metricOf, parsePerfdata, parseRange } from './perfdata.ts';
import { readPluginOutput } from './plugin-output.ts';

describe('performance data', () => {
  test('is read with units, ranges and bounds', () => {
    expect(parsePerfdata("time=0.5s;1;2;0;10 'disk used'=80%;~:90;@95:100 'it''s'=3c load=1,5;;;")).toMatchObject([
      { label: 'time', value: 0.5, unit: 's', warn: { from: 0, to: 1 }, crit: { from: 0, to: 2 }, min: 0, max: 10 },
      { label: 'disk used', unit: '%', warn: { from: -Infinity, to: 90 }, crit: { from: 95, to: 100, inside: true } },
      { label: "it's", value: 3, unit: 'c' },
      { label: 'load', value: 1.5, warn: undefined },
    ]);
  });

  test('that cannot be read is passed over', () => {
    expect(parsePerfdata('good=1 rubbish =3 also=x last=2ms').map(({ label }) => label)).toEqual(['good', 'last']);
    expect(parsePerfdata('none=U some=1')).toHaveLength(1);
    expect(parsePerfdata(`${'a'.repeat(100_000)}=1`)).toEqual([]);
    expect(parsePerfdata('x=1 '.repeat(5_000))).toHaveLength(200);
  });

  test.each([
    ['10', 11, true],
    ['10', -1, true],
    ['10', 5, false],
    ['10:', 9, true],
    ['~:10', -99, false],
    ['10:20', 25, true],
    ['@10:20', 15, true],
    ['@10:20', 25, false],
  ])('alerts by the range %s for %d: %s', (range, value, expected) => {
    expect(alerts(parseRange(range), value)).toBe(expected);
  });

  test('becomes metrics in the house’s units', () => {
    const [megabytes, microseconds] = parsePerfdata('m=2MB u=500us').map((each) => metricOf(each));
    expect(megabytes).toEqual({ name: 'perf:m', unit: 'bytes', value: 2 * 1024 * 1024 });
    expect(microseconds).toEqual({ name: 'perf:u', unit: 'ms', value: 0.5 });
  });
});

test('output of several lines is taken apart as Nagios does', () => {
  const text =
    'DISK OK - free space: / 3326 MB | /=2643MB;5948;5958;0;5968\n/ 15272 MB;\n/boot 68 MB;|/boot=68MB;88;93;0;98\n/home=69357MB;253404;253409;0;253414';
  const said = readPluginOutput(text);
  expect(said.summary).toBe('DISK OK - free space: / 3326 MB');
  expect(said.longText).toBe('/ 15272 MB;\n/boot 68 MB;');
  expect(said.values.map(({ label }) => label)).toEqual(['/', '/boot', '/home']);
});
