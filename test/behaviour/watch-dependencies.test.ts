import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type House } from '../house.ts';
import { until } from '../until.ts';
import { Doors } from '../doors.ts';

let house: House;
const doors = new Doors();
beforeAll(async () => {
  house = await startHouse();
});
afterAll(async () => {
  await doors.closeAll();
  await house[Symbol.asyncDispose]();
});

// The machine that runs the tests may have a failure of its own.
const openAlerts = async () =>
  (await house.as.alice.watch.alerts.list({ open: 'true' })).items.filter(({ check }) => check.kind !== 'local-host');
const stateOf = async (id: string) => (await house.as.alice.watch.checks.get({ id })).state;

/** A host with a TCP check on a door of its own. */
async function watchedHost(name: string, address: string) {
  const { alice } = house.as;
  const port = await doors.open(name, address);
  const host = await alice.estate.hosts.create({ name, address });
  const check = await alice.watch.checks.create({
    name: `port of ${name}`,
    kind: 'tcp',
    target: { kind: 'host', id: host.id },
    settings: { port },
    intervalSeconds: 1,
  });
  return { host, check };
}

describe('what depends on something that fails', () => {
  test('becomes unreachable because of it, opens nothing, and returns with it', async () => {
    const { alice } = house.as;
    const parent = await watchedHost('switch-1', '127.0.0.11');
    const children = await Promise.all(
      [1, 2, 3, 4, 5].map((index) => watchedHost(`app-${index}`, `127.0.0.${20 + index}`)),
    );
    for (const { host } of children) {
      await alice.estate.dependencies.add({
        dependent: { kind: 'host', id: host.id },
        on: { kind: 'host', id: parent.host.id },
      });
    }
    const all = [parent, ...children];
    await until(async () =>
      (await Promise.all(all.map(({ check }) => stateOf(check.id)))).every((state) => state === 'up'),
    );

    await doors.shut(...all.map(({ host }) => host.name));
    await until(async () =>
      (await Promise.all(children.map(({ check }) => stateOf(check.id)))).every((state) => state === 'unreachable'),
    );
    const alerts = await openAlerts();
    expect(alerts.map(({ target }) => target.name)).toEqual(['switch-1']);
    expect(await alice.watch.checks.get({ id: children[0]?.check.id ?? '' })).toMatchObject({
      because: { kind: 'host', name: 'switch-1' },
    });
    expect((await alice.watch.checks.counts({})).unreachable).toBe(5);
    await until(async () => (await alice.desk.tickets.list({ causeId: parent.host.id })).total === 1);

    await doors.reopen(...all.map(({ host }) => host.name));
    await until(async () =>
      (await Promise.all(all.map(({ check }) => stateOf(check.id)))).every((state) => state === 'up'),
    );
    for (const { host } of children) expect((await alice.desk.tickets.list({ causeId: host.id })).total).toBe(0);
    expect(await openAlerts()).toEqual([]);
  });

  test('raises its own alert when it stays down after its cause is well again', async () => {
    const { alice } = house.as;
    const parent = await watchedHost('router-1', '127.0.0.51');
    const child = await watchedHost('db-1', '127.0.0.52');
    await alice.estate.dependencies.add({
      dependent: { kind: 'host', id: child.host.id },
      on: { kind: 'host', id: parent.host.id },
    });
    await until(async () => (await stateOf(child.check.id)) === 'up' && (await stateOf(parent.check.id)) === 'up');
    await doors.shut('router-1', 'db-1');
    await until(async () => (await stateOf(child.check.id)) === 'unreachable');
    await doors.reopen('router-1');
    await until(async () => (await stateOf(child.check.id)) === 'down');
    await until(async () => (await openAlerts()).length === 1);
    expect((await openAlerts()).map(({ target }) => target.name)).toEqual(['db-1']);
    await doors.reopen('db-1');
    await until(async () => (await openAlerts()).length === 0);
  });

  test('is told from a failure of its own while what it needs is well', async () => {
    const { alice } = house.as;
    const parent = await watchedHost('switch-2', '127.0.0.61');
    const child = await watchedHost('app-9', '127.0.0.62');
    await alice.estate.dependencies.add({
      dependent: { kind: 'host', id: child.host.id },
      on: { kind: 'host', id: parent.host.id },
    });
    await until(async () => (await stateOf(child.check.id)) === 'up' && (await stateOf(parent.check.id)) === 'up');
    await doors.shut('app-9');
    await until(async () => (await openAlerts()).some(({ target }) => target.name === 'app-9'));
    expect(await stateOf(parent.check.id)).toBe('up');
  });

  test('removed from the estate is watched no more', async () => {
    const { alice } = house.as;
    const { host, check } = await watchedHost('old-1', '127.0.0.71');
    await until(async () => (await stateOf(check.id)) === 'up');
    await alice.estate.hosts.remove({ id: host.id });
    await until(async () => (await alice.watch.checks.list({ search: 'old-1' })).total === 0);
    expect((await alice.watch.checks.list({ thingId: host.id })).items).toEqual([]);
  });
});

