import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(async () => house[Symbol.asyncDispose]());

const open = (title: string, more: object = {}) => house.as.bob.desk.tickets.create({ title, ...more });

const outside = async (name: string, mail: string) =>
  house.as.bob.desk.requesters.put({ id: uuid(), name, mail, language: 'fr' });

/** The database itself, for what would take long by the API. */
async function linesTo({ databaseUrl }: House): Promise<pg.Client & AsyncDisposable> {
  const line = new pg.Client({ connectionString: databaseUrl });
  await line.connect();
  return Object.assign(line, { [Symbol.asyncDispose]: () => line.end() });
}

describe('a ticket of every kind', () => {
  it('takes the steps of its kind and no others, and says which are possible', async () => {
    const { id } = await open('Clavier', { kind: 'request' });
    const sheet = await house.as.olga.desk.tickets.sheet({ id });
    expect(sheet.moves).toEqual(['in_progress', 'waiting', 'solved', 'resolved', 'cancelled']);
    expect(await refusedWith(house.as.olga.desk.tickets.move({ id, to: 'known_error' }))).toBe('move_not_legal');
    const waiting = await house.as.olga.desk.tickets.move({
      id,
      to: 'waiting',
      waitingFor: 'delivery',
      reason: 'Commandé',
    });
    expect(waiting).toMatchObject({ state: 'waiting', waitingFor: 'delivery', waitingReason: 'Commandé' });
    expect(await refusedWith(house.as.olga.desk.tickets.move({ id, to: 'cancelled' }))).toBe('reason_missing');
    expect(await house.as.olga.desk.tickets.move({ id, to: 'resolved' })).toMatchObject({ state: 'resolved' });
    expect(await house.as.olga.desk.tickets.move({ id, to: 'open' })).toMatchObject({
      state: 'open',
      resolvedAt: null,
    });
  });

  it('is an incident only resolved with a cause and a remedy, and a problem a known error first', async () => {
    const incident = await open('Lent');
    expect(await refusedWith(house.as.bob.desk.tickets.move({ id: incident.id, to: 'resolved' }))).toBe(
      'reason_missing',
    );
    const done = { to: 'resolved', causeText: 'Disque plein', remedyText: 'Vidé' } as const;
    expect(await house.as.bob.desk.tickets.move({ id: incident.id, ...done })).toMatchObject({ state: 'resolved' });
    const problem = await open('Pourquoi lent', { kind: 'problem' });
    expect(await house.as.bob.desk.tickets.move({ id: problem.id, to: 'known_error' })).toMatchObject({
      state: 'known_error',
    });
    expect(await house.as.bob.desk.tickets.edit({ id: problem.id, workaround: 'Redémarrer' })).toMatchObject({
      workaround: 'Redémarrer',
    });
  });

  it('is a change agreed to by somebody else, and only an emergency begins without', async () => {
    const { id } = await open('Mise à jour', { kind: 'change' });
    const plan = {
      emergency: false,
      risk: 'high',
      plan: 'apt',
      wayBack: 'instantané',
      startsAt: null,
      endsAt: null,
    } as const;
    await house.as.bob.desk.tickets.plan({ id, ...plan });
    await house.as.bob.desk.tickets.move({ id, to: 'approval' });
    expect(await refusedWith(house.as.bob.desk.tickets.move({ id, to: 'approved' }))).toBe('own_approval');
    expect(await refusedWith(house.as.bob.desk.tickets.plan({ id, ...plan, plan: 'autre' }))).toBe('not_in_this_state');
    const approved = await house.as.olga.desk.tickets.move({ id, to: 'approved' });
    expect(approved.plan).toMatchObject({ approvedBy: 'Olga Petit', risk: 'high' });
    await house.as.bob.desk.tickets.move({ id, to: 'in_progress' });
    await house.as.bob.desk.tickets.move({ id, to: 'review' });
    const over = await house.as.olga.desk.tickets.move({ id, to: 'resolved', reason: 'Sans incident' });
    expect(over.plan).toMatchObject({ reviewedBy: 'Olga Petit', review: 'Sans incident' });
    const urgent = await open('Faille', { kind: 'change' });
    expect(await refusedWith(house.as.bob.desk.tickets.move({ id: urgent.id, to: 'in_progress' }))).toBe(
      'move_not_legal',
    );
    await house.as.bob.desk.tickets.plan({ id: urgent.id, ...plan, emergency: true });
    expect(await house.as.bob.desk.tickets.move({ id: urgent.id, to: 'in_progress' })).toMatchObject({
      state: 'in_progress',
    });
  });
});

