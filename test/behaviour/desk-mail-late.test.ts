import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHouse, type House } from '../house.ts';
import { found, mailOf, startMailDesk, type MailDesk } from '../mail-desk.ts';

let house: House;
let mail: MailDesk;
let count = 0;

beforeAll(async () => {
  house = await startHouse();
  mail = await startMailDesk(house, { reopenDays: 14 });
});
afterAll(async () => {
  await mail[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

const desk = () => house.as.bob.desk;

async function deliver(raw: string) {
  await mail.deliver(raw);
  count += 1;
  await mail.settled(count);
  const [newest] = (await desk().mails.list({ limit: 1 })).items;
  return desk().mails.get({ id: newest?.id ?? '' });
}

/** A ticket that was answered and resolved so many days ago, and the id of the answer. */
async function resolved(subject: string, daysAgo: number) {
  const record = await deliver(mailOf({ Subject: subject }));
  const id = record.ticket?.id ?? '';
  await desk().messages.add({ id, visibility: 'public', body: `About ${subject}: done.` });
  const caught = await found(async () => {
    for (const each of mail.outside.caught)
      if ((await each.mail).text?.includes(`About ${subject}`) === true) return each;
    return null;
  });
  await desk().tickets.move({ id, to: 'resolved', reason: '' });
  const line = new pg.Client({ connectionString: house.databaseUrl });
  await line.connect();
  await line.query("update desk.ticket set resolved_at = now() - $2 * interval '1 day' where id = $1", [id, daysAgo]);
  await line.end();
  return { id, answerId: (await caught.mail).messageId ?? '' };
}

test('an answer within the days that the mailbox allows opens its ticket again', async () => {
  const { id, answerId } = await resolved('Early', 13.9);
  const record = await deliver(mailOf({ Subject: 'Re: Early', 'In-Reply-To': answerId }, 'It is back.'));
  expect(record).toMatchObject({ outcome: 'reply', ticket: { id } });
  expect((await desk().tickets.sheet({ id })).state).toBe('in_progress');
});

test('a later one opens a new ticket, linked to the old one, which stays as it is', async () => {
  const { id, answerId } = await resolved('Late', 14.1);
  const record = await deliver(mailOf({ Subject: 'Re: Late', 'In-Reply-To': answerId }, 'It is back after weeks.'));
  expect(record.outcome).toBe('ticket');
  expect(record.ticket?.id).not.toBe(id);
  expect(record.flight.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['token_valid', 'reply_too_late']));
  const fresh = await desk().tickets.sheet({ id: record.ticket?.id ?? '' });
  expect(fresh).toMatchObject({ title: 'Late', state: 'open', links: [{ kind: 'related', ticket: { id } }] });
  const old = await desk().tickets.sheet({ id });
  expect(old.state).toBe('resolved');
  expect(old.links).toMatchObject([{ kind: 'related', ticket: { id: fresh.id } }]);
  expect(old.stream.items.some((item) => item.what === 'message' && item.message.body.includes('after weeks'))).toBe(
    false,
  );
  // What follows belongs to the new one, by the answer that it gets.
  await desk().messages.add({ id: fresh.id, visibility: 'public', body: 'Looked at anew.' });
  const caught = await found(async () => {
    for (const each of mail.outside.caught)
      if ((await each.mail).text?.includes('Looked at anew') === true) return each;
    return null;
  });
  const next = await deliver(mailOf({ 'In-Reply-To': (await caught.mail).messageId ?? '' }, 'Thank you.'));
  expect(next).toMatchObject({ outcome: 'reply', ticket: { id: fresh.id } });
});
