import { afterAll, describe, expect, test } from 'vitest';
import { Doors } from '../doors.ts';
import { startHouse } from '../house.ts';
import { until } from '../until.ts';

const house = await startHouse();
const { alice, bob, carol } = house.as;
const doors = new Doors();
afterAll(async () => {
  await doors.closeAll();
  await house[Symbol.asyncDispose]();
});

const stateOf = async (id: string) => (await alice.watch.checks.get({ id })).state;
const alertOf = async (id: string) =>
  (await alice.watch.alerts.list({ open: 'true' })).items.find(({ check }) => check.id === id);

let hosts = 0;
async function watched(given: { port?: number; name?: string; siteId?: string } = {}) {
  hosts += 1;
  const address = `127.0.0.${180 + hosts}`;
  const name = given.name ?? `quiet-${hosts}`;
  const port = given.port ?? (await doors.open(name, address));
  const host = await alice.estate.hosts.create({ name, address, ...(given.siteId && { siteId: given.siteId }) });
  const target = { kind: 'host', id: host.id } as const;
  const check = await alice.watch.checks.create({
    name: `port of ${name}`,
    kind: 'tcp',
    target,
    settings: { port },
    intervalSeconds: 1,
  });
  await until(async () => (await stateOf(check.id)) === 'up');
  return { name, host, check, target };
}

describe('a silence that is changed', () => {
  test('covers something else from then on, tells what it held before, and says who changed it', async () => {
    const one = await watched();
    const other = await watched();
    const until1 = new Date(Date.now() + 600_000).toISOString();
    const { id } = await bob.watch.silences.create({ checkId: one.check.id, reason: 'a', until: until1 });
    await doors.shut(one.name);
    await until(async () => (await alertOf(one.check.id))?.silenced === true);
    const held = (await carol.watch.silences.list({})).items.find((each) => each.id === id);
    expect(held).toMatchObject({ checkName: `port of ${one.name}`, checkTarget: one.name });
    expect(held).toMatchObject({ held: 1, holds: [{ checkId: one.check.id, state: 'down', target: one.name }] });
    await expect(carol.watch.silences.change({ id, checkId: other.check.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const moved = await alice.watch.silences.change({ id, target: other.target, below: false, reason: 'b' });
    expect(moved).toMatchObject({
      target: { name: other.name },
      checkId: null,
      below: false,
      reason: 'b',
      until: until1,
      by: { name: 'Bob Tremblay' },
      changedBy: 'Alice Martin',
      held: 0,
    });
    expect(await alertOf(one.check.id)).toMatchObject({ silenced: false });
    // A condition needs something that fails among what it covers then.
    await expect(alice.watch.silences.change({ id, ends: 'cured' })).rejects.toMatchObject({ code: 'nothing_failing' });
    const waiting = await alice.watch.silences.change({ id, checkId: one.check.id, ends: 'cured' });
    expect(waiting).toMatchObject({ ends: 'cured', checkId: one.check.id, target: null });
    const both = { id, checkId: one.check.id, pattern: 'x*' };
    await expect(alice.watch.silences.change(both)).rejects.toMatchObject({ code: 'bad_input' });
    await doors.reopen(one.name);
    await until(
      async () => (await alice.watch.silences.list({ ended: 'true' })).items.some((each) => each.id === id),
      20_000,
    );
  });
});
