import { createServer } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import type { CheckContext } from './check-kind.ts';
import { propose, type ProposeEvent } from './propose.ts';
import { listen } from './testing/loopback-server.ts';
import { probeContext } from './testing/probe-context.ts';
import { readWanted } from './wanted-address.ts';

const site = createServer((_request, response) => response.end('hello'));
const port = await listen(site);
afterAll(() => site.close());

async function search(typed: string, context: CheckContext = probeContext()): Promise<ProposeEvent[]> {
  const events: ProposeEvent[] = [];
  for await (const event of propose(readWanted(typed), context)) events.push(event);
  return events;
}

const hosts = (events: ProposeEvent[]) => events.filter((event) => event.kind === 'host').map(({ host }) => host);

test('a web address proposes its page first', async () => {
  const [host] = hosts(await search(`http://127.0.0.1:${port}/health`));
  expect(host?.checks[0]).toMatchObject({ kind: 'icmp', recommended: true });
  expect(host?.checks.find(({ kind }) => kind === 'http')).toMatchObject({
    recommended: true,
    settings: { scheme: 'http', port, path: '/health' },
  });
});

test('a port proposes what speaks there', async () => {
  const [host] = hosts(await search(`127.0.0.1:${port}`));
  expect(host?.checks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['icmp', 'http', 'tcp']));
});

test('a page that is slow at first is asked once more', async () => {
  let asked = 0;
  const slow = createServer((_request, response) => {
    asked += 1;
    if (asked > 1) response.end('awake');
  });
  const slowPort = await listen(slow);
  try {
    const [host] = hosts(await search(`127.0.0.1:${slowPort}`));
    expect(host?.checks.map(({ kind }) => kind)).toContain('http');
  } finally {
    slow.closeAllConnections();
    slow.close();
  }
});

test('a small network tells its progress and only who answers', async () => {
  const events = await search('127.9.9.0/29');
  expect(
    hosts(events)
      .map(({ address }) => address)
      .toSorted(),
  ).toEqual([1, 2, 3, 4, 5, 6].map((last) => `127.9.9.${last}`));
  expect(events.findLast((event) => event.kind === 'progress')).toEqual({ kind: 'progress', done: 6, total: 6 });
});

test('what is not allowed is reported and not touched', async () => {
  const events = await search('169.254.169.254', {
    ...probeContext(),
    mayReach: (address) => !address.startsWith('169.254.'),
  });
  expect(events).toContainEqual({ kind: 'failed', address: '169.254.169.254', reason: 'addressForbidden' });
});

test('a search that is stopped ends', async () => {
  const stop = new AbortController();
  const events: ProposeEvent[] = [];
  for await (const event of propose(readWanted('127.9.9.0/24'), { ...probeContext(), signal: stop.signal })) {
    events.push(event);
    stop.abort();
  }
  expect(events).toHaveLength(1);
});
