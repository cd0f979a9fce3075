import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { startHouse, type House } from '../house.ts';

let house: House;
const numbers = new Map<string, number>();
beforeAll(async () => {
  house = await startHouse();
  const { bob, alice } = house.as;
  const dupont = await bob.desk.requesters.put({ id: uuid(), name: 'Hélène Dupont', mail: 'helene@client.test' });
  await bob.desk.requesters.put({ id: uuid(), name: 'Marc Dupond', mail: null });
  const site = await alice.estate.sites.create({ name: 'Lyon' });
  await alice.estate.hosts.create({ name: 'imp-3e-01', address: '192.0.2.31', siteId: site.id });
  await bob.desk.categories.put({ id: uuid(), name: { en: 'Accounting', fr: 'Comptabilité' }, words: 'compta' });
  for (const [title, text, requesterId] of [
    ['Imprimante en panne', 'Les impressions ne sortent plus au troisième étage', dupont.id],
    ['Mot de passe oublié', 'Je n’arrive plus à me connecter à la messagerie', dupont.id],
    ['Printer jammed', 'The printers on the second floor are jammed again', null],
    ['Clé de chiffrement', 'L’œuvre complète : « cœur » du système', null],
  ] as const) {
    const ticket = await bob.desk.tickets.create({ title, kind: 'request', description: text, requesterId });
    numbers.set(title, ticket.number);
  }
});
afterAll(async () => house[Symbol.asyncDispose]());

const found = async (words: string): Promise<string[]> =>
  (await house.as.carol.desk.search({ words })).items.map(({ title }) => title);

describe('the search', () => {
  it('forgives accents, plurals, case and slips, and finds as one types', async () => {
    expect(await found('imprimantes')).toEqual(['Imprimante en panne']);
    expect(await found('IMPRESSION troisieme')).toEqual(['Imprimante en panne']);
    expect(await found('messag')).toEqual(['Mot de passe oublié']);
    expect(await found('oublie')).toEqual(['Mot de passe oublié']);
    expect(await found('printer jam')).toEqual(['Printer jammed']);
    expect(await found('coeur oeuvre')).toEqual(['Clé de chiffrement']);
    expect(await found('imprimnate')).toEqual(['Imprimante en panne']);
    const { instead } = await house.as.carol.desk.search({ words: 'mesagerie connecter' });
    expect(instead).toEqual([{ typed: 'mesagerie', taken: ['messagerie'] }]);
  });

  it('understands operators and quotes, and finds people', async () => {
    expect((await found('dupont')).toSorted()).toEqual(['Imprimante en panne', 'Mot de passe oublié']);
    expect(await found('dupont state:open "mot de passe"')).toEqual(['Mot de passe oublié']);
    expect(await found('"passe de mot"')).toEqual([]);
    expect(await found('imprimante state:closed')).toEqual([]);
    expect(await found(`#${numbers.get('Printer jammed') ?? 0}`)).toEqual(['Printer jammed']);
    expect(await found('de la')).toEqual([]);
  });

  it('shows where it stands', async () => {
    const [hit] = (await house.as.carol.desk.search({ words: 'impressions' })).items;
    expect(hit?.marks.map(([from, to]) => hit.snippet.slice(from, to))).toEqual(['impressions']);
  });

  it('knows at once what was just written', async () => {
    const { id } = await house.as.bob.desk.tickets.create({ title: 'Neuf', kind: 'request' });
    await house.as.bob.desk.messages.add({ id, visibility: 'note', body: 'le quokka dort' });
    expect(await found('quokka')).toEqual(['Neuf']);
    await house.as.bob.desk.tickets.edit({ id, title: 'Wombat' });
    expect(await found('wombat')).toEqual(['Wombat']);
    expect(await found('neuf')).toEqual([]);
  });
});

describe('a quick entry', () => {
  it('is understood while it is typed, and makes a ticket in one request', async () => {
    const line = 'imp 3e HS @dupont !2 #compta';
    const { parts } = await house.as.bob.desk.quick.read({ line });
    expect(parts.map(({ typed, choices }) => [typed, choices[0]?.field, choices[0]?.label])).toEqual([
      ['imp 3e', 'thing', 'imp-3e-01'],
      ['@dupont', 'requester', 'Hélène Dupont'],
      ['!2', 'priority', 'Haute'],
      ['#compta', 'category', 'Comptabilité'],
    ]);
    const id = uuid();
    const sheet = await house.as.bob.desk.quick.enter({ id, line, note: 'Depuis ce matin', take: true });
    expect(sheet).toMatchObject({
      title: 'Imprimante 3e étage hors service',
      kind: 'incident',
      priority: 'high',
      requester: { name: 'Hélène Dupont' },
      thing: { name: 'imp-3e-01' },
      category: { name: 'Comptabilité' },
      assignee: { name: 'Bob Tremblay' },
      source: 'quick',
    });
    // Sent again because the answer was lost, it is the same ticket.
    expect((await house.as.bob.desk.quick.enter({ id, line })).number).toBe(sheet.number);
  });

  it('takes another choice where the likeliest is not meant, and makes a requester of whoever has an account', async () => {
    const line = 'vpn @dupond @dan';
    const { parts } = await house.as.bob.desk.quick.read({ line });
    const [first] = parts;
    expect(first?.choices.map(({ label }) => label)).toContain('Marc Dupond');
    const sheet = await house.as.bob.desk.quick.enter({ line, chosen: [{ from: first?.from ?? 0, value: null }] });
    expect(sheet).toMatchObject({ requester: { name: 'Dan Leroy', personId: house.ids.dan }, title: 'Vpn' });
    expect((await house.as.dan.desk.mine.list({})).items).toMatchObject([{ number: sheet.number }]);
  });
});

describe('a canned answer', () => {
  it('is put into the requester’s language with the words of the ticket, and says what is missing', async () => {
    const id = uuid();
    await house.as.bob.desk.templates.put({
      id,
      kind: 'answer',
      name: { en: 'Hello', fr: 'Bonjour' },
      body: {
        en: 'Hello {{requester.name}}',
        fr: 'Bonjour {{requester.name}}, billet {{ticket.number}}, {{ticket.thing}}',
      },
      change: { addTags: ['vu'], to: 'in_progress', take: true, checklist: ['Rappeler'] },
    });
    const number = numbers.get('Mot de passe oublié') ?? 0;
    const [ticket] = (await house.as.bob.desk.tickets.find({ words: `#${number}` })).items;
    expect(await house.as.olga.desk.templates.filled({ id, ticketId: ticket?.id ?? '' })).toEqual({
      body: `Bonjour Hélène Dupont, billet ${number}, {{ticket.thing}}`,
      language: 'fr',
      missing: ['ticket.thing'],
    });
    expect(await house.as.olga.desk.templates.use({ id, ticketId: ticket?.id ?? '' })).toMatchObject({
      tags: ['vu'],
      state: 'in_progress',
      assignee: { name: 'Olga Petit' },
      checklist: [{ text: 'Rappeler' }],
    });
  });
});
