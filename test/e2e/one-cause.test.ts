import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#contract/client.ts';
import { lookAt, pauseLocalCheck, startLabVigie, watchHost, welcomeCompany, type LabVigie } from '../company.ts';

const noticed = { timeout: 60_000, interval: 200 };
/** Long enough for a second incident to come, if one came. */
const quiet = 8_000;

describe.skipIf(process.getuid?.() !== 0)('one cause, one incident', () => {
  let place: LabVigie;
  let bob: Client;

  beforeAll(async () => {
    place = await startLabVigie(['web1', 'ns1']);
    const company = await welcomeCompany(place.vigie);
    bob = company.bob;
    await pauseLocalCheck(company.alice);
  });

  afterAll(async () => {
    await place?.[Symbol.asyncDispose]();
  });

  const statesOf = async (thingId: string): Promise<string[]> =>
    (await bob.watch.checks.list({ thingKind: 'host', thingId })).items.map(({ state }) => state);
  const open = async () => (await bob.desk.tickets.list({ open: 'true' })).items;
  const untilWell = async (thingId: string): Promise<void> => {
    await expect.poll(async () => [...new Set(await statesOf(thingId))], noticed).toEqual(['up']);
  };
  const settle = async (): Promise<void> => {
    await expect.poll(async () => (await open()).every(({ state }) => state === 'solved'), noticed).toBe(true);
    for (const { id } of await open()) await bob.desk.tickets.resolve({ id, causeText: 'cut', remedyText: 'mended' });
  };

  test('a host that vanishes opens one, however many of its checks fail', async () => {
    const web1 = await watchHost(bob, place.lab, 'web1');
    await bob.watch.checks.create({
      name: 'Health',
      kind: 'http',
      target: { kind: 'host', id: web1 },
      settings: { scheme: 'http', path: '/health' },
      intervalSeconds: 5,
    });
    await bob.watch.checks.create({
      name: 'Certificate',
      kind: 'tls',
      target: { kind: 'host', id: web1 },
      settings: { port: 443 },
      // Its own turn would come long after the test.
      intervalSeconds: 3_600,
    });
    await untilWell(web1);
    expect((await statesOf(web1)).length).toBeGreaterThanOrEqual(6);
    await place.lab.breakThing('web1-link-down');
    // By name: one that does not notice is to be known.
    const stillUp = async () =>
      (await bob.watch.checks.list({ thingKind: 'host', thingId: web1 })).items
        .filter(({ state }) => state === 'up')
        .map(({ name, kind, intervalSeconds, nextAt }) => ({ name, kind, intervalSeconds, nextAt }));
    await expect.poll(stillUp, noticed).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, quiet));
    expect((await open()).map(({ cause }) => cause?.id)).toEqual([web1]);
    await place.lab.mendThing('web1-link-down');
    await settle();
  });

  test('what lies behind a line that is cut is unreachable because of it, and opens nothing', async () => {
    const router = await bob.estate.hosts.create({ name: 'branch router', address: '10.77.8.1', kind: 'router' });
    const kiosk = await bob.estate.hosts.create({ name: 'kiosk1', address: '10.77.8.10' });
    await bob.estate.dependencies.add({
      dependent: { kind: 'host', id: kiosk.id },
      on: { kind: 'host', id: router.id },
    });
    for (const { address } of [router, kiosk]) {
      const proposals = await lookAt(bob, address);
      await bob.watch.start({ proposals: proposals.filter(({ wanted }) => wanted) });
    }
    await untilWell(router.id);
    await untilWell(kiosk.id);
    await place.lab.breakThing('branch-link-down');
    await expect.poll(async () => [...new Set(await statesOf(kiosk.id))], noticed).toEqual(['unreachable']);
    await new Promise((resolve) => setTimeout(resolve, quiet));
    const { items } = await bob.watch.checks.list({ thingKind: 'host', thingId: kiosk.id });
    expect(new Set(items.map(({ because }) => because?.name))).toEqual(new Set(['branch router']));
    expect((await open()).map(({ cause }) => cause?.id)).toEqual([router.id]);
    await place.lab.mendThing('branch-link-down');
    await settle();
    await expect.poll(async () => [...new Set(await statesOf(kiosk.id))], noticed).toEqual(['up']);
  });

  test('a name server that is silent, and that Vigie itself asks for names, opens one', async () => {
    const ns1 = await watchHost(bob, place.lab, 'ns1');
    await untilWell(ns1);
    const ownLine = async () => (await bob.watch.checks.list({ kind: 'own-line' })).items.map(({ state }) => state);
    await expect.poll(ownLine, noticed).toEqual(['up']);
    await place.lab.breakThing('dns-stopped');
    await expect.poll(ownLine, noticed).toEqual(['degraded']);
    await expect.poll(() => statesOf(ns1), noticed).toContain('down');
    await new Promise((resolve) => setTimeout(resolve, quiet));
    expect((await open()).map(({ cause }) => cause?.id)).toEqual([ns1]);
    await place.lab.mendThing('dns-stopped');
    await settle();
    await expect.poll(ownLine, noticed).toEqual(['up']);
  });
});
