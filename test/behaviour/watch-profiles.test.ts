import { describe, expect, it } from 'vitest';
import { secretMark } from '#contract/words.ts';
import { startHouse } from '../house.ts';
import { refusedWith } from '../refused-with.ts';

async function withHosts() {
  const house = await startHouse({ logLevel: 'silent' });
  const { alice, bob } = house.as;
  const hosts = await Promise.all(
    ['a', 'b'].map((name, index) => bob.estate.hosts.create({ name, address: `127.0.0.${index + 2}` })),
  );
  const things = hosts.map(({ id }) => ({ kind: 'host' as const, id }));
  const page = { name: 'Page', kind: 'http', settings: { path: '/' }, intervalSeconds: 60 };
  const profile = await bob.watch.profiles.create({ name: 'Web site', items: [page, { name: 'Port', kind: 'tcp' }] });
  return { house, alice, bob, hosts, things, profile };
}

describe('a profile', () => {
  it('starts its checks on what it is given to, once, and says beforehand what it would do', async () => {
    const { house, alice, hosts, things, profile } = await withHosts();
    await using _house = house;
    const own = await alice.watch.checks.create({
      name: 'My port',
      kind: 'tcp',
      target: things[0] ?? { kind: 'host', id: '' },
      settings: profile.items[1]?.settings ?? {},
    });
    const preview = await alice.watch.profiles.apply({ id: profile.id, things, preview: true });
    expect(preview.things.map(({ adds, adopts }) => [adds, adopts])).toEqual([
      [['Page'], ['My port']],
      [['Page', 'Port'], []],
    ]);
    expect((await alice.watch.checks.list({ limit: 100 })).items.filter(({ kind }) => kind === 'http')).toEqual([]);
    await alice.watch.profiles.apply({ id: profile.id, things });
    await alice.watch.profiles.apply({ id: profile.id, things });
    const { items } = await alice.watch.checks.list({ limit: 100, thingKind: 'host', thingId: hosts[0]?.id });
    expect(items.map(({ name }) => name).toSorted()).toEqual(['My port', 'Page']);
    expect((await alice.watch.profiles.ofCheck({ id: own.id })).inherited?.profile.name).toBe('Web site');
    expect((await alice.watch.profiles.uses({ id: profile.id })).items.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('is followed by its checks when it changes, but for what they hold of their own', async () => {
    const { house, alice, things, profile } = await withHosts();
    await using _house = house;
    await alice.watch.profiles.apply({ id: profile.id, things });
    const pages = async () => (await alice.watch.checks.list({ limit: 100, kind: 'http' })).items;
    const [first] = await pages();
    await alice.watch.checks.change({ id: first?.id ?? '', intervalSeconds: 10 });
    const items = profile.items.map(({ sensitivity: _same, ...item }) =>
      item.kind === 'http' ? { ...item, settings: { ...item.settings, path: '/shop' }, intervalSeconds: 30 } : item,
    );
    const added = { name: 'Certificate', kind: 'tls' };
    const { followed } = await alice.watch.profiles.change({ id: profile.id, items: [...items, added] });
    expect(followed).toEqual({ changed: 2, added: 2, removed: 0, skipped: [] });
    expect((await pages()).map(({ settings }) => settings['path'])).toEqual(['/shop', '/shop']);
    expect((await pages()).map(({ intervalSeconds }) => intervalSeconds).toSorted((a, b) => a - b)).toEqual([10, 30]);
    const { inherited } = await alice.watch.profiles.ofCheck({ id: first?.id ?? '' });
    expect(inherited?.fields.filter(({ own }) => own)).toEqual([{ path: 'intervalSeconds', own: true, value: 30 }]);
    await alice.watch.profiles.inherit({ id: first?.id ?? '', paths: ['intervalSeconds'] });
    expect((await pages()).map(({ intervalSeconds }) => intervalSeconds)).toEqual([30, 30]);
  });

  it('brings along what it includes, and takes away with it only what nothing else brings', async () => {
    const { house, alice, things, profile } = await withHosts();
    await using _house = house;
    const any = await alice.watch.profiles.create({ name: 'Anything', items: [{ name: 'Ping', kind: 'icmp' }] });
    await alice.watch.profiles.change({ id: profile.id, includes: [any.id] });
    await expect(refusedWith(alice.watch.profiles.change({ id: any.id, includes: [profile.id] }))).resolves.toBe(
      'dependency_circle',
    );
    await alice.watch.profiles.apply({ id: profile.id, things });
    await alice.watch.profiles.apply({ id: any.id, things });
    const names = async () => (await alice.watch.checks.list({ limit: 100 })).items.map(({ name }) => name);
    expect((await names()).filter((name) => name === 'Ping')).toHaveLength(2);
    await expect(refusedWith(alice.watch.profiles.remove({ id: any.id }))).resolves.toBe('still_used');
    const { removed } = await alice.watch.profiles.withdraw({ id: profile.id, things, removeChecks: true });
    expect(removed).toBe(4);
    expect((await names()).filter((name) => name === 'Ping')).toHaveLength(2);
  });

  it('leaves out what the caller may not watch, and says why', async () => {
    const { house, alice, bob, profile } = await withHosts();
    await using _house = house;
    const local = await alice.estate.hosts.create({ name: 'metadata', address: '169.254.169.254' });
    const thing = { kind: 'host' as const, id: local.id };
    const { things } = await bob.watch.profiles.apply({ id: profile.id, things: [thing] });
    expect(things[0]?.adds).toEqual([]);
    expect(things[0]?.skipped).toMatch(/169\.254\.169\.254/u);
  });
});

describe('many checks at once', () => {
  it('are changed all together, and the answer undoes it', async () => {
    const { house, alice, things, profile } = await withHosts();
    await using _house = house;
    await alice.watch.profiles.apply({ id: profile.id, things });
    const list = async () => (await alice.watch.checks.list({ limit: 100, kind: 'http' })).items;
    const before = await list();
    const changes = before.map(({ id }) => ({ id, intervalSeconds: 15, paused: true, settings: { path: '/all' } }));
    const { changed, undo } = await alice.watch.bulk.change({ changes });
    expect(changed).toBe(2);
    const during = await list();
    expect(during.map(({ paused, settings }) => [paused, settings['path']])).toEqual([
      [true, '/all'],
      [true, '/all'],
    ]);
    await alice.watch.bulk.change({ changes: undo });
    const shown = (checks: typeof before) =>
      checks.map(({ id, settings, intervalSeconds, paused }) => ({ id, settings, intervalSeconds, paused }));
    expect(shown(await list())).toEqual(shown(before));
  });

  it('are given another importance together, also by their profile, and the answer undoes it', async () => {
    const { house, alice, things, profile } = await withHosts();
    await using _house = house;
    await alice.watch.profiles.apply({ id: profile.id, things });
    const worths = async () =>
      (await alice.watch.checks.list({ limit: 100, kind: 'http' })).items.map(({ importance }) => importance);
    const items = profile.items.map((item) => ({ ...item, importance: 'low' as const }));
    await alice.watch.profiles.change({ id: profile.id, items });
    expect(await worths()).toEqual(['low', 'low']);
    const [first] = (await alice.watch.checks.list({ limit: 100, kind: 'http' })).items;
    const { undo } = await alice.watch.bulk.change({ changes: [{ id: first?.id ?? '', importance: 'high' }] });
    expect((await worths()).toSorted()).toEqual(['high', 'low']);
    const { inherited } = await alice.watch.profiles.ofCheck({ id: first?.id ?? '' });
    expect(inherited?.fields.find(({ path }) => path === 'importance')).toEqual({
      path: 'importance',
      own: true,
      value: 'low',
    });
    await alice.watch.bulk.change({ changes: undo });
    expect(await worths()).toEqual(['low', 'low']);
  });

  it('are left alone when one of them is wrong', async () => {
    const { house, alice, things, profile } = await withHosts();
    await using _house = house;
    await alice.watch.profiles.apply({ id: profile.id, things });
    const { items } = await alice.watch.checks.list({ limit: 100 });
    const changes = items.map(({ id, kind }) => ({ id, settings: kind === 'tcp' ? { port: 700_000 } : {} }));
    await expect(refusedWith(alice.watch.bulk.change({ changes }))).resolves.toBe('settings_invalid');
    const missing = [...items.map(({ id }) => id), '01900000-0000-7000-8000-000000000000'];
    await expect(refusedWith(alice.watch.bulk.remove({ ids: missing }))).resolves.toBe('not_found');
    expect((await alice.watch.checks.list({ limit: 100 })).total).toBe(items.length);
    expect(await alice.watch.bulk.remove({ ids: items.map(({ id }) => id).slice(0, 2) })).toEqual({ removed: 2 });
  });
});

it('refuses a circle of composites that many changes at once would close', async () => {
  const { house, alice, things } = await withHosts();
  await using _house = house;
  const [target] = things;
  if (target === undefined) throw new Error('no host');
  const make = (name: string) => alice.watch.checks.create({ name, kind: 'composite', target, settings: {} });
  const [one, other] = [await make('one'), await make('other')];
  const changes = [
    { id: one.id, settings: { members: [other.id] } },
    { id: other.id, settings: { members: [one.id] } },
  ];
  await expect(refusedWith(alice.watch.bulk.change({ changes }))).resolves.toBe('composite_circle');
  expect((await alice.watch.bulk.change({ changes: changes.slice(0, 1) })).changed).toBe(1);
});

it('never tells a secret of a profile, and copies it sealed', async () => {
  const { house, alice, things } = await withHosts();
  await using _house = house;
  const { items } = await alice.watch.kinds({});
  const withSecret = items.find(({ settingsSchema }) => JSON.stringify(settingsSchema).includes('"secret":true'));
  const properties = withSecret?.settingsSchema['properties'];
  const [field = ''] = Object.entries(properties ?? {}).flatMap(([name, each]) =>
    JSON.stringify(each).includes('"secret":true') ? [name] : [],
  );
  const item = { name: 'Secret', kind: withSecret?.name ?? '', settings: { [field]: 'open sesame' } };
  const profile = await alice.watch.profiles.create({ name: 'With a secret', items: [item] });
  expect(profile.items[0]?.settings[field]).toBe(secretMark);
  await alice.watch.profiles.apply({ id: profile.id, things });
  const checks = (await alice.watch.checks.list({ limit: 100, kind: item.kind })).items;
  expect(checks).toHaveLength(2);
  for (const { id, settings } of checks) {
    expect(settings[field]).toBe(secretMark);
    const { inherited } = await alice.watch.profiles.ofCheck({ id });
    expect(inherited?.fields.filter(({ own }) => own)).toEqual([]);
    expect(JSON.stringify(inherited)).not.toContain('sealed');
  }
});
