import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { portOf } from '../free-port.ts';
import { startHouse, type House } from '../house.ts';
import { until } from '../until.ts';

let house: House;
const told: string[] = [];
const server = createServer((request, response) => {
  told.push(request.headers.authorization ?? '');
  response.end('well');
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = portOf(server.address());
  house = await startHouse();
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  server.close();
});

const basic = `Basic ${Buffer.from('vigie:sesame').toString('base64')}`;
const page = () => ({
  name: 'Page',
  kind: 'http',
  settings: { scheme: 'http', port, signIn: 'basic', user: 'vigie', password: 'sesame' },
});
const hostOf = async (name: string, address: string) => {
  const { id } = await house.as.bob.estate.hosts.create({ name, address });
  return { kind: 'host' as const, id };
};
const checksOn = async (thing: { id: string }) =>
  (await house.as.bob.watch.checks.list({ limit: 10, thingKind: 'host', thingId: thing.id })).items;

it('a profile takes its secret to a host by an administrator, or by who has the secret in hand', async () => {
  const { alice, bob } = house.as;
  const profile = await alice.watch.profiles.create({ name: 'Pages', items: [page()] });
  const [item = { id: '' }] = profile.items;
  // A host that Bob made himself, where he may well listen.
  const thing = await hostOf('bob-1', 'bob-1.invalid');
  const things = [thing];
  const again = (value: string) => [{ item: item.id, field: 'password', value }];
  for (const secrets of [[], again('guess'), [{ item: item.id, field: 'user', value: 'vigie' }]]) {
    const asked = await bob.watch.profiles.apply({ id: profile.id, things, secrets });
    expect(asked.things).toMatchObject([{ adds: [] }]);
    expect(asked.things[0]?.skipped).toContain('de nouveau');
  }
  expect(await checksOn(thing)).toEqual([]);

  // Neither does it come along with a profile of his own that he has given there before.
  const own = await bob.watch.profiles.create({ name: 'Mine', items: [{ name: 'Port', kind: 'tcp' }] });
  await bob.watch.profiles.apply({ id: own.id, things });
  const { followed } = await bob.watch.profiles.change({ id: own.id, includes: [profile.id] });
  expect(followed.added).toBe(0);
  expect((await checksOn(thing)).map(({ kind }) => kind)).toEqual(['tcp']);

  const given = await bob.watch.profiles.apply({ id: profile.id, things, secrets: again('sesame') });
  expect(given.things).toMatchObject([{ adds: ['Page'], skipped: null }]);

  const here = await hostOf('here', '127.0.0.1');
  await alice.watch.profiles.apply({ id: profile.id, things: [here] });
  const [check] = await checksOn(here);
  await until(async () => (await alice.watch.checks.runNow({ id: check?.id ?? '' })).verdict === 'up');
  expect(told).toContain(basic);
});

it('what an operator types into a profile follows to the things that have it', async () => {
  const { bob } = house.as;
  const thing = await hostOf('bob-2', 'bob-2.invalid');
  const profile = await bob.watch.profiles.create({ name: 'Empty', items: [] });
  await bob.watch.profiles.apply({ id: profile.id, things: [thing] });
  const { followed } = await bob.watch.profiles.change({ id: profile.id, items: [page()] });
  expect(followed).toMatchObject({ added: 1, skipped: [] });
});
