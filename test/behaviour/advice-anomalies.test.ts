import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chance, tellPast } from '../advised-past.ts';
import { Doors } from '../doors.ts';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';
import { until } from '../until.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const stepMs = 5 * minuteMs;

let house: House;
const doors = new Doors();
let hostId: string;
/** A check that never runs by itself: all that is known of it is told by the test. */
let quiet: string;
let quietSeries: number;
let now: number;

/** Ten days of values about 20, and what the test wants at the end. */
function calm(extra: (at: number) => number): (at: number) => number {
  const noise = chance(11);
  return (at) => 20 + noise() * 2 + extra(at);
}

async function look(): Promise<void> {
  await house.as.alice.advice.look({});
}

beforeAll(async () => {
  house = await startHouse();
  const { alice } = house.as;
  now = Math.floor(Date.now() / minuteMs) * minuteMs;
  hostId = (await alice.estate.hosts.create({ name: 'odd-01', address: '127.0.0.1' })).id;
  const port = await doors.open('odd', '127.0.0.1');
  const check = await alice.watch.checks.create({
    name: 'Door',
    kind: 'tcp',
    target: { kind: 'host', id: hostId },
    settings: { port },
    intervalSeconds: 3_600,
  });
  quiet = check.id;
  await until(async () => (await alice.watch.checks.get({ id: quiet })).state === 'up');
});
afterAll(async () => {
  await doors.closeAll();
  await house[Symbol.asyncDispose]();
});

