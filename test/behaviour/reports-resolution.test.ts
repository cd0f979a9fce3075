import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Doors } from '../doors.ts';
import { startHouse, type House } from '../house.ts';
import { readPdf } from '../read-pdf.ts';
import { refusedWith } from '../refused-with.ts';
import { until } from '../until.ts';

let house: House;
const doors = new Doors();
let ticketId: string;
let hostId: string;

beforeAll(async () => {
  house = await startHouse();
  const { alice, bob } = house.as;
  const port = await doors.open('porte', '127.0.0.1');
  const host = await bob.estate.hosts.create({ name: 'porte-01', address: '127.0.0.1' });
  hostId = host.id;
  const service = await bob.estate.services.create({ name: 'Réservation' });
  await bob.estate.dependencies.add({
    dependent: { kind: 'service', id: service.id },
    on: { kind: 'host', id: host.id },
  });
  await bob.estate.services.setUsers({ id: service.id, personIds: [house.ids.dan] });
  await alice.watch.checks.create({
    name: 'Porte',
    kind: 'tcp',
    target: { kind: 'host', id: host.id },
    settings: { port },
    intervalSeconds: 1,
  });
  await until(async () => {
    const { items } = await bob.watch.checks.list({ thingId: host.id });
    return items[0]?.state === 'up';
  });
  await doors.shut('porte');
  const ofHost = async () => (await bob.desk.tickets.list({ causeId: host.id })).items;
  await until(async () => (await ofHost()).length > 0, 60_000);
  ticketId = (await ofHost())[0]?.id ?? '';
  await bob.desk.tickets.acknowledge({ id: ticketId });
  await doors.reopen('porte');
  await until(async () => (await bob.desk.tickets.get({ id: ticketId })).state === 'solved', 60_000);
  await bob.desk.tickets.resolve({
    id: ticketId,
    causeText: 'La porte était fermée.',
    remedyText: 'Ouvrir la porte.',
  });
}, 180_000);
afterAll(async () => {
  await doors.closeAll();
  await house[Symbol.asyncDispose]();
});

describe('the resolution report of a real failure', () => {
  it('tells it in French and in English, whatever the reader’s language', async () => {
    const french = await house.as.olga.reports.resolution.get({ ticketId, language: 'fr' });
    expect(french.language).toBe('fr');
    expect(french.summary[0]).toMatch(/^porte-01 est tombé en panne le \d/u);
    expect(french.facts).toContainEqual({ label: 'État', value: 'Résolu' });
    expect(french.affected).toMatchObject({ things: [{ name: 'Réservation' }], people: ['Dan Leroy'], peopleCount: 1 });
    expect(french.cause).toBe('La porte était fermée.');
    const english = await house.as.bob.reports.resolution.get({ ticketId, language: 'en' });
    expect(english.summary[0]).toMatch(/^porte-01 failed on \d/u);
    expect(english.timeline.map(({ who }) => who)).toContain('Bob Tremblay');
    expect(english.proof).toHaveLength(1);
    expect(english.proof[0]?.check).toBe('Porte (porte-01)');
    expect(english.availability?.lines[0]).toMatchObject({ thing: { name: 'porte-01' }, outages: 1 });
    expect(french.availability?.period).toMatch(/^Les 30 jours/u);
    expect(english.chart?.values.some((value) => value !== null)).toBe(true);
  });

  it('is in the reader’s own language when nothing else is said', async () => {
    expect((await house.as.bob.reports.resolution.get({ ticketId })).language).toBe('fr');
    expect((await house.as.olga.reports.resolution.get({ ticketId })).language).toBe('en');
  });

  it('is a PDF with the same words', async () => {
    const file = await house.as.carol.reports.resolution.pdf({ ticketId, language: 'fr' });
    expect(file.type).toBe('application/pdf');
    expect(file.name).toMatch(/^incident-\d+-rapport-de-resolution\.pdf$/u);
    const text = readPdf(await file.arrayBuffer());
    expect(text).toContain('Rapport de résolution');
    expect(text).toContain('porte-01 est tombé en panne le');
    expect(text).toContain('Disponibilité – Les 30 jours');
    expect(text).toContain('Bob Tremblay a confirmé la résolution');
  });

  it('stands in the list', async () => {
    const { items, total } = await house.as.olga.reports.resolution.list({});
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ ticketId });
    expect(items[0]?.outageSeconds).toBeGreaterThan(0);
  });

  it('lives on when the host is gone', async () => {
    const { items } = await house.as.alice.watch.checks.list({ thingId: hostId });
    for (const { id } of items) await house.as.alice.watch.checks.remove({ id });
    const report = await house.as.bob.reports.resolution.get({ ticketId });
    expect(report.cause).toBe('La porte était fermée.');
    expect(report.chart).toBeNull();
  });

  it('is not there for what is no incident, nor for requesters', async () => {
    expect(await refusedWith(house.as.bob.reports.resolution.get({ ticketId: house.ids.bob }))).toBe('not_found');
    expect(await refusedWith(house.as.bob.reports.resolution.pdf({ ticketId: house.ids.bob }))).toBe('not_found');
    expect(await refusedWith(house.as.dan.reports.resolution.get({ ticketId }))).toBe('forbidden');
  });
});
