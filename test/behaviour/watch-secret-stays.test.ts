import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { secretMark } from '#contract/words.ts';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';
import { until } from '../until.ts';

let house: House;
const told: string[] = [];
const server = createServer((request, response) => {
  told.push(request.headers.authorization ?? '');
  response.end('well');
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const bound = server.address();
  port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  house = await startHouse({ watchesItself: true });
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  server.close();
});

const signedIn = () => ({ scheme: 'http', port, signIn: 'basic', user: 'vigie', password: 'sesame' });

async function pageOn(name: string, address: string) {
  const { alice } = house.as;
  const host = await alice.estate.hosts.create({ name, address });
  const target = { kind: 'host', id: host.id } as const;
  const check = await alice.watch.checks.create({ name: 'page', kind: 'http', target, settings: signedIn() });
  return { host, check };
}

test('a stored secret is not sent elsewhere by whoever changes the settings, one by one or many at once', async () => {
  const { alice } = house.as;
  const { check } = await pageOn('stays', '127.0.0.1');
  const { settings } = check;
  expect(settings['password']).toBe(secretMark);
  const elsewhere = [{ port: 9 }, { scheme: 'https' }, { user: 'root' }, { hostName: 'evil.example' }, { path: '/x' }];
  for (const change of elsewhere) {
    const asked = { id: check.id, settings: { ...settings, ...change } };
    expect(await refusedWith(alice.watch.checks.change(asked))).toBe('settings_invalid');
    expect(await refusedWith(alice.watch.bulk.change({ changes: [{ id: check.id, settings: change }] }))).toBe(
      'settings_invalid',
    );
  }
  expect(
    await refusedWith(alice.watch.checks.change({ id: check.id, settings: { ...settings, verifyCertificate: false } })),
  ).toBe('settings_invalid');

  // What is judged may change; with the secret in hand, so may where it goes.
  await alice.watch.checks.change({ id: check.id, settings: { ...settings, warnMs: 900 } });
  await alice.watch.checks.change({ id: check.id, settings: { ...settings, path: '/y', password: 'sesame' } });
  expect((await alice.watch.checks.get({ id: check.id })).settings).toMatchObject({ path: '/y', password: secretMark });
});

test('neither does it follow its profile elsewhere, nor come back from it to elsewhere', async () => {
  const { alice } = house.as;
  const host = await alice.estate.hosts.create({ name: 'profiled', address: '127.0.0.1' });
  const item = { name: 'page', kind: 'http', settings: signedIn() };
  const profile = await alice.watch.profiles.create({ name: 'Pages', items: [item] });
  await alice.watch.profiles.apply({ id: profile.id, things: [{ kind: 'host', id: host.id }] });
  const [check] = (await alice.watch.checks.list({ thingKind: 'host', thingId: host.id })).items;
  const id = check?.id ?? '';
  const moved = profile.items.map((each) => ({ ...each, settings: { ...each.settings, port: 9 } }));
  expect(await refusedWith(alice.watch.profiles.change({ id: profile.id, items: moved }))).toBe('settings_invalid');

  // A check with a place and a secret of its own does not take its profile's secret there.
  const own = { ...check?.settings, port: 9, password: 'guess' };
  await alice.watch.checks.change({ id, settings: own });
  expect(await refusedWith(alice.watch.profiles.inherit({ id, paths: ['settings.password'] }))).toBe(
    'settings_invalid',
  );
  await alice.watch.profiles.inherit({ id, paths: ['settings.password', 'settings.port'] });
  expect((await alice.watch.checks.get({ id })).settings['port']).toBe(port);
});

test('neither is it told to another host by moving its host in the estate', async () => {
  const { alice, bob } = house.as;
  const { host, check } = await pageOn('moves', '127.0.0.1');
  const { id } = check;
  await until(async () => (await alice.watch.checks.runNow({ id })).verdict === 'up');
  const here = `Basic ${Buffer.from('vigie:sesame').toString('base64')}`;
  expect(told).toContain(here);

  await bob.estate.hosts.change({ id: host.id, address: '127.0.0.2' });
  await until(async () => (await alice.watch.checks.get({ id })).summary.includes('Type it again'));
  told.length = 0;
  expect((await alice.watch.checks.runNow({ id })).verdict).toBe('unknown');
  expect(told.filter((each) => each === here)).toEqual([]);

  // An administrator who saves the settings as they are lets it go there.
  await alice.watch.checks.change({ id, settings: check.settings });
  await until(async () => (await alice.watch.checks.runNow({ id })).verdict === 'up');
});

test('a kind that looks at Vigie’s own machine says so when another host is chosen', async () => {
  const { alice } = house.as;
  const host = await alice.estate.hosts.create({ name: 'another', address: '192.0.2.7' });
  const target = { kind: 'host', id: host.id } as const;
  for (const kind of ['local-host', 'vigie'])
    expect(await refusedWith(alice.watch.checks.create({ name: 'x', kind, target, settings: {} }))).toBe(
      'only_own_host',
    );
});