describe('the priority of a ticket', () => {
  it('follows from impact and urgency, until somebody says otherwise with a reason', async () => {
    const { id } = await open('Écran', { kind: 'request', impact: 'low', urgency: 'low' });
    expect(await house.as.bob.desk.tickets.sheet({ id })).toMatchObject({ priority: 'low' });
    expect(await house.as.bob.desk.tickets.edit({ id, impact: 'high', urgency: 'high' })).toMatchObject({
      priority: 'critical',
    });
    expect(await refusedWith(house.as.bob.desk.tickets.edit({ id, priority: 'low' }))).toBe('reason_missing');
    expect(
      await house.as.bob.desk.tickets.edit({ id, priority: 'normal', priorityReason: 'Prévu demain' }),
    ).toMatchObject({
      priority: 'normal',
      priorityReason: 'Prévu demain',
    });
    expect(await house.as.bob.desk.tickets.edit({ id, urgency: 'normal' })).toMatchObject({ priority: 'normal' });
    expect(await house.as.bob.desk.tickets.edit({ id, priority: null })).toMatchObject({
      priority: 'high',
      priorityReason: '',
    });
  });
});

describe('work on a ticket', () => {
  it('has links both ends see, and no circle of parents', async () => {
    const [one, two] = [await open('Un', { kind: 'request' }), await open('Deux', { kind: 'request' })];
    await house.as.bob.desk.tickets.link({ id: one.id, kind: 'blocks', otherId: two.id });
    const seen = await house.as.bob.desk.tickets.sheet({ id: two.id });
    expect(seen.links).toMatchObject([{ kind: 'blocked_by', ticket: { number: one.number } }]);
    await house.as.bob.desk.tickets.edit({ id: two.id, parentId: one.id });
    expect(await refusedWith(house.as.bob.desk.tickets.edit({ id: one.id, parentId: two.id }))).toBe('ticket_circle');
    expect(await refusedWith(house.as.bob.desk.tickets.link({ id: one.id, kind: 'related', otherId: one.id }))).toBe(
      'ticket_circle',
    );
  });

  it('keeps a checklist with who ticked what, time spent, watchers, category and queue', async () => {
    const { id } = await open('Poste', { kind: 'request' });
    const { items } = await house.as.bob.desk.tickets.checklist({
      id,
      items: [{ text: 'Compte' }, { text: 'Badge', done: true }],
    });
    expect(items).toMatchObject([
      { text: 'Compte', doneBy: null },
      { text: 'Badge', doneBy: 'Bob Tremblay' },
    ]);
    const again = await house.as.olga.desk.tickets.checklist({
      id,
      items: items.map(({ id: item, text }) => ({ id: item, text, done: true })),
    });
    expect(again.items).toMatchObject([{ doneBy: 'Olga Petit' }, { doneBy: 'Bob Tremblay' }]);
    await house.as.bob.desk.tickets.spend({ id, minutes: 25, note: 'Sur place' });
    const { items: times } = await house.as.olga.desk.tickets.spend({ id, minutes: 5 });
    expect(times).toMatchObject([
      { person: 'Bob Tremblay', minutes: 25 },
      { person: 'Olga Petit', minutes: 5 },
    ]);
    expect(await refusedWith(house.as.bob.desk.tickets.unspend({ id, timeId: times[1]?.id ?? uuid() }))).toBe(
      'not_found',
    );
    const { id: team } = await house.as.alice.people.teams.create({ name: 'Postes', memberIds: [house.ids.bob] });
    const category = uuid();
    await house.as.bob.desk.categories.put({
      id: category,
      name: { en: 'Desktops', fr: 'Postes fixes' },
      teamId: team,
    });
    const sheet = await house.as.bob.desk.tickets.edit({ id, categoryId: category, tags: ['neuf'] });
    expect(sheet).toMatchObject({
      category: { name: 'Postes fixes' },
      team: { name: 'Postes' },
      tags: ['neuf'],
      minutes: 30,
    });
    expect(await house.as.olga.desk.tickets.watch({ id, personId: house.ids.olga, on: true })).toMatchObject({
      watchers: [{ name: 'Olga Petit' }],
    });
  });

  it('tells how much there is when not all of it is shown', async () => {
    const { id } = await open('Beaucoup de travail', { kind: 'problem' });
    await using line = await linesTo(house);
    await line.query(
      `insert into desk.time_spent (id, ticket_id, person_id, person_name, minutes, note, at)
       select gen_random_uuid(), $1::uuid, $2::uuid, 'Bob Tremblay', 2, '', now() - n * interval '1 minute' from generate_series(1, 503) n`,
      [id, house.ids.bob],
    );
    await line.query(
      `update desk.ticket set parent_id = $1 where id in (select id from desk.ticket where id <> $1 limit 3)`,
      [id],
    );
    const sheet = await house.as.bob.desk.tickets.sheet({ id });
    expect(sheet.times).toHaveLength(500);
    expect(sheet).toMatchObject({ timeCount: 503, minutes: 1_006, linkCount: 3 });
    expect(sheet.times[0]?.at.localeCompare(sheet.times[499]?.at ?? '')).toBe(-1);
  });

  it('is only for those who work here', async () => {
    const { id } = await open('Secret', { kind: 'request' });
    expect(await refusedWith(house.as.dan.desk.tickets.sheet({ id }))).toBe('forbidden');
    expect(await refusedWith(house.as.carol.desk.tickets.edit({ id, tags: ['x'] }))).toBe('forbidden');
    expect(await house.as.carol.desk.tickets.sheet({ id })).toMatchObject({ id });
  });
});

