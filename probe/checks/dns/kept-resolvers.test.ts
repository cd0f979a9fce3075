import { createSocket } from 'node:dgram';
import { expect, test, vi } from 'vitest';
import { probeContext } from '#probe/testing/probe-context.ts';
import { resolverFor, untilAnswered } from './kept-resolvers.ts';

/** A server that answers nothing, and counts what it is asked. */
async function deafServer(): Promise<AsyncDisposable & { readonly address: string; readonly asked: () => number }> {
  const socket = createSocket('udp4');
  let asked = 0;
  socket.on('message', () => (asked += 1));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: () => asked,
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

test('the resolver of a server is made once for each time that it is given', () => {
  const one = resolverFor('192.0.2.1:53', 2_000);
  expect(resolverFor('192.0.2.1:53', 2_000)).toBe(one);
  expect(resolverFor('192.0.2.1:53', 3_000)).not.toBe(one);
  expect(resolverFor('192.0.2.2:53', 2_000)).not.toBe(one);
  expect(one.getServers()).toEqual(['192.0.2.1']);
});

test('so many servers are kept and no more: the one kept longest is made anew', () => {
  const first = resolverFor('198.51.100.1:53', 2_000);
  for (let port = 1; port <= 1_000; port += 1) resolverFor(`198.51.100.2:${port}`, 2_000);
  expect(resolverFor('198.51.100.2:1000', 2_000)).toBe(resolverFor('198.51.100.2:1000', 2_000));
  expect(resolverFor('198.51.100.1:53', 2_000)).not.toBe(first);
});

test('a server that answers nothing holds nobody longer than their own time, and other questions not at all', async () => {
  await using deaf = await deafServer();
  const context = probeContext();
  const resolver = resolverFor(deaf.address, 60_000);
  const ask = (name: string, forMs: number) =>
    untilAnswered(resolver.resolve4(name), context.clock.nowMs() + forMs, context);
  await expect(ask('one.example', 50)).rejects.toMatchObject({ code: 'ETIMEOUT' });
  // The question that nobody waits for any more goes on by itself, and is in nobody's way.
  await expect(Promise.all([ask('two.example', 50), ask('three.example', 50)])).rejects.toMatchObject({
    code: 'ETIMEOUT',
  });
  await vi.waitFor(() => expect(deaf.asked()).toBeGreaterThanOrEqual(3));
  resolver.cancel();
});

test('a run that is stopped waits for no answer, and what the answer comes to then troubles nobody', async () => {
  await using deaf = await deafServer();
  const stopping = new AbortController();
  const context = probeContext({ signal: stopping.signal });
  const resolver = resolverFor(deaf.address, 50_000);
  const waiting = untilAnswered(resolver.resolve4('one.example'), context.clock.nowMs() + 40_000, context);
  stopping.abort();
  await expect(waiting).rejects.toMatchObject({ reason: { code: 'stopped' } });
  resolver.cancel();
});
