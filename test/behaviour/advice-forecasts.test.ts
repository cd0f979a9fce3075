import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chance, tellPast, type ToldSeries } from '../advised-past.ts';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';
import { until } from '../until.ts';

const hourMs = 3_600_000;
const dayMs = 86_400_000;

let house: House;
let diskId: number;

/** A check that is paused: all that is known of it is told by the test. */
async function told(name: string, kind: string, count: number, series: readonly ToldSeries[]) {
  const { alice } = house.as;
  const host = await alice.estate.hosts.create({ name, address: '127.0.0.1' });
  const check = await alice.watch.checks.create({
    name: `${name} ${kind}`,
    kind,
    target: { kind: 'host', id: host.id },
    settings: kind === 'tcp' ? { port: 9 } : {},
    intervalSeconds: 3_600,
  });
  await until(async () => (await alice.watch.checks.results({ id: check.id, limit: 1 })).items.length > 0, 40_000);
  const past = await tellPast(house, check.id, {
    until: new Date(),
    stepMs: hourMs,
    count,
    series,
    instead: true,
  });
  return { host, check, ...past };
}

beforeAll(async () => {
  house = await startHouse();
  const noise = chance(5);
  const { seriesIds } = await told('db-01', 'tcp', 14 * 24, [
    // 2 % a day, at 74 % now: full in 13 days.
    { name: 'disk:/var', unit: '%', value: (at) => 46 + at / 12 + noise() },
    { name: 'disk:/srv', unit: '%', value: () => 30 + noise() },
    { name: 'memory', unit: '%', value: () => 97.5 },
    { name: 'swap', unit: '%', value: () => 45 },
    { name: 'licences', unit: 'count', value: (at) => 50 + at / 10 },
    { name: 'rowsReadWhole:public.orders', unit: 'perSecond', value: () => 250_000 },
  ]);
  diskId = seriesIds[0] ?? 0;
  await house.as.alice.advice.look({});
  await until(async () => (await house.as.alice.advice.standing({})).recommendedAt !== null, 60_000);
}, 120_000);
afterAll(() => house[Symbol.asyncDispose]());

describe('forecasts', () => {
  it('tell when something is full, between which days, and say so where there is no date', async () => {
    const { alice, bob } = house.as;
    const { items } = await alice.advice.forecasts.list({});
    const disk = items.find(({ seriesId }) => seriesId === diskId);
    expect(disk).toMatchObject({
      why: 'date',
      capacity: 100,
      falling: false,
      byHand: false,
      target: { name: 'db-01' },
    });
    const days = (Date.parse(disk?.fullAt ?? '') - Date.now()) / dayMs;
    expect(days).toBeGreaterThan(9);
    expect(days).toBeLessThan(17);
    expect(Date.parse(disk?.low ?? '')).toBeLessThanOrEqual(Date.parse(disk?.fullAt ?? ''));
    expect(disk?.sentence).toMatch(/is full on .*, most likely between/u);
    expect(items[0]?.seriesId).toBe(diskId);
    const level = items.find(({ sentence }) => sentence.includes('/srv'));
    expect(level).toMatchObject({ fullAt: null });
    const french = await bob.advice.forecasts.get({ seriesId: diskId });
    expect(french.forecast.sentence).toMatch(/plein le/u);
    expect(french.times).toHaveLength(french.high.length);
    expect(french.past.filter((value) => value !== null).length).toBeGreaterThan(100);
    expect(french.likely.at(-1)).toBe(100);
  });

  it('say of what is cleared again and again that there is no date, and draw its clean-ups', async () => {
    const { alice, bob } = house.as;
    const noise = chance(9);
    // 1.5 % a day, 30 % gained every twenty days, the last time twelve days ago.
    const cleared = (at: number): number => 45 + 1.5 * ((at / 24 + 8) % 20) + noise();
    const { seriesIds } = await told('nas-01', 'tcp', 60 * 24, [{ name: 'disk:/tank', unit: '%', value: cleared }]);
    await alice.advice.look({});
    const seriesId = seriesIds[0] ?? 0;
    const known = async () => (await alice.advice.forecasts.list({})).items.find((each) => each.seriesId === seriesId);
    await until(async () => (await known())?.why === 'cleared', 30_000);
    expect(await known()).toMatchObject({ fullAt: null, low: null, high: null });
    expect((await known())?.sentence).toMatch(/^No date: .*grows by 1\.\d+\s?% a day and is cleared of about \d+/u);
    const french = await bob.advice.forecasts.get({ seriesId });
    expect(french.forecast.sentence).toMatch(/libérés tous les/u);
    const falls = french.likely.filter((value, at) => (french.likely[at - 1] ?? 0) - (value ?? 0) > 15);
    expect(falls.length).toBeGreaterThan(0);
    expect(french.low.some((value) => value !== null)).toBe(true);
  });

  it('come as CSV in the reader’s language', async () => {
    const file = await house.as.bob.advice.forecasts.csv({ separator: 'semicolon' });
    const [head, first] = (await file.text()).split('\r\n');
    expect(head).toContain('Plein le;Pas avant');
    expect(first).toContain('db-01');
  });

  it('are made of a limit that somebody set, and of none that was taken back', async () => {
    const { alice, carol } = house.as;
    const { items } = await alice.watch.measurements.series({ name: 'licences' });
    const seriesId = items[0]?.id ?? 0;
    expect(await refusedWith(carol.advice.forecasts.setLimit({ seriesId, capacity: 100 }))).toBe('forbidden');
    await alice.advice.forecasts.setLimit({ seriesId, capacity: 100 });
    await until(async () =>
      (await alice.advice.forecasts.list({})).items.some((each) => each.seriesId === seriesId && each.byHand),
    );
    const { forecast } = await alice.advice.forecasts.get({ seriesId });
    expect(forecast).toMatchObject({ why: 'date', capacity: 100 });
    await alice.advice.forecasts.removeLimit({ seriesId });
    expect(await refusedWith(alice.advice.forecasts.get({ seriesId }))).toBe('not_found');
    expect(await refusedWith(alice.advice.forecasts.setLimit({ seriesId: 999_999, capacity: 1 }))).toBe('not_found');
  });
});

