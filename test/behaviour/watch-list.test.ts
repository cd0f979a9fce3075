import { describe, expect, it } from 'vitest';
import { startHouse } from '../house.ts';

async function withChecks() {
  const house = await startHouse({ logLevel: 'silent' });
  const { alice } = house.as;
  const { id } = await alice.estate.hosts.create({ name: 'a', address: '127.0.0.2' });
  const add = (name: string) =>
    alice.watch.checks.create({ name, kind: 'tcp', target: { kind: 'host', id }, settings: { port: 9 } });
  return { house, alice, checks: [await add('one'), await add('two'), await add('three')] };
}

describe('the list of everything watched', () => {
  it('gives the rows that are asked for by their ids, without those that are gone', async () => {
    const { house, alice, checks } = await withChecks();
    await using _house = house;
    const [one, two] = checks.map(({ id }) => id);
    await alice.watch.checks.remove({ id: one ?? '' });
    const { items, total } = await alice.watch.checks.list({ ids: [one ?? '', two ?? ''] });
    expect({ names: items.map(({ name }) => name), total }).toEqual({ names: ['two'], total: 1 });
  });

  it('gives only what changed since a moment', async () => {
    const { house, alice, checks } = await withChecks();
    await using _house = house;
    const changed = async (changedSince: Date) => {
      const { items } = await alice.watch.checks.list({ changedSince: changedSince.toISOString() });
      return items.map(({ name }) => name);
    };
    await alice.watch.checks.change({ id: checks[1]?.id ?? '', paused: true });
    expect(await changed(new Date(Date.now() - 60_000))).toContain('two');
    expect(await changed(new Date(Date.now() + 60_000))).toEqual([]);
  });

  it('counts all when it shows only the first, and puts the paused last when the worst come first', async () => {
    const { house, alice, checks } = await withChecks();
    await using _house = house;
    await alice.watch.checks.change({ id: checks[0]?.id ?? '', paused: true });
    const first = await alice.watch.checks.list({ limit: 2, order: 'worst' });
    const { total } = await alice.watch.checks.list({});
    expect(first.total).toBe(total);
    const rest = await alice.watch.checks.list({ order: 'worst', after: first.next ?? '' });
    expect([...first.items, ...rest.items].at(-1)?.name).toBe('one');
  });

  it('gives all page by page as they were made, each once although some are added and removed meanwhile', async () => {
    const { house, alice, checks } = await withChecks();
    await using _house = house;
    const { total } = await alice.watch.checks.list({});
    const first = await alice.watch.checks.list({ order: 'made', limit: total - 1 });
    expect(first.total).toBe(total);
    await alice.watch.checks.remove({ id: first.items[0]?.id ?? '' });
    const target = checks[0]?.target ?? { kind: 'host' as const, id: '' };
    await alice.watch.checks.create({ name: 'late', kind: 'tcp', target, settings: { port: 9 } });
    const second = await alice.watch.checks.list({ order: 'made', limit: 1, after: first.next ?? '' });
    const third = await alice.watch.checks.list({ order: 'made', limit: 1, after: second.next ?? '' });
    const fourth = await alice.watch.checks.list({ order: 'made', limit: 1, after: third.next ?? '' });
    expect([...second.items, ...third.items].map(({ name }) => name)).toEqual(['three', 'late']);
    expect({ total: third.total, items: fourth.items, next: fourth.next }).toEqual({ total, items: [], next: null });
  });
});
