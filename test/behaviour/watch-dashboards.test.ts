import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';
import { until } from '../until.ts';

let house: House;
let checkId: string;
let seriesId: number;

beforeAll(async () => {
  house = await startHouse({ logLevel: 'warn' });
  const { alice } = house.as;
  const host = await alice.estate.hosts.create({ name: 'web-01', address: '127.0.0.1' });
  const check = await alice.watch.checks.create({
    name: 'API',
    kind: 'tcp',
    target: { kind: 'host', id: host.id },
    settings: { port: Number(new URL(house.url).port) },
  });
  checkId = check.id;
  await alice.watch.checks.runNow({ id: checkId });
  await until(async () => {
    const [found] = (await alice.watch.measurements.series({ checkId, name: 'total' })).items;
    seriesId = found?.id ?? 0;
    return found?.last !== undefined && found.last !== null;
  });
}, 60_000);
afterAll(() => house[Symbol.asyncDispose]());

const chart = () => ({
  id: uuid(),
  x: 0,
  y: 0,
  w: 6,
  h: 4,
  content: { kind: 'chart' as const, series: [seriesId] },
});

/** The last hour. */
function span(): { from: string; until: string } {
  const now = Date.now();
  return { from: new Date(now - 3_600_000).toISOString(), until: new Date(now + 60_000).toISOString() };
}

