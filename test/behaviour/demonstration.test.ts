import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, type Client } from '#contract/client.ts';
import { ConfigFault } from '#platform/config.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { startDemonstration, startEmpty, type RunningDemonstration } from '../demonstration.ts';

let dataFolder: string;
let database: TestDatabase;
let vigie: RunningDemonstration['vigie'];
let demo: Client;
const sockets: Socket[] = [];
const noteSocket = (message: unknown): void => {
  const socket: unknown = message !== null && typeof message === 'object' ? Reflect.get(message, 'socket') : null;
  if (socket instanceof Socket) sockets.push(socket);
};

async function signIn(url: string, mail: string, password: string): Promise<Client> {
  const { token } = await createClient({ url }).people.session.start({ mail, password });
  return createClient({ url, token: () => token, language: () => 'en' });
}

beforeAll(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), 'vigie-demo-'));
  database = await createTestDatabase();
  subscribe('net.client.socket', noteSocket);
  const started = await startDemonstration(database.url, dataFolder);
  vigie = started.vigie;
  demo = await signIn(vigie.url, started.mail, started.password);
}, 120_000);

afterAll(async () => {
  unsubscribe('net.client.socket', noteSocket);
  await vigie.stop();
  await database[Symbol.asyncDispose]();
  await rm(dataFolder, { recursive: true, force: true });
});

test('every list has something to show', async () => {
  const lists = await Promise.all([
    demo.people.persons.list({}),
    demo.people.audit.list({}),
    demo.estate.sites.list({}),
    demo.estate.hosts.list({}),
    demo.estate.services.list({}),
    demo.estate.suppliers.list({}),
    demo.upkeep.runbooks.list({}),
    demo.upkeep.runs.list({}),
    demo.watch.checks.list({}),
    demo.watch.alerts.list({}),
    demo.desk.tickets.list({}),
    demo.logbook.entries.list({}),
    demo.logbook.solutions.list({}),
    demo.notify.deliveries({}),
    demo.reports.resolution.list({}),
  ]);
  for (const { total } of lists) expect(total).toBeGreaterThan(2);
  const [persons, , , hosts] = lists;
  expect(persons.total).toBeGreaterThan(50);
  expect(hosts?.total).toBeGreaterThan(40);
  expect((await demo.watch.silences.list({})).items).toHaveLength(1);
  const { items: windows } = await demo.upkeep.windows.list({});
  expect(windows.filter(({ current }) => current !== null).map(({ name }) => name)).toEqual(['Recâblage de l’étage 2']);
  expect(windows.filter(({ next }) => next.length > 0).length).toBeGreaterThanOrEqual(3);
  expect((await demo.notify.channels.list({})).items.length).toBeGreaterThan(2);
});

test('both chains hold', async () => {
  expect(await demo.logbook.entries.verify({})).toMatchObject({ holds: true });
  expect(await demo.people.audit.verify({})).toMatchObject({ holds: true });
});

const composites = async () => (await demo.watch.checks.list({ kind: 'composite' })).items;

describe('now there is something to do', () => {
  test('incidents stand in each state, and a site is unreachable', async () => {
    const { items } = await demo.desk.tickets.list({});
    const states = new Set(items.map(({ state }) => state));
    expect([...states].toSorted()).toEqual(['in_progress', 'open', 'resolved', 'solved']);
    const { items: unreachable } = await demo.watch.checks.list({ state: 'unreachable' });
    expect(unreachable.filter(({ because }) => because?.name === 'mtl-wan-01').length).toBeGreaterThan(5);
  });

  test('business services are judged by what they are made of', async () => {
    await expect
      .poll(async () => (await composites()).every(({ state }) => state !== 'unknown'), { timeout: 30_000 })
      .toBe(true);
    expect((await composites()).map(({ target, state }) => [target.name, state])).toContainEqual(['DNS interne', 'up']);
  });

  test(
    'a run that somebody else proposed waits for approval; approved, it mends and proves',
    { timeout: 90_000 },
    async () => {
      const { items } = await demo.upkeep.runs.list({ waitingForMe: 'true' });
      const waiting = items.find(({ state }) => state === 'waiting_approval');
      if (waiting === undefined) throw new Error('nothing waits for approval');
      await demo.upkeep.runs.approve({ id: waiting.id, planHash: waiting.planHash });
      await expect
        .poll(async () => (await demo.upkeep.runs.get({ id: waiting.id })).state, { timeout: 60_000, interval: 500 })
        .toBe('succeeded');
      await expect
        .poll(async () => (await demo.desk.tickets.get({ id: waiting.incidentId ?? '' })).state, { timeout: 20_000 })
        .toBe('solved');
      const told = async () => (await demo.notify.deliveries({ ticketId: waiting.incidentId ?? '' })).items;
      await expect
        .poll(async () => (await told()).filter(({ about }) => about === 'solved').length, { timeout: 20_000 })
        .toBe(2);
      const solved = (await told()).filter(({ about }) => about === 'solved');
      expect(solved.map(({ state }) => state)).toEqual(['held', 'held']);
      for (const { answer } of solved) expect(answer).toContain('demonstration');
    },
  );

  test('a channel that is tried sends nothing', async () => {
    const [channel] = (await demo.notify.channels.list({})).items;
    expect(await demo.notify.channels.test({ id: channel?.id ?? '' })).toMatchObject({ state: 'held' });
  });
});

test('no connection was opened but to this machine', () => {
  const outside = sockets
    .map(({ remoteAddress }) => remoteAddress)
    .filter((address) => address !== undefined && !/^(?:127\.|::1$|::ffff:127\.)/u.test(address));
  expect(sockets.length).toBeGreaterThan(0);
  expect(outside).toEqual([]);
});

test('a later start goes on with the same company', { timeout: 60_000 }, async () => {
  const before = (await demo.desk.tickets.list({})).total;
  await vigie.stop();
  const again = await startDemonstration(database.url, dataFolder);
  vigie = again.vigie;
  demo = await signIn(vigie.url, again.mail, again.password);
  expect((await demo.desk.tickets.list({})).total).toBeGreaterThanOrEqual(before);
  expect((await demo.people.persons.list({})).total).toBeLessThan(100);
});

test('a database with a real company in it is refused', { timeout: 60_000 }, async () => {
  await using real = await createTestDatabase();
  const first = await startEmpty(real.url, dataFolder);
  await createClient({ url: first.url }).people.welcome.accept({
    token: new URLSearchParams(first.welcomePath?.split('?')[1]).get('token') ?? '',
    name: 'Alice Martin',
    mail: 'alice@vigie.test',
    password: 'correct horse battery',
    language: 'en',
  });
  await first.stop();
  await expect(startDemonstration(real.url, dataFolder)).rejects.toThrow(ConfigFault);
});
