import { expect, test } from 'vitest';
import { OpenMetricsFault } from './metric-family.ts';
import { parseOpenMetrics } from './parse-open-metrics.ts';

const parse = (...lines: string[]) => parseOpenMetrics(Buffer.from(`${lines.join('\n')}\n# EOF\n`));

function reasonOf(...lines: string[]): string | null {
  try {
    parse(...lines);
    return null;
  } catch (error) {
    if (error instanceof OpenMetricsFault) return error.reason;
    throw error;
  }
}

test('a page is read with types, units, labels, times and exemplars', () => {
  const [jobs, temperature] = parse(
    '# TYPE jobs counter',
    '# HELP jobs what was \\"done\\"',
    'jobs_total{kind="a\\nb"} 7 1.5e3 # {trace="x"} 1 2',
    '# TYPE heat_celsius gauge',
    '# UNIT heat_celsius celsius',
    'heat_celsius NaN',
  );
  expect(jobs).toMatchObject({ name: 'jobs', type: 'counter', help: 'what was "done"' });
  expect(jobs?.samples[0]).toMatchObject({ value: 7, timestamp: 1500, exemplar: { value: 1, timestamp: 2 } });
  expect(jobs?.samples[0]?.labels.get('kind')).toBe('a\nb');
  expect(temperature).toMatchObject({ unit: 'celsius', type: 'gauge' });
});

test.each([
  ['blankLine', ['a 1', '']],
  ['badComment', ['# a remark']],
  ['badType', ['# TYPE a tachometer']],
  ['badUnit', ['# UNIT heat celsius']],
  ['repeatedMetadata', ['# HELP a x', '# HELP a y']],
  ['lateMetadata', ['a 1', '# TYPE a gauge']],
  ['clashingName', ['# TYPE a counter', 'a_total 1', '# TYPE a_total gauge', 'a_total 2']],
  ['badLabels', ['a{b="1",} 1']],
  ['badValue', ['a 0x10']],
  ['badTimestamp', ['a 1 NaN']],
  ['badExemplar', [`# TYPE a counter`, `a_total 1 # {b="${'x'.repeat(200)}"} 1`]],
  ['misplacedExemplar', ['# TYPE a gauge', 'a 1 # {b="c"} 1']],
  ['badTypeLabel', ['# TYPE a histogram', 'a_bucket{le="1"} 1']],
  ['valueNotAllowed', ['# TYPE a counter', 'a_total -1']],
  ['interleaved', ['a{b="1"} 1', 'a{b="2"} 1', 'a{b="1"} 1']],
  ['mixedTimestamps', ['a 1 1', 'a 1']],
  ['timeBackwards', ['a 1 2', 'a 1 1']],
  ['badHistogram', ['# TYPE a histogram', 'a_bucket{le="1.0"} 2', 'a_bucket{le="+Inf"} 1']],
  ['textAfterEnd', ['a 1', '# EOF']],
])('refused for %s', (reason, lines) => {
  expect(reasonOf(...lines)).toBe(reason);
});

test('whatever comes is read or refused', () => {
  let state = 11;
  const next = (most: number): number => ((state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 1) >>> 8) % most;
  const words = [
    'a',
    '_total',
    '{',
    '}',
    '="',
    '"',
    ',',
    ' ',
    '1',
    '.',
    'e',
    '-',
    '#',
    '# TYPE a counter\n',
    '\n',
    'NaN',
    '\\',
    'le',
    '+Inf',
    '\u0000',
    '\u00e9',
  ];
  for (let i = 0; i < 3_000; i += 1)
    reasonOf(Array.from({ length: next(25) }, () => words[next(words.length)]).join(''));
  expect(reasonOf(`a{b="${'\\\\'.repeat(100_000)}"} 1`)).toBeNull();
});