describe('measurements', () => {
  it('are found by the name of their check, their host or themselves', async () => {
    for (const search of ['api', 'web-01', 'total'])
      expect((await house.as.carol.watch.measurements.series({ search })).items.map(({ id }) => id)).toContain(
        seriesId,
      );
    expect((await house.as.carol.watch.measurements.series({ search: '%' })).items).toEqual([]);
    const names = await house.as.bob.watch.measurements.names({});
    expect(names.items).toContainEqual({ kind: 'tcp', name: 'total', label: 'Temps total', unit: 'ms', checks: 1 });
  });

  it('of several checks are drawn together, with gaps as gaps', async () => {
    const drawn = await house.as.carol.watch.measurements.chart({ series: [seriesId], ...span() });
    expect(drawn.source).toBe('raw');
    const [series] = drawn.series;
    expect(series).toMatchObject({ id: seriesId, checkName: 'API', targetName: 'web-01', unit: 'ms' });
    expect(series?.mean.some((value) => value === null)).toBe(true);
    expect(series?.mean.some((value) => value !== null)).toBe(true);
    expect(series?.p95).toHaveLength(drawn.times.length);
  });

  it('are exported with exact moments, by the separator of the reader', async () => {
    const file = await house.as.carol.watch.measurements.csv({ series: [seriesId], ...span(), separator: 'semicolon' });
    expect(file.name).toMatch(/^vigie-.*\.csv$/u);
    const [head, first] = (await file.text()).split('\r\n');
    expect(head).toBe('time;target;check;measurement;unit;step_s;count;mean;min;max;p95');
    expect(first).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z;web-01;API;Total time;ms;0;1;[\d.]+;/u);
  });

  it('that are unknown, or too many, are refused', async () => {
    const { carol } = house.as;
    expect(await refusedWith(carol.watch.measurements.chart({ series: [2_000_000_000], ...span() }))).toBe('not_found');
    const long = { from: '2000-01-01T00:00:00Z', until: '2026-01-01T00:00:00Z', separator: 'comma' as const };
    const file = await carol.watch.measurements.csv({ series: [seriesId], ...long });
    expect((await file.text()).trim().split('\r\n')).toHaveLength(1);
  });

  it('are told to whoever scrapes /metrics, unless a token is asked for', async () => {
    const read = (headers: Record<string, string> = {}) => fetch(`${house.url}/metrics`, { headers });
    const text = await (await read()).text();
    expect(text).toContain(`vigie_check_state{check_id="${checkId}",check="API",kind="tcp",target="web-01"}`);
    expect(text).toContain('vigie_checks{kind="tcp",state=');
    expect(await refusedWith(house.as.bob.watch.metricsDoor.set({ closed: true }))).toBe('forbidden');
    const { token } = await house.as.alice.watch.metricsDoor.set({ closed: true });
    expect((await read()).status).toBe(401);
    expect((await read({ authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await read({ authorization: `Bearer ${token ?? ''}` })).status).toBe(200);
    await house.as.alice.watch.metricsDoor.set({ closed: false });
    expect((await read()).status).toBe(200);
  });
});

describe('how long measurements are kept', () => {
  it('is an administrator’s to set, the coarser at least as long as the finer', async () => {
    const wanted = { rawDays: 7, fiveMinuteDays: 60, hourDays: 400, dayDays: 2_000 };
    expect(await refusedWith(house.as.bob.watch.retention.set(wanted))).toBe('forbidden');
    expect(await refusedWith(house.as.alice.watch.retention.set({ ...wanted, rawDays: 61 }))).toBe('bad_input');
    expect(await house.as.alice.watch.retention.set(wanted)).toMatchObject(wanted);
    const told = await house.as.carol.watch.retention.get({});
    expect(told.sizes.find(({ of }) => of === 'open')?.bytes).toBeGreaterThan(0);
  });
});

describe('where measurements are sent on to', () => {
  it('is an administrator’s to set; this machine needs leave, and the secret is told to nobody', async () => {
    const { alice, bob, carol } = house.as;
    const writeUrl = 'http://127.0.0.1:9/api/v1/write';
    expect(await refusedWith(bob.watch.remoteWrite.set({ writeUrl, specialAllowed: true }))).toBe('forbidden');
    expect(await refusedWith(alice.watch.remoteWrite.set({ writeUrl }))).toBe('address_forbidden');
    expect(await refusedWith(alice.watch.remoteWrite.set({ writeUrl: 'file:///etc/passwd' }))).toBe('bad_input');
    expect(await refusedWith(alice.watch.remoteWrite.set({ writeUrl: 'http://me:secret@example.org/' }))).toBe(
      'bad_input',
    );
    const secret = 'S3cret-of-the-receiver';
    await alice.watch.remoteWrite.set({ writeUrl, specialAllowed: true, active: false, secret });
    const told = await carol.watch.remoteWrite.get({});
    expect(told.remote).toMatchObject({ writeUrl, hasSecret: true, active: false });
    expect(JSON.stringify(told)).not.toContain(secret);
    // A secret is not carried to another machine.
    await alice.watch.remoteWrite.set({ writeUrl: 'http://127.0.0.2:9/', specialAllowed: true, active: false });
    expect((await carol.watch.remoteWrite.get({})).remote?.hasSecret).toBe(false);
    await alice.watch.remoteWrite.remove({});
    expect((await carol.watch.remoteWrite.get({})).remote).toBeNull();
  });
});

describe('a dashboard', () => {
  it('that is private is its owner’s alone; shared, all see it and its owner changes it', async () => {
    const { alice, bob, carol, olga } = house.as;
    const made = await bob.watch.dashboards.create({ name: 'Mine', widgets: [chart()] });
    expect(made).toMatchObject({ mine: true, shared: false, version: 1 });
    expect(await refusedWith(alice.watch.dashboards.get({ id: made.id }))).toBe('not_found');
    expect((await olga.watch.dashboards.list({})).items).toEqual([]);
    await bob.watch.dashboards.change({ id: made.id, shared: true });
    expect(await olga.watch.dashboards.get({ id: made.id })).toMatchObject({ mine: false, name: 'Mine' });
    expect(await refusedWith(olga.watch.dashboards.change({ id: made.id, name: 'Hers' }))).toBe('not_yours');
    expect(await refusedWith(olga.watch.dashboards.remove({ id: made.id }))).toBe('not_yours');
    expect(await refusedWith(carol.watch.dashboards.create({ name: 'Audit' }))).toBe('forbidden');
    // An administrator may put a shared one right.
    expect(await alice.watch.dashboards.change({ id: made.id, name: 'Wall' })).toMatchObject({ name: 'Wall' });
    await bob.watch.dashboards.remove({ id: made.id });
    expect(await refusedWith(bob.watch.dashboards.get({ id: made.id }))).toBe('not_found');
  });

  it('that somebody saved meanwhile is not overwritten', async () => {
    const { bob } = house.as;
    const { id, version } = await bob.watch.dashboards.create({ name: 'Twice' });
    await bob.watch.dashboards.change({ id, version, widgets: [chart()] });
    expect(await refusedWith(bob.watch.dashboards.change({ id, version, widgets: [] }))).toBe('dashboard_changed');
    expect((await bob.watch.dashboards.get({ id })).widgets).toHaveLength(1);
  });

  it('is copied, and goes as a file to another Vigie, which counts what it does not know', async () => {
    const { bob, olga } = house.as;
    const made = await bob.watch.dashboards.create({ name: 'Files', shared: true, widgets: [chart()] });
    const copy = await olga.watch.dashboards.duplicate({ id: made.id, name: 'Copy' });
    expect(copy).toMatchObject({ mine: true, shared: false, name: 'Copy' });
    const file = await olga.watch.dashboards.export({ id: copy.id });
    expect(file.series).toEqual([{ id: seriesId, check: 'API', target: 'web-01', name: 'total' }]);
    // Elsewhere the ids are others: names find them again.
    const foreign = {
      ...file,
      series: file.series.map((each) => ({ ...each, id: 777 })),
      widgets: file.widgets.map((each) => ({ ...each, content: { kind: 'chart' as const, series: [777] } })),
    };
    const taken = await olga.watch.dashboards.import(foreign);
    expect(taken.missing).toBe(0);
    expect(taken.dashboard.widgets[0]?.content).toMatchObject({ series: [seriesId] });
    const unknown = { ...file, series: file.series.map((each) => ({ ...each, check: 'Other' })) };
    expect(await olga.watch.dashboards.import(unknown)).toMatchObject({ missing: 1 });
  });
});
