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
  const address = `127.0.0.${100 + hosts}`;
  const name = given.name ?? `calm-${hosts}`;
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

const usual = { failures: 3, recoveries: 2, recheckSeconds: 1, flapStart: 100, flapEnd: 20 };
const tooSlow = {
  metric: 'total',
  operator: 'atLeast' as const,
  degraded: 0,
  down: null,
  margin: 0,
  forSeconds: 0,
  missing: 'ignore' as const,
  note: 'for the test',
};

describe('a rule', () => {
  test('on what a check measures makes it degraded, tells value and limit in both languages, and goes again', async () => {
    const { check } = await watched();
    await expect(carol.watch.rules.set({ id: check.id, rules: [tooSlow] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const set = await alice.watch.rules.set({ id: check.id, rules: [tooSlow] });
    expect(set.metrics.map(({ name }) => name)).toContain('total');
    await until(async () => (await stateOf(check.id)) === 'degraded');
    expect((await alertOf(check.id))?.summary).toMatch(/^Total time is [\d.]+\s?ms, at or above 0\s?ms\.$/u);
    const french = (await bob.watch.alerts.list({ open: 'true' })).items.find((each) => each.check.id === check.id);
    expect(french?.summary).toMatch(/^Temps total\s: .+ limite franchie \(à partir de 0\sms\)\.$/u);
    await alice.watch.rules.set({ id: check.id, rules: [] });
    await until(async () => (await stateOf(check.id)) === 'up');
  });

  test('can be tried on the past before it is saved, and changes nothing then', async () => {
    const { check } = await watched();
    await until(async () => (await alice.watch.checks.results({ id: check.id })).items.length > 5);
    const tried = await carol.watch.rules.rehearse({ id: check.id, rules: [tooSlow], days: 1 });
    expect(tried.was.count).toBe(0);
    expect(tried.wouldBe.count).toBe(1);
    expect(tried.firings[0]).toMatchObject({ state: 'degraded', until: null });
    const patient = { ...tooSlow, forSeconds: 3_600 };
    expect((await alice.watch.rules.rehearse({ id: check.id, rules: [patient], days: 1 })).wouldBe.count).toBe(0);
    expect((await alice.watch.rules.get({ id: check.id })).rules).toEqual([]);
    expect(await stateOf(check.id)).toBe('up');
  });

  test('is tried with another interval too, and says when the past was measured more seldom than that', async () => {
    const { check } = await watched();
    await alice.watch.checks.change({ id: check.id, intervalSeconds: 5 });
    const shorter = await carol.watch.rules.rehearse({ id: check.id, intervalSeconds: 2, days: 1 });
    expect(shorter).toMatchObject({ measuredSeconds: 5, triedSeconds: 2 });
    expect((await alice.watch.rules.get({ id: check.id })).intervalSeconds).toBe(5);
    expect((await alice.watch.rules.set({ id: check.id, intervalSeconds: 2 })).intervalSeconds).toBe(2);
    expect((await alice.watch.checks.get({ id: check.id })).intervalSeconds).toBe(2);
  });

  test('without a limit, or with limits the wrong way round, is refused with the field that is wrong', async () => {
    const { check } = await watched();
    const wrong = [{ ...tooSlow, degraded: 90, down: 80 }];
    await expect(alice.watch.rules.set({ id: check.id, rules: wrong })).rejects.toMatchObject({
      code: 'bad_input',
      data: { fields: [{ path: 'rules.0.down' }] },
    });
  });

  test('of confirmation is kept: as many failures as somebody says, and no fewer', async () => {
    const { check, name } = await watched();
    await alice.watch.rules.set({ id: check.id, sensitivity: { ...usual, failures: 100 } });
    const failures = async () =>
      (await alice.watch.checks.results({ id: check.id })).items.filter(({ verdict }) => verdict === 'down').length;
    await doors.shut(name);
    await until(async () => (await failures()) >= 5);
    expect(await stateOf(check.id)).toBe('up');
    await alice.watch.rules.set({ id: check.id, sensitivity: { ...usual, failures: 1 } });
    await until(async () => (await stateOf(check.id)) === 'down');
    await doors.reopen(name);
  });
});

describe('a silence', () => {
  test('until cured holds what is below a site, and ends when all is well; what fails then is told', async () => {
    const site = await alice.estate.sites.create({ name: 'Québec' });
    const one = await watched({ siteId: site.id });
    const other = await watched({ siteId: site.id });
    const target = { kind: 'site', id: site.id } as const;
    const asked = { target, reason: 'moving', ends: 'cured' } as const;
    await expect(bob.watch.silences.create(asked)).rejects.toMatchObject({ code: 'nothing_failing' });
    await doors.shut(one.name);
    await until(async () => (await alertOf(one.check.id)) !== undefined);
    const silence = await bob.watch.silences.create(asked);
    expect(silence).toMatchObject({ ends: 'cured', below: true, by: { name: 'Bob Tremblay' } });
    await doors.shut(other.name);
    await until(async () => (await alertOf(other.check.id)) !== undefined);
    expect(await alertOf(other.check.id)).toMatchObject({ silenced: true });
    expect((await alice.watch.silences.list({})).items.find(({ id }) => id === silence.id)?.held).toBe(1);
    await doors.reopen(one.name, other.name);
    await until(async () => (await alice.watch.silences.list({})).items.every(({ id }) => id !== silence.id), 20_000);
    const ended = (await alice.watch.silences.list({ ended: 'true' })).items.find(({ id }) => id === silence.id);
    expect(ended).toMatchObject({ endedWhy: 'cured', endedBy: null });
  });

  test('unless worse lets through what gets worse, and the incident says so', async () => {
    const { check, name } = await watched();
    await alice.watch.silences.create({
      pattern: `*${name}`,
      reason: 'known to be slow',
      until: new Date(Date.now() + 600_000).toISOString(),
      unlessWorse: true,
    });
    await alice.watch.rules.set({ id: check.id, rules: [tooSlow] });
    await until(async () => (await alertOf(check.id))?.silenced === true);
    await until(async () => (await alice.desk.tickets.list({ causeId: check.target.id })).total === 1);
    await doors.shut(name);
    await until(async () => (await alertOf(check.id))?.state === 'down');
    await until(async () => (await alertOf(check.id))?.silenced === false);
    const [ticket] = (await alice.desk.tickets.list({ causeId: check.target.id })).items;
    await until(async () =>
      (await alice.desk.tickets.get({ id: ticket?.id ?? '' })).events.some(({ text }) =>
        text.startsWith('It got worse'),
      ),
    );
    expect(await alertOf(check.id)).toMatchObject({ state: 'down', silenced: false });
    await alice.watch.rules.set({ id: check.id, rules: [] });
    await doors.reopen(name);
  });

  test('can be extended and ended by hand, by who may act', async () => {
    const { check } = await watched();
    const soon = new Date(Date.now() + 60_000).toISOString();
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await bob.watch.silences.create({ checkId: check.id, reason: 'a', until: soon });
    await expect(carol.watch.silences.change({ id, until: later })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await bob.watch.silences.change({ id, until: later })).until).toBe(later);
    await bob.watch.silences.end({ id });
    await expect(bob.watch.silences.end({ id })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('agreed work', () => {
  test('holds alerts back, leaves its minutes out, and tells at its end what is not as it was', async () => {
    const { check, name, target } = await watched();
    const from = new Date();
    const window = await alice.upkeep.windows.create({
      name: 'new disk',
      targets: [target],
      startsAt: new Date(Date.now() - 1_000).toISOString(),
      durationMinutes: 60,
    });
    expect(window.current).not.toBeNull();
    await until(
      async () =>
        (await alice.watch.availability({ of: 'check', ids: [check.id], ...past(from) })).items[0]?.exclusions
          .length === 1,
      15_000,
    );
    await doors.shut(name);
    await until(async () => (await alertOf(check.id))?.silenced === true);
    await alice.upkeep.windows.end({ id: window.id });
    await until(async () => (await alertOf(check.id))?.silenced === false, 20_000);
    const { items } = await alice.watch.availability({ of: 'check', ids: [check.id], ...past(from) });
    expect(items[0]?.exclusions).toMatchObject([{ kind: 'maintenance', why: 'new disk', count: 1 }]);
    await doors.reopen(name);
  });

  test('can be changed while it goes on: what it lets go of is told, what it takes in is held, and all is in its history', async () => {
    const one = await watched();
    const other = await watched();
    const window = await bob.upkeep.windows.create({
      name: 'cabling',
      targets: [one.target],
      startsAt: new Date(Date.now() - 1_000).toISOString(),
      durationMinutes: 60,
    });
    const turns = async () => (await carol.watch.windows.turns({ id: window.id })).items;
    await until(async () => (await turns()).length === 1, 15_000);
    await doors.shut(one.name);
    await until(async () => (await alertOf(one.check.id))?.silenced === true);
    expect((await turns())[0]).toMatchObject({
      endedAt: null,
      compared: 1,
      worse: [{ checkId: one.check.id, before: 'up', after: 'down', now: 'down' }],
    });
    await expect(carol.upkeep.windows.change({ id: window.id, name: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const changed = await alice.upkeep.windows.change({
      id: window.id,
      targets: [other.target],
      reason: 'another rack',
      startsAt: new Date(Date.now() - 5_000).toISOString(),
      durationMinutes: 120,
    });
    expect(changed).toMatchObject({ reason: 'another rack', durationMinutes: 120, targets: [{ name: other.name }] });
    // What it covers no more is told at once; the turn is the same still.
    await until(async () => (await alertOf(one.check.id))?.silenced === false, 15_000);
    await doors.shut(other.name);
    await until(async () => (await alertOf(other.check.id))?.silenced === true);
    expect(await turns()).toHaveLength(1);
    const { items } = await carol.upkeep.windows.history({ id: window.id });
    expect(items.map(({ what, by }) => [what, by.name])).toEqual([
      ['changed', 'Alice Martin'],
      ['created', 'Bob Tremblay'],
    ]);
    expect(items[0]?.fields.map(({ field }) => field)).toEqual(['reason', 'targets', 'startsAt', 'durationMinutes']);
    expect(items[0]?.fields[1]).toEqual({ field: 'targets', before: one.name, after: other.name });
    await bob.upkeep.windows.end({ id: window.id });
    await until(async () => (await turns())[0]?.verifiedAt !== null, 20_000);
    expect((await turns())[0]).toMatchObject({
      checks: 1,
      compared: 1,
      worse: [{ checkId: other.check.id, after: 'down' }],
    });
    await until(async () => (await alertOf(other.check.id))?.silenced === false, 15_000);
    await until(async () =>
      (await alice.logbook.entries.list({})).items.some(({ text }) =>
        text.startsWith('Agreed work “cabling” is over; 1 of 1 check does not stand as before'),
      ),
    );
    await expect(alice.upkeep.windows.change({ id: window.id, name: 'late' })).rejects.toMatchObject({
      code: 'window_over',
    });
    await doors.reopen(one.name, other.name);
  });

  test('in a time zone that there is not is refused', async () => {
    const { target } = await watched();
    const asked = { name: 'x', targets: [target], startsAt: new Date().toISOString(), durationMinutes: 5 };
    await expect(alice.upkeep.windows.create({ ...asked, timeZone: 'Mars/Base' })).rejects.toMatchObject({
      code: 'time_zone_unknown',
    });
  });
});

const past = (from: Date) => ({
  from: new Date(from.getTime() - 3_600_000).toISOString(),
  until: new Date(Date.now() + 1_000).toISOString(),
});

describe('availability', () => {
  test('is an interval around an outage, for the check and for its host', async () => {
    const { check, name, host } = await watched();
    const from = new Date();
    await doors.shut(name);
    await until(async () => (await stateOf(check.id)) === 'down');
    await doors.reopen(name);
    await until(async () => (await stateOf(check.id)) === 'up');
    for (const [of, id] of [
      ['check', check.id],
      ['host', host.id],
    ] as const) {
      const [item] = (await carol.watch.availability({ of, ids: [id], ...past(from) })).items;
      expect(item).toMatchObject({ outages: 1, exclusions: [] });
      expect(item?.seconds.downLeast).toBeGreaterThan(0);
      expect(item?.seconds.downMost).toBeGreaterThan(item?.seconds.downLeast ?? 0);
      expect(item?.low ?? 0).toBeLessThan(item?.high ?? 0);
    }
  });

  test('leaves out the time in which a check was paused, and says so', async () => {
    const { check } = await watched();
    await alice.watch.checks.change({ id: check.id, paused: true });
    await alice.watch.checks.change({ id: check.id, paused: false });
    await until(async () => (await stateOf(check.id)) === 'up');
    const [item] = (await alice.watch.availability({ of: 'check', ids: [check.id], ...past(new Date()) })).items;
    expect(item?.exclusions.map(({ kind }) => kind)).toEqual(['paused']);
    expect(item?.low).toBe(100);
  });
});

describe('a heartbeat', () => {
  test('hears calls without a session, fails when told so, and knows no other word', async () => {
    const { host } = await watched();
    const check = await alice.watch.checks.create({
      name: 'backup',
      kind: 'heartbeat',
      target: { kind: 'host', id: host.id },
      settings: { periodSeconds: 3_600 },
    });
    await expect(carol.watch.heartbeat.get({ id: check.id })).rejects.toMatchObject({ code: 'forbidden' });
    const { path } = await alice.watch.heartbeat.get({ id: check.id });
    expect(path).toMatch(/^\/beat\/[\w-]{32}$/u);
    const call = (what: string, init: RequestInit = {}) => fetch(`${house.url}${path}${what}`, init);
    expect((await call('')).status).toBe(200);
    await until(async () => (await stateOf(check.id)) === 'up');
    expect((await call('/3', { method: 'POST', body: 'disk full' })).status).toBe(200);
    await until(async () => (await stateOf(check.id)) === 'down');
    const alert = await alertOf(check.id);
    expect(alert?.summary).toMatch(/^The job ended with code 3/u);
    expect(alert?.output).toContain('disk full');
    expect((await call('', { method: 'HEAD' })).status).toBe(200);
    await until(async () => (await stateOf(check.id)) === 'up');
    expect((await fetch(`${house.url}/beat/${'A'.repeat(32)}`)).status).toBe(404);
    expect((await call('/nonsense')).status).toBe(404);
    const renewed = await alice.watch.heartbeat.renew({ id: check.id });
    expect(renewed.path).not.toBe(path);
    expect((await call('')).status).toBe(404);
  });
});

describe('a composite', () => {
  test('follows its members at once, and is never made of itself', async () => {
    const [one, other] = [await watched(), await watched()];
    const composite = await alice.watch.checks.create({
      name: 'both',
      kind: 'composite',
      target: one.target,
      settings: { mode: 'atLeast', least: 1, members: [one.check.id, other.check.id], warnWithoutReserve: true },
    });
    await until(async () => (await stateOf(composite.id)) === 'up');
    await doors.shut(one.name);
    await until(async () => (await stateOf(composite.id)) === 'degraded');
    await doors.shut(other.name);
    await until(async () => (await stateOf(composite.id)) === 'down');
    await doors.reopen(one.name, other.name);
    await until(async () => (await stateOf(composite.id)) === 'up');
    await expect(
      alice.watch.checks.change({ id: composite.id, settings: { mode: 'all', members: [composite.id] } }),
    ).rejects.toMatchObject({ code: 'composite_circle' });
  });
});

test('an alert that came before its cause was known joins the incident of the cause', async () => {
  const child = await watched();
  const parent = await watched();
  await doors.shut(child.name);
  await until(async () => (await alertOf(child.check.id)) !== undefined);
  await until(async () => (await alice.desk.tickets.list({ causeId: child.host.id })).total === 1);
  await alice.estate.dependencies.add({ dependent: child.target, on: parent.target });
  await doors.shut(parent.name);
  await until(async () => (await stateOf(child.check.id)) === 'unreachable', 20_000);
  await until(async () => (await alertOf(child.check.id))?.causeKey === `host:${parent.host.id}`);
  // Facts come in any order: its own incident was closed into that of the cause, or became it.
  const open = async (causeId: string) => (await alice.desk.tickets.list({ causeId, open: 'true' })).items;
  await until(async () => (await open(child.host.id)).length === 0 && (await open(parent.host.id)).length === 1);
  const [incident] = await open(parent.host.id);
  await until(async () => (await alice.desk.tickets.get({ id: incident?.id ?? '' })).alerts.length === 2);
  expect(await open(child.host.id)).toEqual([]);
  await doors.reopen(child.name, parent.name);
}, 90_000);
