import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Doors } from '../doors.ts';
import { startHouse, type House } from '../house.ts';
import { until } from '../until.ts';

let house: House;
const doors = new Doors();
beforeAll(async () => {
  house = await startHouse();
});
afterAll(async () => {
  await doors.closeAll();
  await house[Symbol.asyncDispose]();
});

test('a cause that brings incident after incident is proposed as a problem, and two who accept open one', async () => {
  const { alice, bob } = house.as;
  const address = '127.0.0.77';
  const port = await doors.open('till', address);
  const host = await alice.estate.hosts.create({ name: 'till-1', address });
  const check = await alice.watch.checks.create({
    name: 'port of till-1',
    kind: 'tcp',
    target: { kind: 'host', id: host.id },
    settings: { port },
    intervalSeconds: 1,
  });
  const isState = (wanted: string) =>
    until(async () => (await alice.watch.checks.get({ id: check.id })).state === wanted);
  const incidents: string[] = [];
  await isState('up');
  for (let times = 0; times < 3; times += 1) {
    const known = new Set(incidents);
    await doors.shut('till');
    await until(async () => {
      const { items } = await alice.desk.tickets.list({ causeId: host.id });
      incidents.push(...items.map(({ id }) => id).filter((id) => !known.has(id)));
      return incidents.length > times;
    });
    await doors.reopen('till');
    await isState('up');
    await until(async () => (await bob.desk.tickets.get({ id: incidents[times] ?? '' })).state === 'solved');
    await bob.desk.tickets.resolve({ id: incidents[times] ?? '', causeText: 'a loose plug', remedyText: 'pushed in' });
  }
  const found = async () =>
    (await alice.advice.recommendations.list({})).items.find(({ kind }) => kind === 'recurrentIncident');
  await until(async () => {
    await alice.advice.look({});
    return (await found()) !== undefined;
  });
  const { id = '' } = (await found()) ?? {};
  const accepted = await Promise.allSettled([
    alice.advice.recommendations.accept({ id }),
    bob.advice.recommendations.accept({ id }),
  ]);
  expect(accepted.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const problems = (await alice.desk.tickets.list({ causeId: host.id })).items.filter(
    ({ id: each }) => !incidents.includes(each),
  );
  expect(problems.map(({ cause }) => cause?.id)).toEqual([host.id]);
  const told = await alice.advice.recommendations.get({ id });
  expect(told).toMatchObject({ state: 'accepted', ticketId: problems[0]?.id });
  const sheet = await bob.desk.tickets.sheet({ id: problems[0]?.id ?? '' });
  expect(sheet.links.map(({ ticket }) => ticket.id).toSorted()).toEqual(incidents.toSorted());

  // Somebody decides while the next look is under way: it waits for them, and leaves what they decided.
  await alice.advice.recommendations.reopen({ id });
  const line = new pg.Client({ connectionString: house.databaseUrl });
  await line.connect();
  try {
    const { recommendedAt } = await alice.advice.standing({});
    await line.query('begin');
    await line.query(`update advice.recommendation set state = 'accepted' where id = $1`, [id]);
    await alice.advice.look({});
    await until(async () => {
      const waiting = await line.query('select from pg_locks where not granted and transactionid is not null');
      return waiting.rowCount !== 0;
    });
    await line.query('commit');
    await until(async () => (await alice.advice.standing({})).recommendedAt !== recommendedAt);
  } finally {
    await line.end();
  }
  expect(await alice.advice.recommendations.get({ id })).toMatchObject({ state: 'accepted' });
});
