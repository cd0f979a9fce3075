import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';
import { until } from '../until.ts';

/** Monday 1 June 2026, 10:00 in Paris. */
let now = Date.parse('2026-06-01T08:00:00Z');
const hourMs = 3_600_000;
let house: House;
beforeAll(async () => {
  house = await startHouse({ clock: { now: () => new Date(now) } });
});
afterAll(async () => house[Symbol.asyncDispose]());

const officeId = uuid();
const policyId = uuid();
const every = (minutes: number | null) => ({ low: minutes, normal: minutes, high: minutes, critical: minutes });
const office = {
  id: officeId,
  name: { en: 'Office', fr: 'Bureau' },
  timeZone: 'Europe/Paris',
  week: [
    ...Array.from({ length: 5 }, (): [number, number][] => [
      [540, 720],
      [780, 1_020],
    ]),
    [],
    [],
  ],
  holidays: { country: 'FR', region: '', more: [{ date: '2026-06-05', name: 'Fondation' }], without: [] },
};
const policy = {
  id: policyId,
  name: { en: 'Standard', fr: 'Standard' },
  calendarId: officeId,
  match: { kinds: ['request' as const] },
  first: every(60),
  next: every(120),
  resolution: { low: 2_400, normal: 840, high: 420, critical: 60 },
  steps: [
    {
      id: 'warn',
      goal: 'resolution' as const,
      at: 'percent' as const,
      value: 75,
      act: 'notify' as const,
      whom: 'assignee' as const,
    },
    { id: 'late', goal: 'resolution' as const, at: 'minutes' as const, value: 0, act: 'raise' as const },
  ],
};
const open = async (title: string, more: object = {}) => {
  const dan = await house.as.bob.desk.requesters
    .put({ id: uuid(), personId: house.ids.dan })
    .catch(async () => (await house.as.bob.desk.requesters.list({ search: 'dan' })).items[0]);
  return house.as.bob.desk.tickets.create({ title, kind: 'request', requesterId: dan?.id ?? null, ...more });
};
const row = async (number: number) => (await house.as.bob.desk.tickets.find({ words: `#${number}` })).items[0];

