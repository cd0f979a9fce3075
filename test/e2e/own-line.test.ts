import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#contract/client.ts';
import { pauseLocalCheck, welcomeCompany } from '../company.ts';
import { startWiredVigie, type WiredVigie } from '../lab-wires.ts';

const noticed = { timeout: 60_000, interval: 200 };
/** Long enough for an incident to come, if one came. */
const quiet = 8_000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const branchHosts = [11, 12, 13, 14];
const headHosts = [31, 32, 33];

describe.skipIf(process.getuid?.() !== 0)('when several checks fail together', () => {
  let place: WiredVigie;
  let bob: Client;
  const hosts: { id: string; name: string; at: 'branch' | 'head' }[] = [];
  let branchSite = '';

  beforeAll(async () => {
    place = await startWiredVigie();
    // The head office's own way out leads by the router; beyond it lie the branch and other hosts of the head office.
    await place.ip('main', 'route add default via 10.77.0.2');
    await place.ip('branch', ...branchHosts.map((each) => `addr add 10.77.8.${each}/24 dev eth0`));
    await place.ip('router', ...headHosts.map((each) => `addr add 10.77.20.${each}/32 dev uplink`));
    // The branch's machine answers on port 80 anyway.
    await place.answer('router', 80);
    const company = await welcomeCompany(place.vigie);
    bob = company.bob;
    await pauseLocalCheck(company.alice);
    const site = await bob.estate.sites.create({ name: 'Lyon' });
    branchSite = site.id;
    const add = async (name: string, address: string, at: 'branch' | 'head'): Promise<void> => {
      const host = await bob.estate.hosts.create({ name, address, ...(at === 'branch' ? { siteId: site.id } : {}) });
      const target = { kind: 'host', id: host.id } as const;
      await bob.watch.checks.create({ name: 'door', kind: 'tcp', target, settings: { port: 80 }, intervalSeconds: 5 });
      hosts.push({ id: host.id, name, at });
    };
    for (const each of branchHosts) await add(`lyon-${each}`, `10.77.8.${each}`, 'branch');
    for (const each of headHosts) await add(`head-${each}`, `10.77.20.${each}`, 'head');
  });

  afterAll(() => place?.[Symbol.asyncDispose]());

  const states = async (...at: ('branch' | 'head')[]): Promise<string[]> => {
    const wanted = new Set(hosts.filter((host) => at.includes(host.at)).map(({ id }) => id));
    const { items } = await bob.watch.checks.list({});
    return [...new Set(items.filter(({ target }) => wanted.has(target.id)).map(({ state }) => state))].toSorted();
  };
  const open = async () => (await bob.desk.tickets.list({ open: 'true' })).items;
  const settled = async (): Promise<void> => {
    await expect.poll(async () => (await open()).every(({ state }) => state === 'solved'), noticed).toBe(true);
    for (const { id } of await open()) await bob.desk.tickets.resolve({ id, causeText: 'cut', remedyText: 'mended' });
  };

  test('because our own line is cut, one message tells it, and of the others nothing is known', async () => {
    await expect.poll(() => states('branch', 'head'), noticed).toEqual(['up']);
    const from = new Date();
    // What the gateway is to us has to be known before its silence says anything.
    await wait(16_000);
    await place.ip('main', 'link set wan-branch down');
    await expect.poll(open, noticed).toHaveLength(1);
    await expect.poll(() => states('branch', 'head'), noticed).toEqual(['unknown']);
    await wait(quiet);
    const [incident, ...others] = await open();
    expect(others).toEqual([]);
    expect(incident?.cause?.kind).toBe('host');
    const lines = (await bob.watch.checks.list({ kind: 'own-line' })).items;
    expect(lines.map(({ state, target }) => [state, target.id])).toEqual([['down', incident?.cause?.id]]);
    await place.ip('main', 'link set wan-branch up');
    await expect.poll(() => states('branch', 'head'), noticed).toEqual(['up']);
    await settled();
    const asked = { from: from.toISOString(), until: new Date().toISOString(), of: 'host' } as const;
    const { items } = await bob.watch.availability({ ...asked, ids: hosts.map(({ id }) => id) });
    expect(items.map(({ low, high }) => [low, high])).toEqual(hosts.map(() => [100, 100]));
    for (const { exclusions } of items) {
      expect(exclusions.map(({ kind }) => kind)).toEqual(['ours']);
      expect(exclusions[0]?.why).toMatch(/10\.77\.0\.2/u);
      expect(exclusions[0]?.seconds).toBeGreaterThan(quiet / 1_000);
    }
  });

  test('because the way to their site is cut, one incident of the site tells it', async () => {
    await place.ip('router', 'link set branch0 down');
    await expect.poll(open, noticed).toHaveLength(1);
    await wait(quiet);
    expect((await open()).map(({ cause }) => cause?.id)).toEqual([branchSite]);
    expect(await states('branch')).toEqual(['down', 'unreachable']);
    expect(await states('head')).toEqual(['up']);
    await place.ip('router', 'link set branch0 up');
    await expect.poll(() => states('branch', 'head'), noticed).toEqual(['up']);
    await settled();
  });

  test('because they really are down, each has its own incident', async () => {
    await place.ip('branch', 'addr del 10.77.8.11/24 dev eth0');
    await expect.poll(async () => (await open()).length, noticed).toBeGreaterThan(0);
    await wait(quiet);
    const down = (await bob.watch.checks.list({ state: 'down' })).items.filter(({ kind }) => kind === 'tcp');
    expect(new Set((await open()).map(({ cause }) => cause?.id))).toEqual(new Set(down.map(({ target }) => target.id)));
    expect((await open()).every(({ cause }) => cause?.kind === 'host')).toBe(true);
  });
});
