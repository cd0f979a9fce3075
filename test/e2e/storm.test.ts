import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#contract/client.ts';
import { pauseLocalCheck, welcomeCompany } from '../company.ts';
import { startWiredVigie, type WiredVigie } from '../lab-wires.ts';

const noticed = { timeout: 90_000, interval: 500 };
const hostCount = 500;
const quiet = 10_000;
const addressOf = (index: number): string => `10.77.${64 + Math.floor(index / 250)}.${(index % 250) + 1}`;

describe.skipIf(process.getuid?.() !== 0)('a switch with five hundred hosts behind it', () => {
  let place: WiredVigie;
  let bob: Client;
  let switchId = '';

  beforeAll(async () => {
    place = await startWiredVigie();
    const all = Array.from({ length: hostCount }, (_none, index) => addressOf(index));
    await place.ip('main', 'route add 10.77.64.0/22 via 10.77.0.2');
    await place.ip('router', 'route add 10.77.64.0/22 dev branch0');
    await place.ip('branch', ...all.map((address) => `addr add ${address}/32 dev eth0`));
    const company = await welcomeCompany(place.vigie);
    bob = company.bob;
    await pauseLocalCheck(company.alice);
    const add = async (name: string, address: string, kind: 'switch' | 'server'): Promise<string> => {
      const host = await bob.estate.hosts.create({ name, address, kind });
      const target = { kind: 'host', id: host.id } as const;
      await bob.watch.checks.create({ name: 'ping', kind: 'icmp', target, intervalSeconds: 5 });
      return host.id;
    };
    switchId = await add('switch', '10.77.8.1', 'switch');
    for (let from = 0; from < hostCount; from += 20)
      await Promise.all(
        all.slice(from, from + 20).map(async (address, index) => {
          const id = await add(`host-${from + index}`, address, 'server');
          const on = { kind: 'host', id: switchId } as const;
          await bob.estate.dependencies.add({ dependent: { kind: 'host', id }, on });
        }),
      );
  });

  afterAll(() => place?.[Symbol.asyncDispose]());

  const counted = async () => {
    const { up, down, unreachable, unknown, degraded } = await bob.watch.checks.counts({});
    return { well: up, down, unreachable, other: unknown + degraded };
  };
  const open = async () => (await bob.desk.tickets.list({ open: 'true' })).items;

  test('fails: one incident, and all the others are unreachable because of it', async () => {
    await expect.poll(async () => (await counted()).well, noticed).toBeGreaterThanOrEqual(hostCount + 1);
    const before = Date.now();
    await place.lab.breakThing('branch-link-down');
    await expect.poll(async () => (await open()).length, noticed).toBe(1);
    const tookMs = Date.now() - before;
    await expect.poll(async () => (await counted()).unreachable, noticed).toBe(hostCount);
    await new Promise((resolve) => setTimeout(resolve, quiet));
    expect((await open()).map(({ cause }) => cause?.id)).toEqual([switchId]);
    expect(await counted()).toMatchObject({ down: 1, unreachable: hostCount });
    expect((await bob.watch.alerts.list({ open: 'true' })).items.map(({ target }) => target.id)).toEqual([switchId]);
    expect(tookMs).toBeLessThan(60_000);
  });

  test('and when it returns, one recovery', async () => {
    await place.lab.mendThing('branch-link-down');
    await expect.poll(async () => (await counted()).unreachable, noticed).toBe(0);
    await expect.poll(async () => (await open()).map(({ state }) => state), noticed).toEqual(['solved']);
    expect((await bob.desk.tickets.list({})).total).toBe(1);
    expect(await counted()).toMatchObject({ down: 0, unreachable: 0 });
  });
});
