import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClient } from '#contract/client.ts';
import type { Delivery } from '#contract/notify.ts';
import type { Clock } from '#platform/clock.ts';
import { createTestDatabase } from '../database.ts';
import { failureOf } from '../failure.ts';
import { portOf } from '../free-port.ts';
import { startHouse, type House } from '../house.ts';
import { openOutbox, type Outbox } from '../outbox.ts';
import { startServerProcess } from '../server-process.ts';

/** The real time, moved on by the tests. */
const moved = { ms: 0 };
const clock: Clock = { now: () => new Date(Date.now() + moved.ms) };
const minute = 60_000;

const sent = z.object({ id: z.string(), subject: z.string() });

interface Heard {
  readonly key: string;
  readonly subject: string;
}

/** A receiver that hears everything, and answers as it is told: with a status, or not at all. */
async function startFickle() {
  const heard: Heard[] = [];
  const fickle = { status: 204 as number | 'never', heard };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { id, subject } = sent.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
      heard.push({ key: id, subject });
      if (fickle.status !== 'never') response.writeHead(fickle.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(fickle, {
    url: `http://127.0.0.1:${portOf(server.address())}/hook`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

let house: House;
let outbox: Outbox;
beforeAll(async () => {
  house = await startHouse({ clock });
  outbox = openOutbox(house.databaseUrl, clock);
});
afterAll(async () => {
  await outbox[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

let names = 0;
async function addChannel(hookUrl: string, more: { stormNotices?: number } = {}): Promise<string> {
  names += 1;
  const asked = {
    name: `channel ${names}`,
    kind: 'webhook',
    settings: { hookUrl },
    language: 'en',
    reminderMinutes: 0,
  } as const;
  const { id } = await house.as.alice.notify.channels.create({ ...asked, ...more });
  return id;
}

let hosts = 0;
async function fail(): Promise<() => Promise<void>> {
  hosts += 1;
  const name = `web-${hosts}`;
  const { id } = await house.as.bob.estate.hosts.create({ name, address: `192.0.2.${hosts}` });
  const failure = failureOf({ kind: 'host', id, name });
  await outbox.publish('watch.alertRaised', failure.raised);
  await vi.waitFor(async () => {
    if ((await house.as.bob.desk.tickets.list({ causeId: id })).items.length === 0) throw new Error('not yet');
  });
  return () => outbox.publish('watch.alertCleared', failure.cleared(60));
}

/** The log of a channel, oldest first, once it is as wanted. */
function logOf(channelId: string, ready: (log: Delivery[]) => boolean): Promise<Delivery[]> {
  return vi.waitFor(
    async () => {
      const log = (await house.as.carol.notify.deliveries({ channelId })).items.toReversed();
      if (!ready(log)) throw new Error(`not yet: ${JSON.stringify(log)}`);
      return log;
    },
    { timeout: 25_000, interval: 30 },
  );
}

const settled = (log: readonly Delivery[]): boolean => log.every(({ state }) => state !== 'waiting');

/** Has what waits tried at once, as its time has come; what is just being tried is let end first. */
async function hurry(channelId: string): Promise<void> {
  await vi.waitFor(async () => {
    const [first] = (await house.as.carol.notify.deliveries({ channelId, state: 'waiting' })).items.toReversed();
    if (first !== undefined) await house.as.alice.notify.retry({ id: first.id });
  });
}

describe('a channel that is down for an hour', () => {
  it('loses nothing, gets nothing twice, and is told of each incident how it stands', async () => {
    await using receiver = await startFickle();
    receiver.status = 503;
    const id = await addChannel(receiver.url);
    const cure = await fail();
    await fail();
    await logOf(id, (log) => log.length === 2 && log.some(({ attempts }) => attempts > 0));
    await cure();
    await logOf(id, (log) => log.length === 3);
    for (let tried = 0; tried < 6; tried += 1) {
      moved.ms += 10 * minute;
      await hurry(id);
    }
    receiver.status = 204;
    receiver.heard.length = 0;
    await hurry(id);
    const log = await logOf(id, settled);
    const [down, up] = [log.filter(({ about }) => about === 'opened'), log.filter(({ about }) => about === 'solved')];
    expect(down.map(({ state }) => state).toSorted((a, b) => a.localeCompare(b))).toEqual(['delivered', 'held']);
    expect(up.map(({ state }) => state)).toEqual(['delivered']);
    expect(receiver.heard).toHaveLength(2);
    expect(new Set(receiver.heard.map(({ key }) => key)).size).toBe(2);
    await house.as.alice.notify.channels.remove({ id });
  });
});

describe('a channel that does not answer', () => {
  it('holds up no other, is given up after its time, and gets the same notice again under the same key', async () => {
    await using slow = await startFickle();
    await using quick = await startFickle();
    slow.status = 'never';
    const slowId = await addChannel(slow.url);
    const quickId = await addChannel(quick.url);
    await fail();
    await logOf(quickId, (log) => log.length === 1 && settled(log));
    await fail();
    const done = await logOf(quickId, (log) => log.length === 2 && settled(log));
    expect(done.every(({ state }) => state === 'delivered')).toBe(true);
    const [waits] = await logOf(slowId, (log) => log.length === 2);
    expect(waits).toMatchObject({ state: 'waiting', attempts: 1, answer: '' });
    // Its answer comes after we stopped waiting: it has the notice, and we cannot know.
    const [late] = await logOf(slowId, ([first]) => first?.answer !== '');
    expect(late).toMatchObject({ state: 'waiting', answer: 'No answer in time.' });
    slow.status = 204;
    await hurry(slowId);
    await logOf(slowId, settled);
    expect(slow.heard.map(({ key }) => key).filter((key) => key === late?.id)).toHaveLength(2);
    await house.as.alice.notify.channels.remove({ id: slowId });
    await house.as.alice.notify.channels.remove({ id: quickId });
  });
});

describe('a storm', () => {
  it('of fourteen incidents is a few messages, and each incident stands in the log', async () => {
    await using receiver = await startFickle();
    const id = await addChannel(receiver.url, { stormNotices: 3 });
    for (let incident = 0; incident < 14; incident += 1) await fail();
    await logOf(id, (log) => log.length === 14);
    moved.ms += minute;
    await house.as.bob.desk.tickets.create({ title: 'One more' });
    const log = await logOf(id, (all) => all.length === 15 && settled(all));
    expect(log.every(({ state }) => state === 'delivered')).toBe(true);
    expect(receiver.heard.length).toBeLessThanOrEqual(3);
    expect(receiver.heard.at(-1)?.subject).toMatch(/^\[Vigie\] 1\d incidents in /u);
    const together = log.filter(({ toldIn }) => toldIn !== null);
    expect(together.length + receiver.heard.length - 1).toBe(15);
    await house.as.alice.notify.channels.remove({ id });
  });
});

describe('a server that is killed between sending and writing it down', () => {
  it('sends the notice again under the same key, once', { timeout: 120_000 }, async () => {
    await using receiver = await startFickle();
    receiver.status = 'never';
    await using database = await createTestDatabase();
    const folder = await mkdtemp(path.join(tmpdir(), 'vigie-killed-'));
    const first = await startServerProcess(database.url, folder);
    const nobody = createClient({ url: first.url, token: () => undefined, language: () => 'en' });
    const alice = {
      name: 'Alice',
      mail: 'alice@vigie.test',
      password: 'correct horse battery',
      language: 'en',
    } as const;
    const { token } = await nobody.people.welcome.accept({ token: first.welcomeToken, ...alice });
    const made = createClient({ url: first.url, token: () => token, language: () => 'en' });
    const asked = { name: 'hook', kind: 'webhook', settings: { hookUrl: receiver.url }, language: 'en' } as const;
    await made.notify.channels.create(asked);
    await made.desk.tickets.create({ title: 'Fire' });
    await vi.waitFor(() => expect(receiver.heard).toHaveLength(1), { timeout: 40_000 });
    await first.kill();
    receiver.status = 204;
    // As if the minute and a half had passed for which the dead process had claimed it.
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query("update notify.delivery set claimed_until = now() - interval '1 second'");
    const second = await startServerProcess(database.url, folder);
    const again = createClient({ url: second.url, token: () => token, language: () => 'en' });
    const { items } = await vi.waitFor(
      async () => {
        const log = await again.notify.deliveries({});
        expect(log.items[0]?.state).toBe('delivered');
        return log;
      },
      { timeout: 40_000 },
    );
    expect(items).toHaveLength(1);
    expect(items[0]?.attempts).toBe(2);
    expect(receiver.heard.map(({ key }) => key)).toEqual([items[0]?.id, items[0]?.id]);
    await second.kill();
    await client.end();
    await rm(folder, { recursive: true, force: true });
  });
});
