import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHouse, type House } from '../house.ts';
import { until } from '../until.ts';

let house: House;
const server = createServer((socket) => socket.end());
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  house = await startHouse({ watchesItself: true });
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  server.close();
});

test('leave to contact a special address does not follow its host to another one', async () => {
  const { alice, bob } = house.as;
  const host = await alice.estate.hosts.create({ name: 'itself', address: '127.0.0.1' });
  const target = { kind: 'host', id: host.id } as const;
  const check = await alice.watch.checks.create({ name: 'port', kind: 'tcp', target, settings: { port } });
  const state = async () => (await alice.watch.checks.get({ id: check.id })).state;
  await until(async () => (await state()) === 'up');

  // Bob may not watch loopback; by moving the host he would.
  await bob.estate.hosts.change({ id: host.id, address: '127.0.0.2' });
  await until(async () => (await alice.watch.checks.get({ id: check.id })).summary.includes('may not contact'));
  expect((await alice.watch.checks.runNow({ id: check.id })).verdict).toBe('unknown');

  // Back at the address that the leave was for, it holds again.
  await bob.estate.hosts.change({ id: host.id, address: '127.0.0.1' });
  await until(async () => (await alice.watch.checks.runNow({ id: check.id })).verdict === 'up');

  // An administrator who looks at it at the new address gives leave for that one.
  await alice.estate.hosts.change({ id: host.id, address: '127.0.0.3' });
  await alice.watch.checks.change({ id: check.id, settings: { port } });
  await until(async () => !(await alice.watch.checks.get({ id: check.id })).summary.includes('may not contact'));
});

test('runs that somebody asks for are made by whoever watches, and answered', async () => {
  const { alice } = house.as;
  const [first] = (await alice.watch.checks.list({ kind: 'vigie' })).items;
  const result = await alice.watch.checks.runNow({ id: first?.id ?? '' });
  expect(result.output).toContain('lateP99Ms');
  const counts = await alice.watch.checks.counts({});
  expect(counts).toMatchObject({ slowed: 0 });
});
