import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createClient, type Client } from '#contract/client.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { portOf } from '../free-port.ts';
import { castPassword } from '../house.ts';
import { startServerProcess, type ServerProcess } from '../server-process.ts';
import { until } from '../until.ts';

const hosts = 24;
const intervalSeconds = 2;

let folder: string;
let database: TestDatabase;
const servers = new Map<string, ServerProcess>();
let token = '';
/** When each page was asked for, by its host. */
const asked = new Map<string, number[]>();
/** The keys of the notices that arrived, in order. */
const notices: { readonly key: string; readonly subject: string }[] = [];
let failing = false;

const web = createServer((request, response) => {
  const times = asked.get(request.url ?? '') ?? [];
  asked.set(request.url ?? '', [...times, performance.now()]);
  response.writeHead(failing ? 500 : 200).end('x');
});
/** Slow, so that a death falls into the middle of a sending. */
const room = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    const { subject } = z.object({ subject: z.string() }).parse(JSON.parse(body));
    notices.push({ key: String(request.headers['idempotency-key']), subject });
    setTimeout(() => response.writeHead(204).end(), 300);
  });
});

async function start(name: string): Promise<ServerProcess> {
  const server = await startServerProcess(database.url, folder);
  servers.set(name, server);
  return server;
}

async function kill(name: string): Promise<void> {
  await servers.get(name)?.kill();
  servers.delete(name);
}

/** By whichever server lives. */
function alice(): Client {
  const [server] = servers.values();
  return createClient({ url: server?.url ?? '', token: () => token });
}

async function query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  const line = new pg.Client({ connectionString: database.url });
  await line.connect();
  try {
    return (await line.query<Row>(text)).rows;
  } finally {
    await line.end();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-two-'));
  database = await createTestDatabase();
  await query("select nextval('watch.check_number_seq')");
  for (const server of [web, room]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const first = await start('first');
  const session = await createClient({ url: first.url }).people.welcome.accept({
    token: first.welcomeToken,
    name: 'Alice',
    mail: 'alice@vigie.test',
    password: castPassword,
    language: 'en',
  });
  ({ token } = session);
  await start('second');
  await alice().notify.channels.create({
    name: 'room',
    kind: 'webhook',
    settings: { hookUrl: `http://127.0.0.1:${portOf(room.address())}/` },
    language: 'en',
    everything: true,
    stormNotices: 1_000,
  });
  for (let index = 0; index < hosts; index += 1) {
    const host = await alice().estate.hosts.create({ name: `h${index}`, address: '127.0.0.1' });
    const settings = { scheme: 'http', port: portOf(web.address()), path: `/h${index}` };
    const target = { kind: 'host', id: host.id } as const;
    await alice().watch.checks.create({ name: 'page', kind: 'http', target, settings, intervalSeconds });
  }
}, 120_000);
afterAll(async () => {
  for (const name of servers.keys()) await kill(name);
  web.close();
  room.close();
  await database?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** What became of the incidents and their notices. */
async function standing() {
  return {
    incidents: (await alice().desk.tickets.list({ open: 'true', limit: 100 })).total,
    waiting: (await alice().notify.deliveries({ state: 'waiting' })).total,
    delivered: (await alice().notify.deliveries({ state: 'delivered', about: 'opened' })).total,
  };
}

async function untilAll(state: 'up' | 'down'): Promise<void> {
  await until(async () => (await alice().watch.checks.counts({}))[state] >= hosts, 60_000);
}

test('two servers watch once, and what one leaves by dying the other goes on with', async () => {
  await untilAll('up');
  asked.clear();
  const begun = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  // What came after ten seconds, where this process was late itself, does not count.
  const shares = [...asked.values()].map((times) => times.filter((at) => at < begun + 10_000).length);
  // Watched by both, each page would be asked for ten times.
  expect(Math.max(...shares)).toBeLessThanOrEqual(10 / intervalSeconds + 2);

  for (const [dies, comes] of [
    ['first', 'third'],
    ['second', 'fourth'],
  ] as const) {
    const before = performance.now();
    await kill(dies);
    // Whoever lives asks again for every page, and no page stays unasked.
    const askedSince = () => [...asked.values()].filter((times) => times.some((at) => at > before + 500)).length;
    await until(async () => askedSince() === hosts, 40_000);
    await start(comes);
    await untilAll('up');
  }
  // No run was written twice, whoever wrote it.
  const doubled = await query('select check_number, at from watch.result group by 1, 2 having count(*) > 1');
  expect(doubled).toEqual([]);
});

test('notices that are being sent when a server dies arrive, each incident told of once', async () => {
  failing = true;
  await until(async () => notices.length >= 4, 60_000);
  await kill('third');
  await until(async () => notices.length >= 8, 120_000);
  await start('fifth');
  await kill('fourth');
  // What was in the air when its server died is sent again once nobody can be sending it any more.
  await expect
    .poll(standing, { timeout: 150_000, interval: 500 })
    .toEqual({ incidents: hosts, waiting: 0, delivered: hosts });
  const keys = new Map<string, string>();
  for (const { key, subject } of notices) keys.set(key, subject);
  // Twice at most where the answer was cut by a death, and then under the same key.
  expect(new Set(keys.values()).size).toBe(hosts);
  expect(keys.size).toBe(hosts);
  expect(notices.length).toBeLessThanOrEqual(hosts + 2);
}, 400_000);
