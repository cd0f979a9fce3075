import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '#platform/clock.ts';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';

/** A Monday at noon in Paris; the tests move on from there. */
const start = Date.parse('2026-11-23T11:00:00Z');
const moved = { ms: 0 };
const clock: Clock = { now: () => new Date(start + moved.ms) };
const hour = 3_600_000;

let house: House;
beforeAll(async () => {
  house = await startHouse({ clock });
});
afterAll(() => house[Symbol.asyncDispose]());

let count = 0;
async function addRota(more: { holidays?: { country: string; region: string; more: []; without: [] } } = {}) {
  count += 1;
  return house.as.alice.people.rotas.create({
    name: `rota ${count}`,
    timeZone: 'Europe/Paris',
    layers: [
      {
        name: 'week',
        personIds: [house.ids.bob, house.ids.olga],
        startsOn: '2026-11-23',
        handOverAt: '08:00',
        onHolidays: more.holidays === undefined ? 'same' : 'off',
      },
    ],
    ...more,
  });
}

describe('a rota', () => {
  it('says who is on call now and next, and shows its shifts day by day', async () => {
    const rota = await addRota();
    expect(rota.now).toMatchObject({ person: { name: 'Bob Tremblay' }, until: '2026-11-30T07:00:00.000Z' });
    expect(rota.next).toMatchObject({ person: { name: 'Olga Petit' }, from: '2026-11-30T07:00:00.000Z' });
    expect(rota.gaps).toEqual([]);
    const { shifts } = await house.as.carol.people.rotas.shifts({
      id: rota.id,
      from: '2026-11-23',
      days: '14',
      language: 'en',
    });
    expect(shifts.map(({ person }) => person?.name ?? '-')).toEqual(['-', 'Bob Tremblay', 'Olga Petit']);
  });

  it('rests on the holidays of a country, tells their names in the reader’s language, and warns of the gap', async () => {
    const rota = await addRota({ holidays: { country: 'FR', region: '', more: [], without: [] } });
    const asked = { id: rota.id, from: '2026-12-21', days: '7' } as const;
    const french = await house.as.bob.people.rotas.shifts({ ...asked, language: 'fr' });
    expect(french.holidays).toEqual([{ date: '2026-12-25', name: 'Noël' }]);
    const english = await house.as.bob.people.rotas.shifts({ ...asked, language: 'en' });
    expect(english.holidays[0]?.name).toBe('Christmas Day');
    moved.ms = 10 * 24 * hour;
    const { gaps } = await house.as.bob.people.rotas.get({ id: rota.id });
    expect(gaps).toEqual([{ from: '2026-12-24T23:00:00.000Z', until: '2026-12-25T23:00:00.000Z' }]);
    moved.ms = 0;
    const unknown = house.as.alice.people.rotas.change({ ...rota, holidays: { country: 'FR', region: 'XX' } });
    expect(await refusedWith(unknown)).toBe('unknown_region');
  });

  it('warns of whoever may not sign in any more', async () => {
    const { alice, bob } = house.as;
    const asked = { name: 'Eve Gone', mail: 'eve@vigie.test', role: 'operator', language: 'en' } as const;
    const { person } = await alice.people.persons.invite(asked);
    const rota = await addRota();
    const layers = rota.layers.map((layer) => ({ ...layer, personIds: [house.ids.bob, person.id] }));
    await alice.people.rotas.change({ ...rota, layers });
    expect((await bob.people.rotas.get({ id: rota.id })).gaps).toEqual([]);
    await alice.people.persons.change({ id: person.id, active: false });
    expect((await bob.people.rotas.get({ id: rota.id })).gaps[0]?.from).toBe('2026-11-30T07:00:00.000Z');
  });

  it('is kept by administrators, with people whom Vigie knows', async () => {
    const rota = await addRota();
    expect(await refusedWith(house.as.bob.people.rotas.remove({ id: rota.id }))).toBe('forbidden');
    expect(await refusedWith(house.as.dan.people.rotas.list({}))).toBe('forbidden');
    const stranger = { ...rota, layers: rota.layers.map((layer) => ({ ...layer, personIds: [rota.id] })) };
    expect(await refusedWith(house.as.alice.people.rotas.change(stranger))).toBe('not_found');
  });
});