describe('recommendations', () => {
  it('rest on evidence, say what they would bring, and stand in the order of their weight', async () => {
    const { items } = await house.as.alice.advice.recommendations.list({ state: 'open' });
    expect(items.map(({ kind }) => kind).toSorted()).toEqual(['diskFilling', 'memoryPressure', 'missingIndex']);
    expect(items.map(({ weight }) => weight)).toEqual(items.map(({ weight }) => weight).toSorted((a, b) => b - a));
    const disk = items.find(({ kind }) => kind === 'diskFilling');
    expect(disk?.title).toMatch(/on db-01 is full in \d+ days/u);
    expect(disk?.series).toEqual([diskId]);
    expect(disk?.evidence.map(({ label }) => label)).toContain('Not before');
    expect(disk?.links).toContainEqual({ kind: 'forecast', id: String(diskId), name: 'disk /var' });
    const index = items.find(({ kind }) => kind === 'missingIndex');
    expect(index?.title).toContain('public.orders');
    const french = await house.as.bob.advice.recommendations.get({ id: index?.id ?? '' });
    expect(french.remedy).toContain('CREATE INDEX CONCURRENTLY');
    expect(french.finding).toContain('lignes');
  });

  it('stay away when they were declined, and come back by undo', async () => {
    const { alice, bob, carol } = house.as;
    const { items } = await alice.advice.recommendations.list({ kind: 'memoryPressure' });
    const id = items[0]?.id ?? '';
    expect(await refusedWith(carol.advice.recommendations.decline({ id, reason: 'no' }))).toBe('forbidden');
    await bob.advice.recommendations.decline({ id, reason: 'La machine part en janvier' });
    const before = (await alice.advice.standing({})).recommendedAt;
    await alice.advice.look({});
    await until(async () => (await alice.advice.standing({})).recommendedAt !== before, 60_000);
    const again = await alice.advice.recommendations.get({ id });
    expect(again).toMatchObject({ state: 'declined', reason: 'La machine part en janvier', decidedBy: 'Bob Tremblay' });
    expect(await refusedWith(alice.advice.recommendations.accept({ id }))).toBe('not_in_this_state');
    expect((await alice.advice.recommendations.reopen({ id })).state).toBe('open');
    expect((await alice.advice.recommendations.accept({ id })).state).toBe('accepted');
    expect((await alice.advice.recommendations.done({ id })).state).toBe('done');
  });
});
