import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#contract/client.ts';
import { command } from '../../lab/command.ts';
import { inNamespace, networkNames } from '../../lab/network.ts';
import { startLab, type Lab } from '../../lab/start-lab.ts';
import { pauseLocalCheck, welcomeCompany } from '../company.ts';
import { serveVigie, type ServedVigie } from '../served-vigie.ts';

const noticed = { timeout: 90_000, interval: 500 };
const hostCount = 500;
const quiet = 10_000;

describe.skipIf(process.getuid?.() !== 0)('a switch with five hundred hosts behind it', () => {
  const ending = new AsyncDisposableStack();
  let lab: Lab;
  let vigie: ServedVigie;
  let bob: Client;
  let switchId = '';

  const batch = (place: 'main' | 'router' | 'branch', lines: readonly string[]) =>
    command(['nsenter', ...inNamespace(networkNames(lab.name)[place]), 'ip', '-batch', '-'], {
      input: `${lines.join('\n')}\n`,
    });
  const addressOf = (index: number): string => `10.77.${64 + Math.floor(index / 250)}.${(index % 250) + 1}`;

  beforeAll(async () => {
    lab = ending.use(await startLab({ hosts: [] }));
    const all = Array.from({ length: hostCount }, (_none, index) => addressOf(index));
    // Something else on the bridge: what is cut is the switch's line, not ours.
    await batch('main', [
      'route add 10.77.64.0/22 via 10.77.0.2',
      'link add other type veth peer name other-far',
      'link set other master lab0',
      'link set other up',
      'link set other-far up',
    ]);
    await batch('router', ['route add 10.77.64.0/22 dev branch0']);
    await batch(
      'branch',
      all.map((address) => `addr add ${address}/32 dev eth0`),
    );
    vigie = ending.use(await serveVigie(lab));
    await vigie.start();
    const company = await welcomeCompany(vigie);
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

  afterAll(() => ending.disposeAsync());

  const counted = async () => {
    const { up, down, unreachable, unknown, degraded } = await bob.watch.checks.counts({});
    return { well: up, down, unreachable, other: unknown + degraded };
  };
  const open = async () => (await bob.desk.tickets.list({ open: 'true' })).items;

  test('fails: one incident, and all the others are unreachable because of it', async () => {
    await expect.poll(async () => (await counted()).well, noticed).toBeGreaterThanOrEqual(hostCount + 1);
    const before = Date.now();
    await lab.breakThing('branch-link-down');
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
    await lab.mendThing('branch-link-down');
    await expect.poll(async () => (await counted()).unreachable, noticed).toBe(0);
    await expect.poll(async () => (await open()).map(({ state }) => state), noticed).toEqual(['solved']);
    expect((await bob.desk.tickets.list({})).total).toBe(1);
    expect(await counted()).toMatchObject({ down: 0, unreachable: 0 });
  });
});