describe('a cover', () => {
  const time = { from: '2026-11-24T11:00:00.000Z', until: '2026-11-24T19:00:00.000Z' };

  it('counts once who was asked has agreed', async () => {
    const rota = await addRota();
    const cover = await house.as.bob.people.covers.ask({ rotaId: rota.id, personId: house.ids.olga, ...time });
    expect(cover).toMatchObject({ state: 'asked', askedBy: { name: 'Bob Tremblay' } });
    const names = async (): Promise<string[]> => {
      const { shifts } = await house.as.bob.people.rotas.shifts({
        id: rota.id,
        from: '2026-11-24',
        days: '1',
        language: 'en',
      });
      return shifts.map(({ person }) => person?.name ?? '-');
    };
    expect(await names()).toEqual(['Bob Tremblay']);
    expect(await refusedWith(house.as.bob.people.covers.answer({ id: cover.id, accept: true }))).toBe('not_yours');
    await house.as.olga.people.covers.answer({ id: cover.id, accept: true });
    expect(await names()).toEqual(['Bob Tremblay', 'Olga Petit', 'Bob Tremblay']);
    moved.ms = 25 * hour;
    expect((await house.as.bob.people.rotas.get({ id: rota.id })).now?.person?.name).toBe('Olga Petit');
    moved.ms = 0;
    await house.as.bob.people.covers.withdraw({ id: cover.id });
    expect(await names()).toEqual(['Bob Tremblay']);
  });

  it('that one takes oneself counts at once; one that is over already is none', async () => {
    const rota = await addRota();
    const mine = await house.as.olga.people.covers.ask({ rotaId: rota.id, personId: house.ids.olga, ...time });
    expect(mine.state).toBe('accepted');
    const past = {
      rotaId: rota.id,
      personId: house.ids.olga,
      from: '2026-11-01T11:00:00.000Z',
      until: '2026-11-01T19:00:00.000Z',
    };
    expect(await refusedWith(house.as.olga.people.covers.ask(past))).toBe('ends_before');
    expect(await refusedWith(house.as.carol.people.covers.ask({ ...past, ...time }))).toBe('forbidden');
  });
});

function read(url: string): Promise<Response> {
  return fetch(url.replace('http://vigie.test', house.url));
}

describe('the calendar feed', () => {
  it('is read by a secret link without signing in, and ends when another is made', async () => {
    const rota = await addRota();
    const { url } = await house.as.bob.people.calendar.link({ rotaId: rota.id });
    const answer = await read(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/calendar');
    const text = await answer.text();
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/u);
    expect(text).toContain('DTSTART:20261123T070000Z');
    expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${rota.name}\u00A0: Bob Tremblay`);
    const again = await house.as.bob.people.calendar.link({ rotaId: rota.id });
    expect((await read(url)).status).toBe(404);
    expect((await read(again.url)).status).toBe(200);
    expect((await read(`${url}x`)).status).toBe(404);
  });

  it('of one’s own tells one’s own shifts alone', async () => {
    const { url } = await house.as.olga.people.calendar.link({ rotaId: null });
    const text = await (await read(url)).text();
    expect(text).toContain('Olga Petit');
    expect(text).not.toContain('Bob Tremblay');
  });
});

describe('a team', () => {
  it('has members whom an administrator names', async () => {
    const team = await house.as.alice.people.teams.create({ name: 'Network', memberIds: [house.ids.bob] });
    expect(team.members).toEqual([{ id: house.ids.bob, name: 'Bob Tremblay', active: true }]);
    const more = await house.as.alice.people.teams.change({ id: team.id, memberIds: [house.ids.bob, house.ids.olga] });
    expect(more).toMatchObject({ name: 'Network', members: [{ name: 'Bob Tremblay' }, { name: 'Olga Petit' }] });
    expect(await refusedWith(house.as.alice.people.teams.create({ name: 'NETWORK' }))).toBe('name_taken');
    expect(await refusedWith(house.as.bob.people.teams.remove({ id: team.id }))).toBe('forbidden');
  });
});
