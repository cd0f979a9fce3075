import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { portOf } from '../free-port.ts';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';
import { until } from '../until.ts';

let house: House;
let failing = false;
const web = createServer((_request, response) => response.writeHead(failing ? 500 : 200).end('x'));
const ids: Record<string, { host: string; check: string }> = {};

const thing = (name: string) => ({ kind: 'host', id: ids[name]?.host ?? '' }) as const;

beforeAll(async () => {
  house = await startHouse();
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const { alice } = house.as;
  for (const name of ['tagged', 'below', 'other']) {
    const host = await alice.estate.hosts.create({ name, address: '127.0.0.1' });
    const target = { kind: 'host', id: host.id } as const;
    const settings = { scheme: 'http', port: portOf(web.address()) };
    const check = await alice.watch.checks.create({ name, kind: 'http', target, settings, intervalSeconds: 1 });
    ids[name] = { host: host.id, check: check.id };
  }
  await alice.estate.tags.change({ things: [thing('tagged')], add: ['renewal'] });
  await alice.estate.dependencies.add({ dependent: thing('below'), on: thing('tagged') });
  await until(async () => (await alice.watch.checks.counts({})).up === 3, 40_000);
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  web.close();
});

async function silencedNow(): Promise<string[]> {
  const { items } = await house.as.bob.watch.alerts.list({ open: 'true' });
  return items.flatMap(({ silenced, check }) => (silenced ? check.name : [])).toSorted();
}

it('a silence and agreed work cover what carries a tag, and what depends on it', async () => {
  const { bob } = house.as;
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  const silence = await bob.watch.silences.create({ tag: 'Renewal', reason: 'new cables', until: soon });
  expect(silence).toMatchObject({ tag: 'renewal', target: null, below: true });
  failing = true;
  await until(async () => (await bob.watch.alerts.list({ open: 'true' })).total >= 2, 40_000);
  await until(async () => (await silencedNow()).includes('tagged'), 20_000);
  expect(await silencedNow()).not.toContain('other');
  expect(
    (await bob.watch.checks.list({ limit: 10 })).items
      .filter(({ silencedUntil }) => silencedUntil !== null)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['below', 'tagged']);

  // Only what carries it, and then another tag, which nothing carries: what was held back is told.
  expect((await bob.watch.silences.change({ id: silence.id, below: false })).tag).toBe('renewal');
  await bob.watch.silences.change({ id: silence.id, tag: 'nothing' });
  await until(async () => (await silencedNow()).length === 0, 20_000);
  await bob.watch.silences.end({ id: silence.id });
  expect(await refusedWith(bob.watch.silences.create({ tag: 'a', pattern: 'b', reason: 'x', until: soon }))).toBe(
    'bad_input',
  );

  failing = false;
  await until(async () => (await bob.watch.checks.counts({})).up === 3, 40_000);
  const window = await bob.upkeep.windows.create({
    name: 'Cables',
    tags: ['renewal'],
    startsAt: new Date().toISOString(),
    durationMinutes: 60,
  });
  expect(window).toMatchObject({ tags: ['renewal'], targets: [] });
  const covered = async () => (await bob.watch.windows.turns({ id: window.id })).items[0]?.checks ?? 0;
  await until(async () => (await covered()) === 2, 30_000);
  // What is given the tag while it goes on is covered too.
  await bob.estate.tags.change({ things: [{ kind: 'host', id: ids['other']?.host ?? '' }], add: ['renewal'] });
  await until(async () => (await covered()) === 3, 30_000);
  expect(await refusedWith(bob.upkeep.windows.change({ id: window.id, tags: [] }))).toBe('bad_input');
  expect(await refusedWith(bob.upkeep.windows.create({ name: 'Nothing', startsAt: soon, durationMinutes: 5 }))).toBe(
    'bad_input',
  );
  await bob.upkeep.windows.change({ id: window.id, tags: ['renewal', 'later'] });
  const [change] = (await bob.upkeep.windows.history({ id: window.id })).items;
  expect(change?.fields).toEqual([{ field: 'tags', before: 'renewal', after: 'later, renewal' }]);
}, 180_000);
