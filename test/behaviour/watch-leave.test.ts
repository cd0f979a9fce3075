import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';
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

test('leave to contact a special address is for what an administrator saw, by whichever way somebody changes it', async () => {
  const { alice, bob } = house.as;
  const host = await alice.estate.hosts.create({ name: 'within', address: '127.0.0.4' });
  const target = { kind: 'host', id: host.id } as const;
  const item = { name: 'Inside', kind: 'tcp', settings: { port } };
  const profile = await alice.watch.profiles.create({ name: 'Within', items: [item] });
  await alice.watch.profiles.apply({ id: profile.id, things: [target] });
  const [check] = (await alice.watch.checks.list({ thingKind: 'host', thingId: host.id })).items;
  const id = check?.id ?? '';
  const portNow = async () => (await alice.watch.checks.get({ id })).settings['port'];

  expect(await refusedWith(bob.watch.checks.change({ id, settings: { port: 22 } }))).toBe('address_forbidden');
  expect(await refusedWith(bob.watch.bulk.change({ changes: [{ id, settings: { port: 22 } }] }))).toBe(
    'address_forbidden',
  );
  const items = profile.items.map((each) => ({ ...each, settings: { port: 22 } }));
  const { followed } = await bob.watch.profiles.change({ id: profile.id, items });
  expect(followed).toMatchObject({ changed: 0, skipped: [{ thing: { id: host.id } }] });
  expect(await refusedWith(bob.watch.profiles.inherit({ id, paths: ['settings.port'] }))).toBe('address_forbidden');
  expect(await portNow()).toBe(port);

  // What contacts nothing is anybody's who keeps checks, and an administrator may do it all.
  await bob.watch.bulk.change({ changes: [{ id, name: 'Still inside', paused: true }] });
  await alice.watch.profiles.inherit({ id, paths: ['settings.port'] });
  expect(await portNow()).toBe(22);
});

test('runs that somebody asks for are made by whoever watches, and answered', async () => {
  const { alice } = house.as;
  const [first] = (await alice.watch.checks.list({ kind: 'vigie' })).items;
  const result = await alice.watch.checks.runNow({ id: first?.id ?? '' });
  expect(result.output).toContain('lateP99Ms');
  const counts = await alice.watch.checks.counts({});
  expect(counts).toMatchObject({ slowed: 0 });
});
