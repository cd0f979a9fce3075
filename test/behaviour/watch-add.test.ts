import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Proposal } from '#contract/watch.ts';
import type { Client } from '#contract/client.ts';
import { startHouse, type House } from '../house.ts';
import { until } from '../until.ts';

let house: House;
let port = 0;
const site = createServer((_request, response) => response.end('hello'));
beforeAll(async () => {
  house = await startHouse({ watchesItself: true });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const address = site.address();
  if (typeof address === 'object' && address !== null) ({ port } = address);
});
afterAll(async () => {
  site.close();
  await house[Symbol.asyncDispose]();
});

async function look(client: Client, what: string) {
  const proposals: Proposal[] = [];
  const steps: string[] = [];
  for await (const event of await client.watch.look({ what })) {
    steps.push(event.step);
    if (event.step === 'proposal') proposals.push(event.proposal);
  }
  return { proposals, steps };
}

function refused(asked: Promise<unknown>): Promise<string | undefined> {
  return asked.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
}

describe('the first start', () => {
  test('watches the machine that Vigie runs on, with measurements', async () => {
    const { alice } = house.as;
    const [own] = (await alice.watch.checks.list({ kind: 'local-host' })).items;
    expect(own).toMatchObject({ name: 'Machine', intervalSeconds: 5 });
    await until(async () =>
      (await alice.watch.checks.series({ id: own?.id ?? '' })).items.some(
        ({ name, last }) => name === 'cpu' && last !== null,
      ),
    );
    const { items } = await alice.watch.checks.series({ id: own?.id ?? '' });
    expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining(['load1', 'memory', 'disk:/', 'uptime']));
    const french = await house.as.bob.watch.checks.series({ id: own?.id ?? '' });
    expect(french.items.find(({ name }) => name === 'disk:/')?.label).toBe('Espace disque /');
  });
});

describe('add by address', () => {
  test('finds what answers, proposes it in words, and starts it', async () => {
    const { alice } = house.as;
    const { proposals, steps } = await look(alice, `http://127.0.0.1:${port}/health`);
    expect(steps.at(-1)).toBe('end');
    const page = proposals.find(({ kind }) => kind === 'http');
    expect(page).toMatchObject({ name: `HTTP ${port} /health`, why: 'A page answers with 200.', wanted: true });
    const wanted = proposals.filter(({ kind }) => kind === 'http' || kind === 'icmp');
    const { checks } = await alice.watch.start({ proposals: wanted });
    expect(checks.map(({ kind }) => kind).toSorted()).toEqual(['http', 'icmp']);
    await until(async () =>
      (await Promise.all(checks.map(({ id }) => alice.watch.checks.get({ id })))).every(({ state }) => state === 'up'),
    );
    expect((await alice.watch.start({ proposals: wanted })).checks).toEqual([]);
  });

  test('proposes nothing that is watched already, this machine included', async () => {
    const { alice } = house.as;
    const proposed = async (): Promise<string[]> =>
      (await look(alice, `http://127.0.0.1:${port}/health`)).proposals.map(({ kind }) => kind);
    const left = await proposed();
    for (const kind of ['local-host', 'http', 'icmp']) expect(left).not.toContain(kind);
    const page = (await alice.watch.checks.list({ kind: 'http' })).items.find(
      ({ name }) => name === `HTTP ${port} /health`,
    );
    await alice.watch.checks.change({ id: page?.id ?? '', settings: { ...page?.settings, path: '/elsewhere' } });
    expect(await proposed()).toEqual(expect.arrayContaining(['http', ...left]));
  });

  test('adds hosts that are not known yet', async () => {
    const { alice } = house.as;
    const { proposals } = await look(alice, '127.8.8.0/30');
    const started = await alice.watch.start({ proposals: proposals.filter(({ kind }) => kind === 'icmp') });
    expect(started.hostsAdded).toBe(2);
    expect(started.checks.map(({ address }) => address).toSorted()).toEqual(['127.8.8.1', '127.8.8.2']);
  });

  test('leads an operator nowhere near the server itself, and nobody into nonsense', async () => {
    const { bob, alice, carol } = house.as;
    expect(await refused(look(bob, 'http://127.0.0.1/'))).toBe('address_forbidden');
    expect(await refused(look(bob, '169.254.169.254'))).toBe('address_forbidden');
    expect(await refused(look(alice, '224.0.0.1'))).toBe('address_forbidden');
    expect(await refused(look(alice, '10.0.0.0/16'))).toBe('network_too_large');
    expect(await refused(look(alice, 'what is this'))).toBe('address_not_found');
    expect(await refused(look(carol, '127.0.0.1'))).toBe('forbidden');
  });
});

describe('a check', () => {
  test('is described by its kind in the reader’s language, with a form', async () => {
    const { items } = await house.as.bob.watch.kinds({});
    const http = items.find(({ name }) => name === 'http');
    expect(items.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['icmp', 'tcp', 'http', 'tls', 'dns', 'ssh-command', 'systemd-unit', 'local-host']),
    );
    expect(http).toMatchObject({ title: 'HTTP', intervalSeconds: 5, defaults: { scheme: 'https', method: 'GET' } });
    expect(http?.settingsSchema).toMatchObject({
      properties: { path: { title: 'Chemin', type: 'string', default: '/' } },
    });
    expect(http?.manual).toContain('Demande une page');
  });

  test('with settings that cannot be is refused, field by field', async () => {
    const { alice } = house.as;
    const host = await alice.estate.hosts.create({ name: 'refused-1', address: '192.0.2.7' });
    const target = { kind: 'host', id: host.id } as const;
    await expect(
      alice.watch.checks.create({ name: 'a', kind: 'http', target, settings: { port: 'eighty' } }),
    ).rejects.toMatchObject({
      code: 'settings_invalid',
      data: { fields: [{ path: 'settings.port' }] },
    });
    await expect(alice.watch.checks.create({ name: 'a', kind: 'nonsense', target })).rejects.toMatchObject({
      code: 'unknown_kind',
    });
    await expect(alice.watch.checks.create({ name: 'a', kind: 'local-host', target })).rejects.toMatchObject({
      code: 'only_own_host',
    });
  });

  test('of this machine cannot be turned elsewhere by an operator', async () => {
    const { alice, bob } = house.as;
    const host = await alice.estate.hosts.create({ name: 'self', address: '127.0.0.1' });
    const target = { kind: 'host', id: host.id } as const;
    const own = { name: 'own', kind: 'http', target, settings: { scheme: 'http', port } };
    await expect(bob.watch.checks.create(own)).rejects.toMatchObject({ code: 'address_forbidden' });
    const { id } = await alice.watch.checks.create(own);
    await expect(bob.watch.checks.change({ id, settings: { scheme: 'http', port: 5432 } })).rejects.toMatchObject({
      code: 'address_forbidden',
    });
    expect(await bob.watch.checks.change({ id, name: 'renamed' })).toMatchObject({ name: 'renamed' });
  });
});
