import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { createClient } from '#contract/client.ts';
import { Doors } from '../doors.ts';
import { startHouse, type House } from '../house.ts';
import { startMailCatcher, type MailCatcher } from '../mail-catcher.ts';
import { refusedWith } from '../refused-with.ts';
import { until } from '../until.ts';

let house: House;
let mails: MailCatcher;
beforeAll(async () => {
  house = await startHouse();
  mails = await startMailCatcher();
  await house.as.alice.notify.mailServer.set({
    host: '127.0.0.1',
    port: mails.port,
    security: 'none',
    user: '',
    from: 'vigie@client.test',
    caPem: '',
  });
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await mails[Symbol.asyncDispose]();
});

const sentTo = async (mail: string): Promise<string[]> =>
  Promise.all(mails.caught.filter(({ to }) => to.includes(mail)).map(async (one) => (await one.mail).text ?? ''));
const tokenIn = (text: string | undefined): string => /\/sign-in\/link\?token=([\w-]+)/u.exec(text ?? '')?.[1] ?? '';
const zoe = async () =>
  house.as.bob.desk.requesters.put({ id: uuid(), name: 'Zoé Lefebvre', mail: 'zoe@client.test', language: 'fr' });

describe('a link to sign in', () => {
  it('is sent to a requester, in their language, signs in once, and is of no use after', async () => {
    const { mail } = (await house.as.alice.people.persons.list({ search: 'Dan' })).items[0] ?? { mail: '' };
    expect(await house.as.nobody.people.session.askLink({ mail })).toEqual({});
    await until(async () => (await sentTo(mail)).length === 1);
    const token = tokenIn((await sentTo(mail))[0]);
    expect((await sentTo(mail))[0]).toContain('Ouvrir la session');
    const session = await house.as.nobody.people.session.followLink({ token });
    expect(session.person.mail).toBe(mail);
    expect(await refusedWith(house.as.nobody.people.session.followLink({ token }))).toBe('link_used');
  });

  it('is answered alike for an unknown address and for an operator, and nothing is sent', async () => {
    const { mail } = (await house.as.alice.people.persons.list({ search: 'Bob' })).items[0] ?? { mail: '' };
    expect(await house.as.nobody.people.session.askLink({ mail })).toEqual({});
    expect(await house.as.nobody.people.session.askLink({ mail: 'nobody-known@client.test' })).toEqual({});
    await zoe();
    await house.as.nobody.people.session.askLink({ mail: 'zoe@client.test' });
    await until(async () => (await sentTo('zoe@client.test')).length === 1);
    expect(await sentTo(mail)).toEqual([]);
    expect(await sentTo('nobody-known@client.test')).toEqual([]);
  });

  it('gives somebody who was known by an address alone their own tickets', async () => {
    const { items } = await house.as.bob.desk.requesters.list({ search: 'zoe@client.test' });
    const { id } = await house.as.bob.desk.tickets.create({
      title: 'Écran noir',
      kind: 'incident',
      requesterId: items[0]?.id ?? null,
      description: 'Rien ne s’affiche.',
    });
    const { token } = await house.as.nobody.people.session.followLink({
      token: tokenIn((await sentTo('zoe@client.test'))[0]),
    });
    const client = createClient({ url: house.url, token: () => token, language: () => 'fr' });
    expect((await client.desk.mine.list({})).items.map((one) => one.id)).toEqual([id]);
    expect(await refusedWith(client.desk.tickets.find({}))).toBe('forbidden');
  });

  it('is not sent more than three times in a quarter of an hour', async () => {
    await house.as.bob.desk.requesters.put({ id: uuid(), name: 'Luc', mail: 'luc@client.test' });
    for (let time = 0; time < 5; time++) await house.as.nobody.people.session.askLink({ mail: 'luc@client.test' });
    await until(async () => (await sentTo('luc@client.test')).length >= 1);
    expect((await sentTo('luc@client.test')).length).toBeLessThanOrEqual(3);
  });
});