describe('anomalies', () => {
  it('are noticed in what was measured, each with its sentence in both languages', async () => {
    const { alice, bob } = house.as;
    const { seriesIds } = await tellPast(house, quiet, {
      instead: true,
      until: new Date(now - 30 * minuteMs),
      stepMs,
      count: 2_000,
      series: [
        { name: 'connect', unit: 'ms', value: calm((at) => (at >= 1_980 ? 60 : 0)) },
        { name: 'total', unit: 'ms', value: () => 5 },
      ],
    });
    quietSeries = seriesIds[0] ?? 0;
    await look();
    await until(async () => (await alice.advice.anomalies.list({ checkId: quiet })).total > 0);
    const { items } = await alice.advice.anomalies.list({ checkId: quiet, open: 'true' });
    const [odd] = items;
    expect(odd).toMatchObject({ checkName: 'Door', unit: 'ms', alerting: false, overAt: null, seriesId: quietSeries });
    expect(odd?.expected).toBeGreaterThan(15);
    expect(odd?.expected).toBeLessThan(25);
    expect(odd?.seen).toBeGreaterThan(30);
    expect(odd?.sentence).toMatch(/since \d+\s/u);
    const french = await bob.advice.anomalies.get({ id: odd?.id ?? '' });
    expect(french.sentence).toMatch(/depuis le |depuis /u);
  });

  it('are marked on the chart of their check, from when on', async () => {
    const { alice } = house.as;
    const { marks } = await alice.watch.measurements.chart({
      series: [quietSeries],
      from: new Date(now - dayMs).toISOString(),
      until: new Date(now).toISOString(),
      points: 300,
    });
    const odd = marks.filter(({ kind }) => kind === 'anomaly');
    expect(odd.length).toBeGreaterThan(0);
    expect(odd[0]?.label).toContain('Connection time: ');
    expect(odd[0]?.id).not.toBeNull();
  });

  it('say how their check is judged, and how far it is learnt', async () => {
    const { policy, series } = await house.as.carol.advice.policies.ofCheck({ checkId: quiet });
    expect(policy).toMatchObject({ scope: 'all', mode: 'mark', learningHours: 72 });
    expect(series.find(({ seriesId }) => seriesId === quietSeries)).toMatchObject({
      samples: 2_000,
      learningUntil: null,
    });
  });

  it('are told once, and when somebody says that this is normal, no more', async () => {
    const { alice, bob } = house.as;
    const before = await alice.advice.anomalies.list({ checkId: quiet, seriesId: quietSeries });
    const odd = before.items[0];
    const normal = await bob.advice.anomalies.normal({ id: odd?.id ?? '', reason: 'sauvegarde' });
    expect(normal).toMatchObject({ about: 'value', by: 'Bob Tremblay', spared: 0 });
    const ended = await alice.advice.anomalies.list({ checkId: quiet, seriesId: quietSeries, open: 'true' });
    expect(ended.items.filter(({ seen }) => seen >= normal.low && seen <= normal.high)).toEqual([]);
    // Back to what it was, long enough to be surprised once more, and then the same again.
    const noise = chance(3);
    await tellPast(house, quiet, {
      until: new Date(now - minuteMs),
      stepMs: 2_000,
      count: 740,
      series: [
        { name: 'connect', unit: 'ms', value: (at) => 20 + noise() * 2 + (at >= 700 ? 60 : 0) },
        { name: 'total', unit: 'ms', value: () => 5 },
      ],
    });
    // Whether the like surprises once more is the method's own matter: told it is not, in either case.
    const lookedAt = (await alice.advice.standing({})).recommendedAt;
    await look();
    await until(async () => (await alice.advice.standing({})).recommendedAt !== lookedAt);
    const after = await alice.advice.anomalies.list({ checkId: quiet, seriesId: quietSeries });
    expect(after.items.filter(({ at, seen }) => at > (odd?.at ?? '') && seen > 60 && seen < 100)).toEqual([]);
  });

  it('may be told again when it is no longer taken for normal', async () => {
    const { alice } = house.as;
    const [known] = (await alice.advice.normals.list({})).items;
    await alice.advice.normals.end({ id: known?.id ?? '' });
    expect((await alice.advice.normals.list({})).items).toEqual([]);
    expect(await refusedWith(alice.advice.normals.end({ id: known?.id ?? '' }))).toBe('not_found');
  });

  it('alarm where a policy says so, through an incident of their cause, until they are normal', async () => {
    const { alice, bob } = house.as;
    const port = await doors.open('loud', '127.0.0.1');
    const host = await alice.estate.hosts.create({ name: 'odd-02', address: '127.0.0.1' });
    const check = await alice.watch.checks.create({
      name: 'Loud door',
      kind: 'tcp',
      target: { kind: 'host', id: host.id },
      settings: { port },
      intervalSeconds: 3_600,
    });
    await until(async () => (await alice.watch.checks.get({ id: check.id })).state === 'up');
    const usual = { learningHours: 24, leastShare: 0.2, leastAmount: 5 };
    const set = await alice.advice.policies.set({ scope: 'check', key: check.id, mode: 'alert', ...usual });
    expect(set).toMatchObject({ scope: 'check', name: 'Loud door', mode: 'alert', changedBy: 'Alice Martin' });
    await tellPast(house, check.id, {
      until: new Date(Date.now() - 1_000),
      stepMs,
      count: 2_000,
      series: [
        { name: 'connect', unit: 'ms', value: calm((at) => (at >= 1_992 ? 60 : 0)) },
        { name: 'total', unit: 'ms', value: () => 5 },
      ],
    });
    await look();
    await until(async () => (await alice.watch.checks.get({ id: check.id })).state === 'degraded');
    const told = await bob.watch.checks.get({ id: check.id });
    expect(told.summary).toMatch(/^Temps de connexion.: /u);
    await until(async () => (await alice.watch.alerts.list({ open: 'true' })).total === 1);
    await until(async () => (await alice.desk.tickets.list({})).total === 1);
    const [incident] = (await alice.desk.tickets.list({})).items;
    expect(incident?.cause?.name).toBe('odd-02');
    const odd = (await alice.advice.anomalies.list({ checkId: check.id, open: 'true' })).items.find(
      (each) => each.alerting,
    );
    await bob.advice.anomalies.normal({ id: odd?.id ?? '' });
    await until(async () => {
      const open = (await alice.advice.anomalies.list({ checkId: check.id, open: 'true' })).items;
      for (const { id, alerting } of open) if (alerting) await alice.advice.anomalies.normal({ id });
      return (await alice.watch.checks.get({ id: check.id })).state === 'up';
    });
    await until(async () => (await alice.watch.alerts.list({ open: 'true' })).total === 0);
  });

  it('are held back by a silence as any other alert is', async () => {
    const { alice } = house.as;
    const port = await doors.open('hush', '127.0.0.1');
    const host = await alice.estate.hosts.create({ name: 'odd-03', address: '127.0.0.1' });
    const check = await alice.watch.checks.create({
      name: 'Quiet door',
      kind: 'tcp',
      target: { kind: 'host', id: host.id },
      settings: { port },
      intervalSeconds: 3_600,
    });
    await until(async () => (await alice.watch.checks.get({ id: check.id })).state === 'up');
    await alice.watch.silences.create({
      checkId: check.id,
      reason: 'test',
      until: new Date(Date.now() + dayMs).toISOString(),
    });
    await alice.advice.policies.set({
      scope: 'kind',
      key: 'tcp',
      mode: 'alert',
      learningHours: 24,
      leastShare: 0.2,
      leastAmount: 5,
    });
    await tellPast(house, check.id, {
      until: new Date(Date.now() - 1_000),
      stepMs,
      count: 2_000,
      series: [{ name: 'connect', unit: 'ms', value: calm((at) => (at >= 1_992 ? 60 : 0)) }],
    });
    await look();
    await until(async () => (await alice.watch.checks.get({ id: check.id })).state === 'degraded');
    await until(async () =>
      (await alice.watch.alerts.list({ open: 'true' })).items.some(({ check: { id } }) => id === check.id),
    );
    const alert = (await alice.watch.alerts.list({ open: 'true' })).items.find((each) => each.check.id === check.id);
    expect(alert?.silenced).toBe(true);
    // The policy is taken back: what alarms by it alarms no more.
    await alice.advice.policies.remove({ scope: 'kind', key: 'tcp' });
    await until(async () => (await alice.watch.checks.get({ id: check.id })).state === 'up');
  });

  it('are nobody’s to judge who may only read, and nothing is learnt of what is not judged', async () => {
    const { alice, carol, dan } = house.as;
    const policy = { scope: 'all', mode: 'off', learningHours: 0, leastShare: 0, leastAmount: 0 } as const;
    expect(await refusedWith(carol.advice.policies.set(policy))).toBe('forbidden');
    expect(await refusedWith(dan.advice.anomalies.list({}))).toBe('forbidden');
    expect(await refusedWith(alice.advice.policies.set({ ...policy, scope: 'check', key: house.ids.bob }))).toBe(
      'not_found',
    );
    expect(await refusedWith(alice.advice.policies.remove({ scope: 'kind', key: 'http' }))).toBe('not_found');
  });
});
