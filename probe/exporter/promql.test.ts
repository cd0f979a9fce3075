import { describe, expect, test } from 'vitest';
import { probeContext } from '#probe/testing/probe-context.ts';
import { RunMemory } from '#probe/run-memory.ts';
import { counterMemory } from './counter-memory.ts';
import { ExpositionFault, parseExposition } from './parse-exposition.ts';
import { compilePromql } from './promql.ts';
import { PromqlFault } from './promql-fault.ts';
import { isCounter, labelsText } from './series.ts';

const page = `# HELP up It is.
# TYPE disk_free gauge
disk_free{mount="/",fs="ext4"} 5
disk_free{mount="/var",fs="xfs"} 80
disk_size{mount="/",fs="ext4"} 100
disk_size{mount="/var",fs="xfs"} 100
# TYPE cpu_seconds_total counter
cpu_seconds_total{cpu="0",mode="idle"} 10
cpu_seconds_total{cpu="1",mode="idle"} 20
cpu_seconds_total{cpu="0",mode="user"} 30 1700000000000
node_info{release="6.1",name="a \\"b\\"\\\\ \\n c"} 1
inf_value +Inf
nan_value NaN
`;

async function evaluate(text: string, from = page, memory = new RunMemory(), nowMs = 1_000) {
  const expression = compilePromql(text);
  const exposition = await parseExposition(from, (name) => expression.names.has(name), 1_000);
  const context = { ...probeContext({ memory }), clock: { nowMs: () => nowMs } };
  const value = expression.evaluate({ exposition, counters: counterMemory(context), nowSeconds: nowMs / 1_000 });
  return typeof value === 'number' ? value : value.map((each) => [labelsText(each.labels), each.value] as const);
}

describe('an expression', () => {
  test.each([
    ['disk_free', 2],
    ['disk_free{mount="/"}', 1],
    ['disk_free{mount=~"/v.*"}', 1],
    ['disk_free{mount=~"/v"}', 0],
    ['disk_free{mount!="/",fs!~"ext.*"}', 1],
    ['disk_free / disk_size * 100 < 10', 1],
    ['disk_free < 10 and disk_size > 50', 1],
    ['disk_free < 10 unless disk_size > 50', 0],
    ['disk_free < 10 or disk_free > 50', 2],
    ['absent(nothing)', 1],
    ['absent(disk_free)', 0],
    ['sum(disk_free) > 84', 1],
    ['sum by (fs) (disk_free)', 2],
    ['count without (cpu) (cpu_seconds_total)', 2],
    ['node_info * on() group_left() count(disk_free)', 1],
    ['disk_free * on(mount) group_left(fs) disk_size', 2],
    ['disk_free > bool 50', 2],
    ['-disk_free < -50', 1],
    ['nan_value > 0', 0],
    ['inf_value > 1e300', 1],
    ['clamp_max(disk_free, 7) == 7', 1],
    ['topk(1, disk_free)', 1],
    ['topk(5, disk_free)', 2],
    ['topk(0, disk_free)', 0],
    ['bottomk by (fs) (1, disk_free)', 2],
    ['quantile(0.5, disk_free) > 42', 1],
    ['count_values("free", disk_free)', 2],
    ['count(topk(1, disk_free) > 50)', 1],
  ])('%s has %i elements', async (text, count) => {
    expect(await evaluate(text)).toHaveLength(count);
  });

  test('computes as arithmetic does', async () => {
    expect(await evaluate('(1 + 2) * 3 ^ 2 - 7 % 4')).toBe(24);
    expect(await evaluate('time() - 5m')).toBe(-299);
    expect(await evaluate('avg(disk_free)')).toEqual([['', 42.5]]);
    expect(await evaluate('quantile(0.5, disk_free)')).toEqual([['', 42.5]]);
    expect(await evaluate('quantile(2, disk_free)')).toEqual([['', Number.POSITIVE_INFINITY]]);
    expect(await evaluate('stddev(disk_free)')).toEqual([['', 37.5]]);
    expect(await evaluate('group(disk_free)')).toEqual([['', 1]]);
    expect(await evaluate('min(topk(1, disk_free)) - max(bottomk(1, disk_free))')).toEqual([['', 75]]);
    expect(await evaluate('count_values("n", disk_free > bool 0)')).toEqual([['{n="1"}', 2]]);
    expect(await evaluate('max by (mode) (cpu_seconds_total{mode="idle"})')).toEqual([['{mode="idle"}', 20]]);
    expect(await evaluate('scalar(sum(disk_free))')).toBe(85);
  });

  test('knows rates from the second look on, and starts anew when a counter went back', async () => {
    const memory = new RunMemory();
    const at = (value: number, nowMs: number) =>
      evaluate('rate(x_total[5m])', `x_total{a="b"} ${value}\n`, memory, nowMs);
    expect(await at(100, 1_000)).toEqual([]);
    expect(await at(160, 31_000)).toEqual([['{a="b"}', 2]]);
    expect(await at(30, 61_000)).toEqual([['{a="b"}', 1]]);
  });

  test.each([
    '',
    'a &&',
    'sum(',
    'a[5m]',
    'a offset 5m',
    'topk(3)',
    'topk(a, b, c)',
    'count_values(x, a)',
    'count_values("not-a-label", a)',
    'rate(sum(a))',
    '{job="x"}',
    'a{b=~"("}',
    'f(a)',
  ])('such as “%s” is refused', (text) => {
    expect(() => compilePromql(text)).toThrow(PromqlFault);
  });

  test('cannot be nested without end', () => {
    expect(() => compilePromql(`${'('.repeat(400)}a${')'.repeat(400)}`)).toThrow(PromqlFault);
  });
});

describe('a page', () => {
  test('is read with its escapes, types and count', async () => {
    const read = await parseExposition(page, () => true, 100);
    expect(read.samples.get('node_info')?.[0]?.labels.get('name')).toBe('a "b"\\ \n c');
    expect(read.count).toBe(10);
    expect(isCounter('cpu_seconds_total', read.types)).toBe(true);
    expect(isCounter('disk_free', read.types)).toBe(false);
  });

  test('of OpenMetrics is read with exemplars and its end', async () => {
    const text =
      '# TYPE foo counter\nfoo_total{a="b"} 17.0 1520879607.789 # {trace_id="x"} 0.67\nfoo_created 1\n# EOF\nrubbish beyond';
    const read = await parseExposition(text, () => true, 100);
    expect(read.samples.get('foo_total')?.[0]?.value).toBe(17);
    expect(isCounter('foo_total', read.types)).toBe(true);
  });

  test.each([
    '<!DOCTYPE html>',
    'no value here',
    'name{a="b} 1',
    'name{a="b",a="c"} 1',
    'name 1 2 3',
    'name one',
    '{"json":1}',
    `${'x'.repeat(70_000)} 1`,
    '\u0000\u0001 1',
  ])('with a line such as %j is refused', async (line) => {
    await expect(parseExposition(`good 1\n${line}\n`, () => true, 100)).rejects.toThrow(ExpositionFault);
  });

  test('keeps no more samples than it may', async () => {
    const read = await parseExposition('a{b="c"} 1\n'.repeat(50), () => true, 10);
    expect(read.samples.get('a')).toHaveLength(10);
    expect(read).toMatchObject({ count: 50, cut: true });
  });
});
