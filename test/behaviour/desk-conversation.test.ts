import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { startHouse, type CastName, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(async () => house[Symbol.asyncDispose]());

const open = (title: string) => house.as.bob.desk.tickets.create({ title, kind: 'request' });
const bodies = async (id: string): Promise<string[]> =>
  (await house.as.bob.desk.tickets.sheet({ id })).stream.items.flatMap((item) =>
    item.what === 'message' ? [item.message.body] : [],
  );
const write = (id: string, body: string) => house.as.bob.desk.messages.add({ id, visibility: 'note', body });

describe('a conversation', () => {
  it('is one story of messages and events, read page by page', async () => {
    const { id } = await open('Long');
    for (let number = 1; number <= 7; number++) await write(id, `m${number}`);
    await house.as.olga.desk.tickets.edit({ id, tags: ['x'] });
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await house.as.carol.desk.tickets.stream({
        id,
        limit: 3,
        ...(before === undefined ? {} : { before }),
      });
      seen.unshift(...page.items.map((item) => (item.what === 'message' ? item.message.body : item.event.kind)));
      before = page.before ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(['opened', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'changed']);
  });

  it('writes what is sent twice once', async () => {
    const { id } = await open('Deux fois');
    const messageId = uuid();
    const one = await house.as.bob.desk.messages.add({ id, messageId, visibility: 'public', body: 'Bonjour' });
    const other = await house.as.bob.desk.messages.add({ id, messageId, visibility: 'public', body: 'Bonjour' });
    expect(other).toEqual(one);
    expect(await bodies(id)).toEqual(['Bonjour']);
  });

  it('tells whoever is mentioned, who follows it from then on', async () => {
    const { id } = await open('Avec Olga');
    await house.as.bob.desk.messages.add({
      id,
      visibility: 'note',
      body: '@Olga un avis ?',
      mentionIds: [house.ids.olga, house.ids.dan],
    });
    expect((await house.as.olga.desk.mentions.list({})).items).toMatchObject([{ ticketId: id, by: 'Bob Tremblay' }]);
    expect((await house.as.bob.desk.tickets.sheet({ id })).watchers).toMatchObject([{ name: 'Olga Petit' }]);
    await house.as.olga.desk.mentions.see({ ticketId: id });
    expect((await house.as.olga.desk.mentions.list({})).items).toEqual([]);
  });

  it('brings back an answer that somebody waited for, and what was put off', async () => {
    const { id } = await house.as.dan.desk.mine.ask({ title: 'Accès', kind: 'request' });
    await house.as.bob.desk.messages.add({
      id,
      visibility: 'public',
      body: 'Quel dossier ?',
      move: { to: 'waiting', waitingFor: 'requester', reason: '' },
    });
    const later = new Date(Date.now() + 86_400_000).toISOString();
    expect(await house.as.bob.desk.tickets.edit({ id, snoozedUntil: later })).toMatchObject({ snoozedUntil: later });
    await house.as.dan.desk.mine.answer({ id, body: 'Compta' });
    expect(await house.as.bob.desk.tickets.sheet({ id })).toMatchObject({ state: 'in_progress', snoozedUntil: null });
  });
});

const text = (ticketId: string, body: string, revision: number) =>
  ({ ticketId, visibility: 'public', format: 'plain', body, revision }) as const;

describe('a draft', () => {
  it('is there on every device, whoever takes the ticket meanwhile, until it is sent', async () => {
    const { id } = await open('Brouillon');
    const draftId = uuid();
    const { draft } = await house.as.bob.desk.drafts.save({ id: draftId, ...text(id, 'Bonj', 0) });
    expect(draft).toMatchObject({ revision: 1 });
    await house.as.olga.desk.tickets.acknowledge({ id });
    await house.as.bob.desk.drafts.save({ id: draftId, ...text(id, 'Bonjour', 1) });
    expect((await house.as.bob.desk.tickets.sheet({ id })).drafts).toMatchObject([{ body: 'Bonjour', revision: 2 }]);
    expect((await house.as.olga.desk.tickets.sheet({ id })).drafts).toEqual([]);
    expect(await refusedWith(house.as.olga.desk.drafts.save({ id: draftId, ...text(id, 'x', 2) }))).toBe('not_found');
    await house.as.bob.desk.messages.add({ id, visibility: 'public', body: 'Bonjour Dan', draftId });
    expect((await house.as.bob.desk.drafts.list({})).items).toEqual([]);
    // A saving that was still on its way brings nothing back.
    expect(await house.as.bob.desk.drafts.save({ id: draftId, ...text(id, 'Bonjour Dan', 2) })).toEqual({
      draft: null,
      apart: false,
    });
    expect((await house.as.bob.desk.drafts.list({})).items).toEqual([]);
  });

  it('that two devices took separate ways is kept twice', async () => {
    const { id } = await open('Deux appareils');
    const draftId = uuid();
    await house.as.bob.desk.drafts.save({ id: draftId, ...text(id, 'commun', 0) });
    await house.as.bob.desk.drafts.save({ id: draftId, ...text(id, 'du bureau', 1) });
    const other = await house.as.bob.desk.drafts.save({ id: draftId, ...text(id, 'du téléphone', 1) });
    expect(other).toMatchObject({ apart: true, draft: { body: 'du téléphone' } });
    const kept = (await house.as.bob.desk.tickets.sheet({ id })).drafts.map(({ body }) => body);
    expect(kept.toSorted()).toEqual(['du bureau', 'du téléphone']);
  });
});

describe('those who are at a ticket', () => {
  it('see each other, and whoever writes before whoever looks', async () => {
    const { id } = await open('À deux');
    await house.as.bob.desk.presence.say({ id, device: 'a', doing: 'views' });
    await house.as.bob.desk.presence.say({ id, device: 'b', doing: 'writes' });
    expect(await house.as.olga.desk.presence.say({ id, device: 'c', doing: 'views' })).toEqual({
      items: [{ personId: house.ids.bob, name: 'Bob Tremblay', doing: 'writes' }],
    });
    await house.as.bob.desk.presence.say({ id, device: 'b', doing: 'leaves' });
    expect((await house.as.olga.desk.tickets.sheet({ id })).present).toMatchObject([{ doing: 'views' }]);
  });
});

describe('a merge', () => {
  it('lets the conversation go on in one ticket, and its undoing puts each message back, late ones too', async () => {
    const [gone, stays] = [await open('Doublon'), await open('Original')];
    await write(gone.id, 'g1');
    await write(stays.id, 's1');
    const { items } = await house.as.bob.desk.merges.merge({ ids: [gone.id], intoId: stays.id });
    expect(await bodies(stays.id)).toEqual(['g1', 's1']);
    expect(await house.as.bob.desk.tickets.sheet({ id: gone.id })).toMatchObject({
      state: 'cancelled',
      mergedInto: { number: stays.number },
      moves: [],
    });
    // A reply to the merged ticket goes to the one that stayed.
    await write(gone.id, 'g2');
    await write(stays.id, 's2');
    expect(await bodies(stays.id)).toEqual(['g1', 's1', 'g2', 's2']);
    await house.as.olga.desk.merges.undo({ id: items[0]?.id ?? '' });
    expect(await bodies(gone.id)).toEqual(['g1', 'g2']);
    expect(await bodies(stays.id)).toEqual(['s1', 's2']);
    expect(await house.as.bob.desk.tickets.sheet({ id: gone.id })).toMatchObject({
      state: 'open',
      mergedInto: null,
      messageCount: 2,
    });
    expect(await refusedWith(house.as.bob.desk.merges.undo({ id: items[0]?.id ?? '' }))).toBe('undo_too_late');
  });

  it('of a merge is undone from within, each to its own', async () => {
    const [a, b, c] = [await open('A'), await open('B'), await open('C')];
    await write(a.id, 'a1');
    await write(b.id, 'b1');
    const first = await house.as.bob.desk.merges.merge({ ids: [a.id], intoId: b.id });
    const second = await house.as.bob.desk.merges.merge({ ids: [b.id], intoId: c.id });
    await write(a.id, 'a2');
    expect(await bodies(c.id)).toEqual(['a1', 'b1', 'a2']);
    await house.as.bob.desk.merges.undo({ id: first.items[0]?.id ?? '' });
    expect([await bodies(a.id), await bodies(c.id)]).toEqual([['a1', 'a2'], ['b1']]);
    await house.as.bob.desk.merges.undo({ id: second.items[0]?.id ?? '' });
    expect([await bodies(b.id), await bodies(c.id)]).toEqual([['b1'], []]);
    expect(await refusedWith(house.as.bob.desk.merges.merge({ ids: [a.id], intoId: a.id }))).toBe('ticket_circle');
  });

  it('has its counterpart: some messages become a ticket of their own, and come back with what followed', async () => {
    const { id } = await open('Deux sujets');
    await write(id, 'un');
    const other = await write(id, 'autre');
    const split = await house.as.bob.desk.merges.split({ id, messageIds: [other.id], title: 'Autre sujet' });
    await write(split.to.id, 'suite');
    expect([await bodies(id), await bodies(split.to.id)]).toEqual([['un'], ['autre', 'suite']]);
    await house.as.bob.desk.merges.undo({ id: split.id });
    expect([await bodies(id), await bodies(split.to.id)]).toEqual([['un', 'autre', 'suite'], []]);
    expect(await house.as.bob.desk.tickets.sheet({ id: split.to.id })).toMatchObject({
      state: 'cancelled',
      mergedInto: { id },
    });
  });

  it('finds by search what it holds, where it is read', async () => {
    const [gone, stays] = [await open('Doublon bis'), await open('Original bis')];
    await write(gone.id, 'le mot ornithorynque');
    const { items } = await house.as.bob.desk.merges.merge({ ids: [gone.id], intoId: stays.id });
    const found = async () => (await house.as.bob.desk.search({ words: 'ornithorynque' })).items.map(({ id }) => id);
    expect(await found()).toEqual([stays.id]);
    await house.as.bob.desk.merges.undo({ id: items[0]?.id ?? '' });
    expect(await found()).toEqual([gone.id]);
  });
});

const put = (who: CastName, path: string, body: Buffer, headers: Record<string, string> = { 'x-vigie-file': '1' }) =>
  fetch(`${house.url}${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${house.tokens[who]}`, 'content-type': 'application/octet-stream', ...headers },
    body: new Uint8Array(body),
  });
