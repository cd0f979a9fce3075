import { afterAll, expect, test } from 'vitest';
import { startHouse } from '../house.ts';
import { refusedWith } from '../refused-with.ts';

const twentyFrom = (first: number) => Array.from({ length: 20 }, (_none, at) => `t${first + at}`);

const house = await startHouse();
const { alice, bob, carol } = house.as;
afterAll(() => house[Symbol.asyncDispose]());

test('tags are put on many things at once, taken off, counted, and filtered by', async () => {
  const site = await bob.estate.sites.create({ name: 'Lyon' });
  const [one, other] = [
    await bob.estate.hosts.create({ name: 'web-01', address: '192.0.2.1' }),
    await bob.estate.hosts.create({ name: 'web-02', address: '192.0.2.2' }),
  ];
  const things = [
    { kind: 'site', id: site.id },
    { kind: 'host', id: one.id },
    { kind: 'host', id: other.id },
  ] as const;
  expect(await bob.estate.tags.change({ things: [...things], add: ['Prod', 'équipe:réseau'] })).toEqual({ changed: 3 });
  expect((await carol.estate.hosts.get({ id: one.id })).tags).toEqual(['prod', 'équipe:réseau']);
  await bob.estate.tags.change({ things: [{ kind: 'host', id: other.id }], remove: ['prod'], add: ['lab'] });
  const named = async (tag: string) => (await carol.estate.hosts.list({ tag })).items.map(({ name }) => name);
  expect(await named('prod')).toEqual(['web-01']);
  expect(await named('LAB')).toEqual(['web-02']);
  expect((await carol.estate.sites.list({ tag: 'prod' })).total).toBe(1);
  expect((await carol.estate.tags.list({})).items).toEqual([
    { tag: 'lab', count: 1 },
    { tag: 'prod', count: 2 },
    { tag: 'équipe:réseau', count: 3 },
  ]);
  await bob.estate.hosts.remove({ id: other.id });
  expect((await carol.estate.tags.list({})).items.map(({ tag }) => tag)).toEqual(['prod', 'équipe:réseau']);
});

test('a route leads by tag, and the explainer says by which', async () => {
  const host = await bob.estate.hosts.create({ name: 'db-01', address: '192.0.2.9' });
  const channel = await alice.notify.channels.create({
    name: 'room',
    kind: 'webhook',
    settings: { hookUrl: 'http://127.0.0.1:9/x' },
    language: 'en',
    everything: false,
  });
  await alice.notify.routes.create({ name: 'Databases', tags: ['db'], targets: [{ kind: 'channel', id: channel.id }] });
  const told = async () =>
    (await carol.notify.routes.explain({ thing: { kind: 'host', id: host.id }, priority: 'high' })).items;
  expect(await told()).toEqual([]);
  await bob.estate.tags.change({ things: [{ kind: 'host', id: host.id }], add: ['db'] });
  expect((await told())[0]?.because).toEqual(['route “Databases” by the tag db']);
});

test('tags are words; too many on one thing, things that are not there, and readers are refused', async () => {
  const host = await bob.estate.hosts.create({ name: 'full', address: '192.0.2.8' });
  const things = [{ kind: 'host', id: host.id }] as const;
  await bob.estate.tags.change({ things: [...things], add: twentyFrom(0) });
  await bob.estate.tags.change({ things: [...things], add: twentyFrom(20) });
  expect(await refusedWith(bob.estate.tags.change({ things: [...things], add: twentyFrom(40) }))).toBe('too_many_tags');
  expect((await bob.estate.hosts.get({ id: host.id })).tags).toHaveLength(40);
  expect(await refusedWith(bob.estate.tags.change({ things: [...things], add: ['two words'] }))).toBe('bad_input');
  const unknown = [{ kind: 'site', id: host.id }] as const;
  expect(await refusedWith(bob.estate.tags.change({ things: [...unknown], add: ['x'] }))).toBe('not_found');
  expect(await refusedWith(carol.estate.tags.change({ things: [...things], add: ['x'] }))).toBe('forbidden');
});