describe('what is one’s own', () => {
  it('is rated once, when it is done, and shown to the desk', async () => {
    const mine = await house.as.dan.desk.mine.ask({ title: 'Souris', text: 'Elle ne clique plus.' });
    expect(mine.mayRate).toBe(false);
    expect(await refusedWith(house.as.dan.desk.mine.rate({ id: mine.id, score: 3 }))).toBe('not_in_this_state');
    await house.as.bob.desk.tickets.move({ id: mine.id, to: 'resolved', causeText: 'Pile', remedyText: 'Changée' });
    expect((await house.as.dan.desk.mine.get({ id: mine.id })).mayRate).toBe(true);
    expect((await house.as.dan.desk.mine.rate({ id: mine.id, score: 3, comment: 'Merci' })).score).toBe(3);
    expect(await refusedWith(house.as.dan.desk.mine.rate({ id: mine.id, score: 1 }))).toBe('not_in_this_state');
    expect((await house.as.bob.desk.tickets.sheet({ id: mine.id })).satisfaction).toMatchObject({
      score: 3,
      comment: 'Merci',
    });
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const said = await house.as.carol.desk.satisfaction.figures({
      from,
      until: new Date(Date.now() + 3_600_000).toISOString(),
    });
    expect(said).toMatchObject({ answers: 1, resolved: 1, scores: [{ score: 3, count: 1 }] });
  });

  it('takes files, and only for one’s own tickets', async () => {
    const mine = await house.as.dan.desk.mine.ask({ title: 'Capture', text: 'Voici.' });
    const { attachmentId, path } = await house.as.dan.desk.mine.attach({
      id: mine.id,
      name: 'ecran.txt',
      sizeBytes: 4,
    });
    const put = await fetch(`${house.url}${path}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${house.tokens.dan}`,
        'content-type': 'application/octet-stream',
        'x-vigie-file': '1',
      },
      body: 'noir',
    });
    expect(put.status).toBe(200);
    const message = await house.as.dan.desk.mine.answer({
      id: mine.id,
      body: 'Le fichier.',
      attachmentIds: [attachmentId],
    });
    expect(message.attachments.map(({ name }) => name)).toEqual(['ecran.txt']);
    const other = await house.as.bob.desk.tickets.create({ title: 'Not Dan’s', kind: 'request' });
    expect(await refusedWith(house.as.dan.desk.mine.attach({ id: other.id, name: 'x', sizeBytes: 1 }))).toBe(
      'not_found',
    );
  });

  it('names the outages of what one uses, and nothing of the inside', async () => {
    const { alice, dan } = house.as;
    expect((await dan.desk.mine.categories({})).items.length).toBeGreaterThan(3);
    await using ending = new AsyncDisposableStack();
    const doors = new Doors();
    ending.defer(() => doors.closeAll());
    const watched = async (service: string, address: string, users: readonly string[]) => {
      const port = await doors.open(service, address);
      const host = await alice.estate.hosts.create({ name: `host of ${service}`, address });
      const { id } = await alice.estate.services.create({ name: service });
      await alice.estate.services.setUsers({ id, personIds: [...users] });
      const ref = { kind: 'host', id: host.id } as const;
      await alice.estate.dependencies.add({ dependent: { kind: 'service', id }, on: ref });
      const check = { name: `port of ${service}`, kind: 'tcp', target: ref, settings: { port }, intervalSeconds: 1 };
      return alice.watch.checks.create(check);
    };
    const { id: danId } = (await alice.people.persons.list({ search: 'Dan' })).items[0] ?? { id: '' };
    const checks = [await watched('Mail', '127.0.0.91', [danId]), await watched('Payroll', '127.0.0.92', [])];
    const isState = (wanted: string) =>
      until(async () =>
        (await Promise.all(checks.map(({ id }) => alice.watch.checks.get({ id })))).every(
          ({ state }) => state === wanted,
        ),
      );
    await isState('up');
    expect((await dan.desk.mine.outages({})).items).toEqual([]);
    await doors.shut('Mail', 'Payroll');
    await isState('down');
    await until(async () => (await dan.desk.mine.outages({})).items.length > 0);
    expect((await dan.desk.mine.outages({})).items.map(({ service }) => service)).toEqual(['Mail']);
    await doors.reopen('Mail', 'Payroll');
    await until(async () => (await dan.desk.mine.outages({})).items.length === 0);
  });
});
