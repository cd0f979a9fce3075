import { createServer } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { listen, loopbackServer } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { readRule } from './rules.ts';
import { readSelection } from './selections.ts';

let requests = 0;
const exporter = createServer((request, response) => {
  requests += 1;
  switch (request.url) {
    case '/large':
      response.end(Array.from({ length: 3_000 }, (_none, index) => `many{n="${index}"} ${index}\n`).join(''));
      break;
    case '/private':
      response.writeHead(401).end();
      break;
    case '/page':
      response.end('<html><body>Node Exporter</body></html>');
      break;
    default:
      response.end(
        `# TYPE free_bytes gauge\nfree_bytes{mount="/"} 5\nfree_bytes{mount="/var"} 90\n# TYPE sent_bytes_total counter\nsent_bytes_total ${requests * 1000}\nbad NaN\n`,
      );
  }
});
const port = await listen(exporter);
afterAll(() => exporter.close());

const run = (settings: Record<string, unknown>, memory = new RunMemory()) =>
  runOnce('prometheus', { port, ...settings }, '127.0.0.1', { memory });

describe('an exporter', () => {
  test('is up, with what was picked of it', async () => {
    const memory = new RunMemory();
    const settings = { select: ['free_bytes', 'sent_bytes_total', 'bad', 'share of all = sum(free_bytes) / 100'] };
    const first = await run(settings, memory);
    expect(first).toMatchObject({ verdict: 'up', reason: { code: 'read', data: { samples: 4 } } });
    expect(first.metrics).toContainEqual({ name: 'value:free_bytes{mount="/var"}', unit: 'bytes', value: 90 });
    expect(first.metrics).toContainEqual({ name: 'value:share of all', unit: 'number', value: 0.95 });
    const second = await run(settings, memory);
    const rate = second.metrics.find(({ name }) => name === 'rate:sent_bytes_total');
    expect(rate?.unit).toBe('bytesPerSecond');
    expect(rate?.value).toBeGreaterThan(0);
  });

  test('is down or degraded by its rules, with the series that stands them', async () => {
    const result = await run({ rules: ['free_bytes < 10 : down', 'free_bytes > 50 : degraded'] });
    expect(result).toMatchObject({
      verdict: 'down',
      reason: { code: 'ruleHolds', data: { series: 'free_bytes{mount="/"}', value: 5, more: 1 } },
    });
    expect((await run({ rules: ['free_bytes > 50 : degraded'] })).verdict).toBe('degraded');
    expect((await run({ rules: ['free_bytes < 1'] })).verdict).toBe('up');
    expect((await run({ rules: ['sum(free_bytes) > bool 50'] })).verdict).toBe('down');
  });

  test('that lacks a metric does not keep its rule silent', async () => {
    expect(await run({ rules: ['gone > 3'] })).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'metricMissing', data: { metric: 'gone' } },
    });
    expect((await run({ rules: ['gone > 3'], missing: 'ignore' })).verdict).toBe('up');
    expect((await run({ rules: ['absent(gone) : down'] })).reason.code).toBe('ruleHolds');
  });

  test('with more series than are kept says so', async () => {
    const result = await run({ path: '/large', select: ['many'] });
    expect(result).toMatchObject({ verdict: 'degraded', reason: { code: 'tooMany' } });
    expect(result.metrics.length).toBeLessThan(520);
  });

  test('that answers something else is down', async () => {
    expect((await run({ path: '/page' })).reason.code).toBe('notMetrics');
    expect((await run({ path: '/private' })).reason.code).toBe('signInRefused');
    await using endless = await loopbackServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const block = 'metric{a="b"} 1\n'.repeat(4_000);
      const pour = (): void => {
        while (!socket.destroyed && socket.write(block));
      };
      socket.on('drain', pour);
      pour();
    });
    expect((await run({ port: endless.port })).reason.code).toBe('pageTooLarge');
  });
});

test('rules and selections are read as they are meant', () => {
  expect(readRule('a:b:c > 3 : degraded')).toMatchObject({ text: 'a:b:c > 3', verdict: 'degraded' });
  expect(readRule('a > 3')).toMatchObject({ verdict: 'down' });
  expect(readRule('a > : down')).toBeUndefined();
  expect(readSelection('a{b="c"}')).toMatchObject({ name: '' });
  expect(readSelection('busy % = a / b')).toMatchObject({ name: 'busy %' });
  expect(readSelection('a == 3')).toBeUndefined();
});
