import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHouse, type House } from '../house.ts';
import { found, mailOf, startMailDesk, type MailDesk } from '../mail-desk.ts';
import { refusedWith } from '../refused-with.ts';
import { until } from '../until.ts';

let house: House;
let mail: MailDesk;
let count = 0;

beforeAll(async () => {
  house = await startHouse();
  mail = await startMailDesk(house, { satisfactionHours: 2, confirms: false });
});
afterAll(async () => {
  await mail[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

const desk = () => house.as.bob.desk;
const period = () => ({
  from: new Date(Date.now() - 86_400_000).toISOString(),
  until: new Date(Date.now() + 86_400_000).toISOString(),
});

async function query(text: string, values: unknown[]): Promise<number> {
  const line = new pg.Client({ connectionString: house.databaseUrl });
  await line.connect();
  try {
    return (await line.query(text, values)).rowCount ?? 0;
  } finally {
    await line.end();
  }
}

/** A ticket that came by mail and was resolved so many hours ago. */
async function resolved(head: Readonly<Record<string, string>>, hoursAgo: number): Promise<string> {
  await mail.deliver(mailOf(head), {
    from: /<(?<at>[^>]+)>/u.exec(head['From'] ?? '')?.groups?.['at'] ?? 'anna@customer.test',
  });
  count += 1;
  await mail.settled(count);
  const [newest] = (await desk().mails.list({ limit: 1 })).items;
  const id = newest?.ticket?.id ?? '';
  await desk().tickets.move({ id, to: 'resolved', reason: '' });
  await query("update desk.ticket set resolved_at = now() - $2 * interval '1 hour' where id = $1", [id, hoursAgo]);
  return id;
}

const asksOf = async (id: string) =>
  (await desk().mails.ofTicket({ id })).deliveries.filter(({ kind }) => kind === 'satisfaction');

/** What a mail asks with: its links, in order. */
async function linksOf(subject: string): Promise<{ token: string; score: number; label: string }[]> {
  const caught = await found(async () => {
    for (const each of mail.outside.caught) if ((await each.mail).subject?.includes(subject) === true) return each;
    return null;
  });
  const { html } = await caught.mail;
  return [
    ...(html ?? '').matchAll(
      /<a href="http:\/\/vigie\.test\/rate\/(?<token>[^?]+)\?score=(?<score>\d)[^"]*">(?<label>[^<]+)/gu,
    ),
  ].map(({ groups }) => ({
    token: groups?.['token'] ?? '',
    score: Number(groups?.['score']),
    label: groups?.['label'] ?? '',
  }));
}

test('whoever was helped is asked once, in their language, some hours after; one click says it', async () => {
  const id = await resolved({ Subject: 'Écran noir', From: 'Léa Roy <lea@client.test>' }, 3);
  const early = await resolved({ Subject: 'Too early', From: 'Tom <tom@client.test>' }, 1);
  const robot = await resolved(
    { Subject: 'From a program', From: 'Bot <bot@client.test>', 'Auto-Submitted': 'auto-generated' },
    3,
  );
  await until(async () => (await asksOf(id)).some(({ state }) => state === 'sent'), 90_000);
  const links = await linksOf('Écran noir');
  expect(links.map(({ score }) => score)).toEqual([3, 2, 1]);
  expect(await asksOf(early)).toEqual([]);
  expect(await asksOf(robot)).toEqual([]);
  const token = links[0]?.token ?? '';
  const nobody = house.as.nobody.desk.satisfaction;
  expect(await nobody.get({ token })).toMatchObject({ title: 'Écran noir', score: null, mayChange: true });
  expect(await nobody.say({ token, score: 3 })).toMatchObject({ score: 3, mayChange: true });
  expect(await nobody.say({ token, score: 1, comment: '=Trop lent' })).toMatchObject({
    score: 1,
    comment: '=Trop lent',
  });
  expect((await desk().tickets.sheet({ id })).satisfaction).toMatchObject({ score: 1, comment: '=Trop lent' });
  // The mail itself was asked for by nobody a second time.
  expect(await query('select from desk.satisfaction_ask where ticket_id = $1', [id])).toBe(1);
  expect(await asksOf(id)).toHaveLength(1);
}, 150_000);

test('a link that was changed, or is another’s, leads nowhere', async () => {
  const [link] = await linksOf('Écran noir');
  const token = link?.token ?? '';
  const nobody = house.as.nobody.desk.satisfaction;
  const other = `${token[0] === 'a' ? 'b' : 'a'}${token.slice(1)}`;
  expect(await refusedWith(nobody.get({ token: other }))).toBe('not_found');
  expect(
    await refusedWith(nobody.say({ token: `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`, score: 3 })),
  ).toBe('not_found');
  await query("update desk.satisfaction set at = now() - interval '40 days'", []);
  expect(await nobody.get({ token })).toMatchObject({ score: 1, mayChange: false });
  expect(await refusedWith(nobody.say({ token, score: 3 }))).toBe('not_in_this_state');
  await query('update desk.satisfaction set at = now()', []);
});

test('the figures of a period are told by team and category, with the words, and as CSV that no spreadsheet runs', async () => {
  const { items: categories } = await desk().categories.list({});
  const category = categories[0];
  await query("update desk.ticket set category_id = $1 where title_fr = 'Écran noir'", [category?.id]);
  const told = await house.as.carol.desk.satisfaction.figures(period());
  expect(told).toMatchObject({
    answers: 1,
    asked: 1,
    scores: [{ score: 1, count: 1 }],
    categories: [{ id: category?.id, scores: [{ score: 1, count: 1 }] }],
    teams: [{ id: null, scores: [{ score: 1, count: 1 }] }],
    comments: [{ title: 'Écran noir', score: 1, comment: '=Trop lent' }],
  });
  expect(told.resolved).toBeGreaterThanOrEqual(1);
  const ofOther = categories.find(({ id }) => id !== category?.id);
  expect((await house.as.carol.desk.satisfaction.figures({ ...period(), categoryId: ofOther?.id ?? '' })).answers).toBe(
    0,
  );
  const file = await house.as.carol.desk.satisfaction.csv({ ...period(), language: 'fr', separator: 'semicolon' });
  const [head, line] = (await file.text()).split('\r\n');
  expect(head).toBe('billet;titre;le;note (1–3);commentaire;équipe;catégorie;assigné');
  expect(line).toContain(";1;'=Trop lent;");
  expect(await refusedWith(house.as.dan.desk.satisfaction.figures(period()))).toBe('forbidden');
  const { from, until: end } = period();
  expect(await refusedWith(house.as.carol.desk.satisfaction.figures({ from: end, until: from }))).toBe('ends_before');
});