describe('a list of tickets', () => {
  it('is narrowed by typed words in both languages and goes on where the page ended', async () => {
    const requester = await outside('Hélène Dupont', 'helene@client.test');
    const ids: string[] = [];
    for (const title of ['VPN un', 'VPN deux', 'VPN trois'])
      ids.push(
        (await open(title, { kind: 'request', requesterId: requester.id, tags: ['vpn'], assigneeId: house.ids.bob }))
          .id,
      );
    const words = 'état:ouvert assigné:moi étiquette:vpn demandeur:dupont';
    const first = await house.as.bob.desk.tickets.find({ words, limit: 2 });
    expect(first).toMatchObject({ total: 3, more: false, unknown: [] });
    expect(first.items.map(({ title, requester: name }) => [title, name])).toEqual([
      ['VPN trois', 'Hélène Dupont'],
      ['VPN deux', 'Hélène Dupont'],
    ]);
    const rest = await house.as.bob.desk.tickets.find({ words, limit: 2, after: first.next ?? '' });
    expect(rest.items.map(({ title }) => title)).toEqual(['VPN un']);
    expect(rest.next).toBeNull();
    for (const sort of ['number', '-updated', 'updated', '-priority', 'due'] as const) {
      const page = await house.as.bob.desk.tickets.find({ words, sort, limit: 2 });
      const more = await house.as.bob.desk.tickets.find({ words, sort, limit: 2, after: page.next ?? '' });
      expect([...page.items, ...more.items].map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    }
    expect(await house.as.olga.desk.tickets.find({ words: 'tag:vpn assignee:me' })).toMatchObject({ total: 0 });
    expect((await house.as.bob.desk.tickets.find({ words: 'colour:red' })).unknown).toEqual(['colour:red']);
    expect(await refusedWith(house.as.bob.desk.tickets.find({ after: 'x' }))).toBe('bad_input');
  });

  it('is kept as a view, one’s own or shared', async () => {
    const id = uuid();
    await house.as.bob.desk.views.put({ id, name: 'À moi', words: 'assignee:me', sort: '-updated', shared: true });
    expect((await house.as.olga.desk.views.list({})).items).toMatchObject([
      { name: 'À moi', mine: false, owner: 'Bob Tremblay' },
    ]);
    expect(await refusedWith(house.as.olga.desk.views.remove({ id }))).toBe('not_yours');
    await house.as.bob.desk.views.remove({ id });
    expect((await house.as.olga.desk.views.list({})).items).toEqual([]);
  });
});

const template = (more: object = {}) => ({
  id: uuid(),
  kind: 'ticket' as const,
  name: { en: 'Newcomer', fr: 'Nouvel arrivant' },
  body: { en: 'Which day?', fr: 'Quel jour ?' },
  change: {
    kind: 'request' as const,
    priority: 'high' as const,
    addTags: ['arrivée'],
    checklist: ['Compte', 'Badge'],
  },
  shared: true,
  ...more,
});

describe('a template of tickets', () => {
  it('gives a ticket that is opened what was left out, and its checklist', async () => {
    const { id } = await house.as.olga.desk.templates.put(template());
    const opened = await open('Arrivée de Zoé', { templateId: id });
    const sheet = await house.as.bob.desk.tickets.sheet({ id: opened.id });
    expect(sheet).toMatchObject({ kind: 'request', priority: 'high', tags: ['arrivée'], title: 'Arrivée de Zoé' });
    expect(sheet.checklist.map(({ text }) => text)).toEqual(['Compte', 'Badge']);
    const own = await open('Incident', { templateId: id, kind: 'incident', priority: 'low', tags: ['à', 'part'] });
    expect(await house.as.bob.desk.tickets.sheet({ id: own.id })).toMatchObject({
      kind: 'incident',
      priority: 'low',
      tags: ['à', 'part'],
    });
  });

  it('opens nothing when its state is not one of the kind, or when it is nobody’s to use', async () => {
    const { id } = await house.as.bob.desk.templates.put(template({ change: { kind: 'request', to: 'approved' } }));
    const before = (await house.as.bob.desk.tickets.find({})).total;
    expect(await refusedWith(open('Non', { templateId: id }))).toBe('move_not_legal');
    const { id: olgas } = await house.as.olga.desk.templates.put(template({ shared: false }));
    expect(await refusedWith(open('Non', { templateId: olgas }))).toBe('not_found');
    const { id: answer } = await house.as.bob.desk.templates.put(template({ kind: 'answer' }));
    expect(await refusedWith(open('Non', { templateId: answer }))).toBe('not_found');
    expect((await house.as.bob.desk.tickets.find({})).total).toBe(before);
  });

  it('is listed page by page, by its kind', async () => {
    const first = await house.as.bob.desk.templates.list({ kind: 'ticket', limit: 1 });
    expect(first).toMatchObject({ total: 2, next: '1' });
    const rest = await house.as.bob.desk.templates.list({ kind: 'ticket', limit: 1, after: first.next ?? '' });
    expect(rest.next).toBeNull();
    expect(rest.items[0]?.id).not.toBe(first.items[0]?.id);
    expect(await house.as.bob.desk.templates.list({})).toMatchObject({ total: 3, next: null });
  });
});

describe('a change of many tickets', () => {
  it('is looked at first, done, and undone except where somebody changed the same since', async () => {
    const ids: string[] = [];
    for (let number = 0; number < 12; number++)
      ids.push((await open(`Lot ${number}`, { kind: 'request', tags: ['lot'] })).id);
    const change = { assigneeId: house.ids.olga, addTags: ['traité'], priority: 'high' as const };
    const preview = await house.as.bob.desk.bulk.preview({ words: 'tag:lot state:open', change });
    expect(preview).toMatchObject({ total: 12, changing: 12 });
    const bulk = await house.as.bob.desk.bulk.start({ words: 'tag:lot state:open', change });
    expect(bulk).toMatchObject({ total: 12, done: 12, skipped: 0, state: 'done' });
    const [first = '', second = ''] = ids;
    expect(await house.as.bob.desk.tickets.sheet({ id: first })).toMatchObject({
      assignee: { name: 'Olga Petit' },
      tags: ['lot', 'traité'],
      priority: 'high',
    });
    await house.as.bob.desk.tickets.edit({ id: second, assigneeId: house.ids.bob });
    expect(await house.as.bob.desk.bulk.undo({ id: bulk.id })).toMatchObject({ state: 'undone' });
    expect(await house.as.bob.desk.tickets.sheet({ id: first })).toMatchObject({
      assignee: null,
      tags: ['lot'],
      priority: 'normal',
    });
    expect(await house.as.bob.desk.tickets.sheet({ id: second })).toMatchObject({
      assignee: { name: 'Bob Tremblay' },
      tags: ['lot'],
      priority: 'normal',
    });
    expect(await refusedWith(house.as.bob.desk.bulk.undo({ id: bulk.id }))).toBe('not_in_this_state');
  });

  it('sets queue, category and dates, and gives each its own back', async () => {
    const categoryId = uuid();
    await house.as.alice.desk.categories.put({ id: categoryId, name: { en: 'Network', fr: 'Réseau' } });
    const one = await open('Vague un', { kind: 'request' });
    const two = await open('Vague deux', { kind: 'request' });
    const before = '2027-01-05T10:00:00.000Z';
    const after = '2027-02-06T11:00:00.000Z';
    await house.as.bob.desk.tickets.edit({ id: two.id, dueAt: before });
    const ids = [one.id, two.id];
    const bulk = await house.as.bob.desk.bulk.start({ ids, change: { categoryId, dueAt: after, snoozedUntil: after } });
    expect(bulk).toMatchObject({ done: 2, state: 'done' });
    const sheets = () => Promise.all(ids.map((id) => house.as.bob.desk.tickets.sheet({ id })));
    for (const sheet of await sheets())
      expect(sheet).toMatchObject({ category: { id: categoryId }, dueAt: after, snoozedUntil: after });
    await house.as.bob.desk.bulk.undo({ id: bulk.id });
    expect(await sheets()).toMatchObject([
      { category: null, dueAt: null, snoozedUntil: null },
      { category: null, dueAt: before, snoozedUntil: null },
    ]);
    // The story tells what was given back, and to what.
    const [, second] = await sheets();
    const told = second?.stream.items.flatMap((item) => (item.what === 'event' ? [item.event.text] : [])) ?? [];
    expect(told.filter((text) => text.includes('Réseau'))).toHaveLength(2);
  });

  it('takes only legal steps', async () => {
    const [request, problem] = [await open('R', { kind: 'request' }), await open('P', { kind: 'problem' })];
    const bulk = await house.as.bob.desk.bulk.start({
      ids: [request.id, problem.id],
      change: { move: { to: 'solved', reason: '' } },
    });
    expect(bulk).toMatchObject({ total: 2, done: 1, skipped: 1 });
    expect(await house.as.bob.desk.tickets.sheet({ id: problem.id })).toMatchObject({ state: 'open' });
  });
});

describe('what a requester sees', () => {
  it('is the whole of a long conversation, page by page', async () => {
    const { id } = await house.as.dan.desk.mine.ask({ title: 'Longue histoire', text: 'message 0' });
    for (let number = 1; number <= 101; number++)
      await house.as.dan.desk.mine.answer({ id, body: `message ${number}` });
    const last = await house.as.dan.desk.mine.get({ id });
    expect(last.messages).toHaveLength(100);
    expect(last.messages.at(-1)?.body).toBe('message 101');
    const first = await house.as.dan.desk.mine.get({ id, before: last.before ?? '' });
    expect(first.messages.map(({ body }) => body)).toEqual(['message 0', 'message 1']);
    expect(first.before).toBeNull();
    expect(await refusedWith(house.as.dan.desk.mine.get({ id, before: 'x' }))).toBe('bad_input');
  });

  it('is one’s own tickets with their public conversation and nothing internal', async () => {
    const asked = await house.as.dan.desk.mine.ask({ title: 'Imprimante muette', text: 'Plus rien ne sort' });
    const foreign = await open('Pas pour Dan', { kind: 'request' });
    await house.as.bob.desk.messages.add({ id: asked.id, visibility: 'note', body: 'note zanzibar' });
    await house.as.bob.desk.messages.add({ id: asked.id, visibility: 'public', body: 'Bonjour, je regarde.' });
    const seen = await house.as.dan.desk.mine.get({ id: asked.id });
    expect(seen.messages.map(({ body }) => body)).toEqual(['Plus rien ne sort', 'Bonjour, je regarde.']);
    expect(await house.as.dan.desk.mine.list({ search: 'zanzibar' })).toMatchObject({ total: 0 });
    expect(await house.as.dan.desk.mine.list({ search: 'regarde' })).toMatchObject({ total: 1 });
    expect(await refusedWith(house.as.dan.desk.mine.get({ id: foreign.id }))).toBe('not_found');
    expect(await refusedWith(house.as.dan.desk.mine.answer({ id: foreign.id, body: 'x' }))).toBe('not_found');
    expect(await house.as.carol.desk.mine.list({})).toMatchObject({ total: 0 });
  });

  it('opens again with an answer what was resolved', async () => {
    const { id } = await house.as.dan.desk.mine.ask({ title: 'Badge', kind: 'request' });
    await house.as.bob.desk.tickets.move({ id, to: 'resolved' });
    await house.as.dan.desk.mine.answer({ id, body: 'Toujours pas' });
    expect(await house.as.bob.desk.tickets.sheet({ id })).toMatchObject({
      state: 'in_progress',
      lastWord: 'requester',
    });
  });
});