const get = (who: CastName, id: string, show = false) =>
  fetch(`${house.url}/files/${id}${show ? '?show' : ''}`, {
    headers: { authorization: `Bearer ${house.tokens[who]}` },
  });

const send = async (id: string, name: string, body: Buffer, visibility: 'public' | 'note' = 'public') => {
  const { attachmentId, path } = await house.as.bob.desk.attachments.begin({ id, name, sizeBytes: body.length });
  const answer = await put('bob', path, body);
  expect(answer.status).toBe(200);
  await house.as.bob.desk.messages.add({ id, visibility, body: 'Voir le fichier', attachmentIds: [attachmentId] });
  return attachmentId;
};

describe('a file', () => {
  it('comes back as it was, kept once however often it is sent, and is known by its bytes', async () => {
    const { id } = await open('Fichiers');
    const body = Buffer.alloc(1_300_000, 'vigie');
    const one = await send(id, 'journal.txt', body);
    const two = await send(id, 'encore.txt', body);
    expect(Buffer.from(await (await get('carol', one)).arrayBuffer()).equals(body)).toBe(true);
    expect(Buffer.from(await (await get('carol', two)).arrayBuffer()).equals(body)).toBe(true);
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const picture = await send(id, 'facture.exe.txt', png);
    const shown = await get('carol', picture, true);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect((await house.as.carol.desk.attachments.list({ id })).items).toMatchObject([
      { name: 'journal.txt', type: 'text/plain', preview: 'text', sizeBytes: 1_300_000 },
      { name: 'encore.txt' },
      { name: 'facture.exe.txt', type: 'image/png', preview: 'image', runs: false },
    ]);
  });

  it('that could run is never opened in place, nor given to its requester', async () => {
    const { id } = await house.as.dan.desk.mine.ask({ title: 'Outil' });
    const tool = await send(id, 'outil.exe', Buffer.from('MZ\u0000\u0000'));
    const page = await send(id, 'page.html', Buffer.from('<html><script>alert(1)</script></html>'));
    const shown = await get('carol', tool, true);
    expect(shown.headers.get('content-type')).toBe('application/octet-stream');
    expect(shown.headers.get('content-disposition')).toMatch(/^attachment/u);
    expect((await get('dan', tool)).status).toBe(404);
    const html = await get('dan', page, true);
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  });

  it('of a note is not its requester’s, and none is anybody’s who may not read the desk', async () => {
    const { id } = await house.as.dan.desk.mine.ask({ title: 'Contrat' });
    const note = await send(id, 'interne.txt', Buffer.from('interne'), 'note');
    const other = await open('Autre');
    const foreign = await send(other.id, 'autre.txt', Buffer.from('autre'));
    expect((await get('dan', note)).status).toBe(404);
    expect((await get('dan', foreign)).status).toBe(404);
    expect((await fetch(`${house.url}/files/${note}`)).status).toBe(401);
  });

  it('is taken only from whoever announced it, from our own pages, once', async () => {
    const { id } = await open('Dépôt');
    const { path } = await house.as.bob.desk.attachments.begin({ id, name: 'a.txt', sizeBytes: 1 });
    expect((await put('olga', path, Buffer.from('x'))).status).toBe(404);
    expect((await put('carol', path, Buffer.from('x'))).status).toBe(404);
    expect((await put('bob', path, Buffer.from('x'), {})).status).toBe(403);
    expect((await put('bob', path, Buffer.from('x'))).status).toBe(200);
    expect((await put('bob', path, Buffer.from('y'))).status).toBe(409);
    expect(await refusedWith(house.as.bob.desk.attachments.begin({ id, name: 'gros', sizeBytes: 1e12 }))).toBe(
      'too_large',
    );
  });

  it('is found by what can be read in it', async () => {
    const { id } = await open('Compte rendu');
    await send(id, 'notes.txt', Buffer.from('Le commutateur hippocampe est défectueux'));
    expect((await house.as.bob.desk.search({ words: 'hippocampe' })).items).toMatchObject([{ id }]);
  });
});