describe('service levels', () => {
  it('are kept by an administrator; who operates reads them', async () => {
    expect(await refusedWith(house.as.bob.desk.levels.calendars.put(office))).toBe('forbidden');
    expect(
      await refusedWith(
        house.as.alice.desk.levels.calendars.put({
          ...office,
          holidays: { country: 'FR', region: 'XX', more: [], without: [] },
        }),
      ),
    ).toBe('unknown_region');
    await house.as.alice.desk.levels.calendars.put(office);
    await house.as.alice.desk.levels.policies.put(policy);
    expect((await house.as.carol.desk.levels.policies.list({})).items.map(({ name }) => name.en)).toEqual(['Standard']);
    expect(await refusedWith(house.as.alice.desk.levels.calendars.remove({ id: officeId }))).toBe('still_used');
  });

  it('give a ticket its due times at once, over holidays and days of the company’s own', async () => {
    const { id, number } = await open('A new screen');
    const { promises } = await house.as.bob.desk.tickets.sheet({ id });
    // Seven open hours a day: 60 minutes are over at 11:00, 840 minutes on Wednesday at 10:00.
    expect(promises.map(({ goal, dueAt }) => [goal, dueAt])).toEqual([
      ['first', '2026-06-01T09:00:00.000Z'],
      ['resolution', '2026-06-03T08:00:00.000Z'],
    ]);
    await until(async () => (await row(number))?.promise === 'kept');
    expect((await row(number))?.promiseDueAt).toBe('2026-06-01T09:00:00.000Z');
    now += 50 * 60_000;
    expect((await row(number))?.promise).toBe('near');
    expect(
      (await house.as.bob.desk.tickets.find({ words: 'engagement:proche' })).items.map((one) => one.number),
    ).toEqual([number]);
    now += 20 * 60_000;
    expect(
      (await house.as.bob.desk.tickets.find({ words: 'promise:broken', sort: 'promise' })).items.map(
        (one) => one.number,
      ),
    ).toEqual([number]);
  });

  it('count nothing while the requester is waited for, and say why', async () => {
    now = Date.parse('2026-06-02T08:00:00Z');
    const { id, number } = await open('A licence', { assigneeId: house.ids.bob });
    now += hourMs;
    await house.as.bob.desk.messages.add({
      id,
      visibility: 'public',
      body: 'Which one?',
      move: { to: 'waiting', reason: '', waitingFor: 'requester' },
    });
    await until(async () => (await row(number))?.promise === 'paused');
    now = Date.parse('2026-06-04T08:00:00Z');
    const paused = await house.as.bob.desk.levels.account({ id });
    expect(
      paused.items.map(({ goal, state, countedSeconds, dueAt }) => ({ goal, state, countedSeconds, dueAt })),
    ).toEqual([
      { goal: 'first', state: 'met', countedSeconds: 3_600, dueAt: '2026-06-02T09:00:00.000Z' },
      { goal: 'resolution', state: 'paused', countedSeconds: 3_600, dueAt: null },
    ]);
    expect(paused.items[1]?.pauses).toEqual([{ from: '2026-06-02T09:00:00.000Z', until: null, reason: 'requester' }]);
    await house.as.dan.desk.mine.answer({ id, body: 'The blue one.' });
    // Thirteen hours are left: six of Thursday, none of Friday, which is the company's own, and seven of Monday.
    const back = await house.as.bob.desk.levels.account({ id });
    expect(back.items.map(({ goal, dueAt }) => [goal, dueAt])).toEqual([
      ['first', '2026-06-02T09:00:00.000Z'],
      ['next', '2026-06-04T10:00:00.000Z'],
      ['resolution', '2026-06-08T15:00:00.000Z'],
    ]);
    expect(back.items[2]?.days).toEqual([
      { date: '2026-06-02', openSeconds: 21_600, countedSeconds: 3_600, pausedSeconds: 18_000, holiday: null },
      { date: '2026-06-03', openSeconds: 25_200, countedSeconds: 0, pausedSeconds: 25_200, holiday: null },
      { date: '2026-06-04', openSeconds: 3_600, countedSeconds: 0, pausedSeconds: 3_600, holiday: null },
    ]);
  });

  it('tell what would be, with another priority or a pause', async () => {
    now = Date.parse('2026-06-10T07:00:00Z');
    const { id } = await open('A desk lamp');
    const asked = async (what: object) =>
      (await house.as.carol.desk.levels.account({ id, ...what })).items.find(({ goal }) => goal === 'resolution')
        ?.dueAt;
    expect(await asked({})).toBe('2026-06-11T15:00:00.000Z');
    expect(await asked({ priority: 'high' })).toBe('2026-06-10T15:00:00.000Z');
    expect(await asked({ pausedUntil: '2026-06-15T07:00:00Z' })).toBe('2026-06-16T15:00:00.000Z');
  });

  it('take each step of the escalation once', async () => {
    now = Date.parse('2026-06-17T07:00:00Z');
    const { id, number } = await open('A keyboard', { assigneeId: house.ids.bob, priority: 'high' });
    await until(async () => (await row(number))?.promise === 'kept');
    const told = async () =>
      (await house.as.alice.desk.tickets.sheet({ id })).stream.items.flatMap((one) =>
        one.what === 'event' && one.event.text.startsWith('Resolution') ? [one.event.text] : [],
      );
    now = Date.parse('2026-06-17T13:30:00Z');
    await until(async () => (await told()).length === 1);
    expect((await told())[0]).toContain('1 person told');
    const notices = async () =>
      (await house.as.carol.notify.deliveries({ about: 'promise' })).items.filter(({ ticketId }) => ticketId === id);
    await until(async () => (await notices()).length === 1);
    now = Date.parse('2026-06-17T15:00:01Z');
    await until(async () => (await house.as.alice.desk.tickets.sheet({ id })).priority === 'critical');
    expect((await told()).length).toBe(2);
  });

  it('count what was kept, by goal and priority', async () => {
    now = Date.parse('2026-06-18T07:00:00Z');
    const { id } = await open('A mouse', { priority: 'low' });
    await house.as.bob.desk.messages.add({
      id,
      visibility: 'public',
      body: 'Here it is.',
      move: { to: 'resolved', reason: '' },
    });
    const figures = async () =>
      (await house.as.carol.desk.levels.figures({ from: '2026-06-18T00:00:00Z', until: '2026-06-19T00:00:00Z' })).items;
    await until(async () => (await figures()).length > 0);
    expect(await figures()).toContainEqual({
      goal: 'resolution',
      priority: 'low',
      met: 1,
      missed: 0,
      keptPercent: 100,
    });
    expect(
      await refusedWith(
        house.as.carol.desk.levels.figures({ from: '2026-06-19T00:00:00Z', until: '2026-06-18T00:00:00Z' }),
      ),
    ).toBe('ends_before');
  });

  it('show a calendar before it is kept', async () => {
    const { id: _id, name: _name, ...draft } = office;
    const preview = await house.as.bob.desk.levels.calendars.preview({
      ...draft,
      from: '2026-07-13T13:00:00Z',
      minutes: 180,
    });
    expect(preview.dueAt).toBe('2026-07-15T08:00:00.000Z');
    expect(preview.days.map(({ date, countedSeconds }) => [date, countedSeconds])).toEqual([
      ['2026-07-13', 7_200],
      ['2026-07-14', 0],
      ['2026-07-15', 3_600],
    ]);
    expect(preview.days[1]?.holiday).not.toBeNull();
    const quebec = await house.as.bob.desk.levels.calendars.preview({
      ...draft,
      timeZone: 'America/Toronto',
      holidays: { country: 'CA', region: 'QC', more: [], without: [] },
      from: '2026-06-23T20:00:00Z',
      minutes: 120,
    });
    // Saint-Jean-Baptiste is a Wednesday in 2026.
    expect(quebec.days.find(({ date }) => date === '2026-06-24')?.countedSeconds).toBe(0);
  });

  it('are reckoned again for many tickets that were changed together', async () => {
    now = Date.parse('2026-06-22T07:00:00Z');
    const { id, number } = await open('A cable');
    await house.as.bob.desk.messages.add({ id, visibility: 'public', body: 'On its way.' });
    await until(async () => (await row(number))?.promiseDueAt === '2026-06-23T15:00:00.000Z');
    await house.as.bob.desk.bulk.start({ ids: [id], change: { priority: 'high' } });
    await until(async () => (await row(number))?.promiseDueAt === '2026-06-22T15:00:00.000Z');
    const { id: bulkId } = await house.as.bob.desk.bulk.start({
      ids: [id],
      change: { move: { to: 'waiting', reason: '', waitingFor: 'supplier' } },
    });
    await until(async () => (await row(number))?.promise === 'paused');
    await house.as.bob.desk.bulk.undo({ id: bulkId });
    await until(async () => (await row(number))?.promise === 'kept');
    expect((await row(number))?.promiseDueAt).not.toBeNull();
  });
});
