import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type Client } from '#contract/client.ts';
import { chance, tellPast, type ToldSeries } from '../advised-past.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { portOf } from '../free-port.ts';
import { castPassword } from '../house.ts';
import { startServerProcess, type ServerProcess } from '../server-process.ts';
import { until } from '../until.ts';

/*
 * Advice is reckoned by one server at a time, which keeps in memory what it learnt since it was last stored. Killed, it
 * leaves the other one to go on: with the same anomalies, forecasts and recommendations, none twice and none less.
 */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let folder: string;
let database: TestDatabase;
let token = '';
const servers: ServerProcess[] = [];
const door = createServer((socket) => socket.on('error', () => undefined).end());

const clientOf = ({ url }: ServerProcess): Client => createClient({ url, token: () => token, language: () => 'en' });

async function start(): Promise<ServerProcess> {
  const server = await startServerProcess(database.url, folder);
  servers.push(server);
  return server;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-advice-'));
  database = await createTestDatabase();
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
}, 120_000);
afterAll(async () => {
  for (const server of servers) await server.kill();
  door.close();
  await database?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** A check on a host of its own whose past is told. */
async function told(
  alice: Client,
  name: string,
  past: {
    readonly until: Date;
    readonly stepMs: number;
    readonly count: number;
    readonly series: readonly ToldSeries[];
  },
) {
  const host = await alice.estate.hosts.create({ name, address: '127.0.0.1' });
  const check = await alice.watch.checks.create({
    name,
    kind: 'tcp',
    target: { kind: 'host', id: host.id },
    settings: { port: portOf(door.address()) },
    intervalSeconds: 86_400,
  });
  await until(async () => (await alice.watch.checks.get({ id: check.id })).state === 'up', 60_000);
  const { seriesIds } = await tellPast({ databaseUrl: database.url }, check.id, { ...past, instead: true });
  return { id: check.id, seriesId: seriesIds[0] ?? 0 };
}

/** All that advice says, in a fixed order. */
async function said(alice: Client) {
  const [anomalies, forecasts, recommendations] = await Promise.all([
    alice.advice.anomalies.list({ limit: 500 }),
    alice.advice.forecasts.list({ limit: 500 }),
    alice.advice.recommendations.list({ limit: 500 }),
  ]);
  return {
    anomalies: anomalies.items.map(({ seriesId, at, kind }) => `${seriesId} ${at} ${kind}`).toSorted(),
    forecasts: forecasts.items.map(({ seriesId, why }) => `${seriesId} ${why}`).toSorted(),
    recommendations: recommendations.items.map(({ id, kind, state }) => `${kind} ${state} ${id}`).toSorted(),
  };
}

/** Until advice has looked around once more; asked again and again, for who is to hear it may just have died. */
async function lookedAgain(alice: Client): Promise<void> {
  const before = (await alice.advice.standing({})).recommendedAt;
  let askedMs = 0;
  await until(async () => {
    if (performance.now() - askedMs > 2_000) {
      askedMs = performance.now();
      await alice.advice.look({});
    }
    return (await alice.advice.standing({})).recommendedAt !== before;
  }, 90_000);
}

test('a second server goes on with advice where the first was killed, nothing doubled and nothing lost', async () => {
  const first = await start();
  ({ token } = await createClient({ url: first.url }).people.welcome.accept({
    token: first.welcomeToken,
    name: 'Alice',
    mail: 'alice@vigie.test',
    password: castPassword,
    language: 'en',
  }));
  const alice = clientOf(first);
  const nowMs = Math.floor(Date.now() / minuteMs) * minuteMs;
  const noise = chance(11);
  const odd = await told(alice, 'odd', {
    until: new Date(nowMs - 30 * minuteMs),
    stepMs: 5 * minuteMs,
    count: 1_900,
    series: [{ name: 'connect', unit: 'ms', value: (at) => 20 + noise() * 2 + (at >= 1_880 ? 60 : 0) }],
  });
  await told(alice, 'full', {
    until: new Date(nowMs - minuteMs),
    stepMs: hourMs,
    count: 14 * 24,
    series: [
      // What its kind measures keeps its places.
      { name: 'connect', unit: 'ms', value: () => 1 },
      { name: 'total', unit: 'ms', value: () => 1 },
      { name: 'disk:/var', unit: '%', value: (at) => 46 + at / 12 + noise() },
      { name: 'memory', unit: '%', value: () => 97.5 },
      { name: 'swap', unit: '%', value: () => 45 },
    ],
  });
  await lookedAgain(alice);
  await until(async () => (await alice.advice.anomalies.list({ checkId: odd.id })).total > 0, 60_000);
  const [known] = (await alice.advice.anomalies.list({ checkId: odd.id })).items;
  await alice.advice.anomalies.normal({ id: known?.id ?? '', reason: 'the copy at night' });
  const open = (await alice.advice.recommendations.list({ state: 'open' })).items;
  expect(open.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['diskFilling', 'memoryPressure']));
  const [declined, accepted] = open;
  await alice.advice.recommendations.decline({ id: declined?.id ?? '', reason: 'next year' });
  await alice.advice.recommendations.accept({ id: accepted?.id ?? '' });
  const before = await said(alice);

  const second = await start();
  const after = clientOf(second);
  // Killed in the middle of reckoning, with nothing of what it learnt stored.
  await alice.advice.look({});
  await first.kill();
  await lookedAgain(after);
  expect(await said(after)).toEqual(before);
  const judged = async (by: Client) =>
    (await by.advice.policies.ofCheck({ checkId: odd.id })).series.find(({ seriesId }) => seriesId === odd.seriesId)
      ?.samples;
  await expect.poll(() => judged(after), { timeout: 60_000, interval: 500 }).toBe(1_900);

  // It goes on where the first ended: new samples are judged once, and what was called normal stays so.
  await tellPast({ databaseUrl: database.url }, odd.id, {
    until: new Date(nowMs - minuteMs),
    stepMs: 2_000,
    count: 740,
    series: [{ name: 'connect', unit: 'ms', value: (at) => 20 + noise() * 2 + (at >= 700 ? 60 : 0) }],
  });
  // Twice: the first may end one that began before the samples came.
  await lookedAgain(after);
  await lookedAgain(after);
  const now = await said(after);
  expect(now.anomalies).toEqual(expect.arrayContaining(before.anomalies));
  expect(new Set(now.anomalies).size).toBe(now.anomalies.length);
  expect(now.forecasts).toEqual(before.forecasts);
  expect(now.recommendations).toEqual(before.recommendations);

  // What is learnt meanwhile is stored at the end: each sample was judged once, by whichever server.
  expect(await second.stop()).toBe(0);
  const third = clientOf(await start());
  expect(await judged(third)).toBe(2_640);
  expect((await said(third)).anomalies).toEqual(now.anomalies);
}, 300_000);