describe('a dependency tried on the past before it is saved', () => {
  test('tells which alerts it would have held back, and what becomes of the tickets that mattered', async () => {
    const { alice, bob, carol } = house.as;
    const parent = await watchedHost('core-1', '127.0.0.81');
    const child = await watchedHost('web-81', '127.0.0.82');
    const dependent = { kind: 'host', id: child.host.id } as const;
    const on = { kind: 'host', id: parent.host.id } as const;
    const isState = (state: string, ...all: (typeof parent)[]) =>
      until(async () => (await Promise.all(all.map(({ check }) => stateOf(check.id)))).every((each) => each === state));
    const takeTicket = async () => {
      const [ticket] = (await alice.desk.tickets.list({ causeId: child.host.id })).items;
      if (ticket !== undefined) await bob.desk.tickets.acknowledge({ id: ticket.id });
      return ticket !== undefined;
    };
    await isState('up', parent, child);
    // Alone: nothing would have held it back.
    await doors.shut('web-81');
    await isState('down', child);
    await until(takeTicket);
    await doors.reopen('web-81');
    await isState('up', child);
    const alone = await carol.watch.dependencies.rehearse({ dependent, on });
    expect(alone).toMatchObject({
      guards: 1,
      alerts: 1,
      held: 0,
      unknown: 0,
      tickets: { kept: 1, joined: 0, lost: 0 },
    });
    // Together with what it is to depend on: held.
    await doors.shut('core-1', 'web-81');
    await isState('down', parent, child);
    await doors.reopen('core-1', 'web-81');
    await isState('up', parent, child);
    const tried = await alice.watch.dependencies.rehearse({ dependent, on });
    expect(tried).toMatchObject({
      alerts: 2,
      held: 1,
      later: 0,
      dependent: { name: 'web-81' },
      on: { name: 'core-1' },
    });
    expect(tried.items).toMatchObject([{ fate: 'held', because: { name: 'core-1' }, target: { name: 'web-81' } }]);
    expect(tried.tickets).toMatchObject({ kept: 1, lost: 0 });
    expect((await alice.estate.dependencies.list(dependent)).items).toEqual([]);
  });

  test('on something that nothing watches says so, and on something unknown is refused', async () => {
    const { alice } = house.as;
    const bare = await alice.estate.hosts.create({ name: 'bare-1', address: '127.0.0.91' });
    const other = await alice.estate.hosts.create({ name: 'bare-2', address: '127.0.0.92' });
    const dependent = { kind: 'host', id: other.id } as const;
    const tried = await alice.watch.dependencies.rehearse({ dependent, on: { kind: 'host', id: bare.id } });
    expect(tried).toMatchObject({ guards: 0, guardsSince: null, held: 0 });
    const on = { kind: 'host', id: '01890000-0000-7000-8000-000000000000' } as const;
    await expect(alice.watch.dependencies.rehearse({ dependent, on })).rejects.toMatchObject({ code: 'not_found' });
  });
});
