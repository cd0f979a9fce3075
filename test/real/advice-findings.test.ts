import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Clock } from '#platform/clock.ts';
import { certificatesFor } from '#probe/testing/served-certificates.ts';
import { startHouse, type House } from '../house.ts';
import { until } from '../until.ts';
import { startPostgresql, type Postgresql } from './daemons/postgresql.ts';

/*
 * Recommendations from what real servers do: a PostgreSQL that reads tables whole, a certificate that ends soon behind a
 * slow line, a name server that takes its time. Time is moved on by the hour between real runs of real checks.
 */

const moved = { ms: 0 };
const clock: Clock = { now: () => new Date(Date.now() + moved.ms) };
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const certificates = certificatesFor('127.0.0.1');
const folder = mkdtempSync(path.join(tmpdir(), 'vigie-advice-'));
const ending = new AsyncDisposableStack();
let house: House;
let database: Postgresql;
let ids: readonly string[];

function portOf(server: Server): number {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return bound.port;
}

/** A TLS server whose certificate ends within a fortnight, behind a line that takes its time. */
async function startSlowTls(): Promise<number> {
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=shop.example', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '12'];
  execFileSync('openssl', [...made, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) =>
    socket.on('error', () => undefined).resume(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  const line = createServer((socket) => {
    const beyond = connect(port, '127.0.0.1');
    for (const end of [socket, beyond]) end.on('error', () => (socket.destroy(), beyond.destroy()));
    socket.on('data', (bytes) => void wait(700).then(() => beyond.write(bytes)));
    beyond.pipe(socket);
    socket.on('close', () => beyond.destroy());
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  ending.defer(() => new Promise<void>((resolve) => (line.close(), server.close(() => resolve()))));
  return portOf(line);
}

/** A name server that gives one address for every name, after a third of a second. */
async function startSlowNames(): Promise<number> {
  const socket = createSocket('udp4');
  socket.on('message', (asked, from) => {
    const question = asked.subarray(0, asked.indexOf(0, 12) + 5);
    const head = Buffer.from(question);
    head.writeUInt16BE(0x81_80, 2);
    for (const [at, count] of [1, 1, 0, 0].entries()) head.writeUInt16BE(count, 4 + 2 * at);
    const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7]);
    setTimeout(() => socket.send(Buffer.concat([head, answer]), from.port, from.address), 330);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  ending.defer(() => new Promise<void>((resolve) => void socket.close(() => resolve())));
  return socket.address().port;
}

beforeAll(async () => {
  database = ending.use(await startPostgresql(certificates.good));
  await database.sql(`CREATE ROLE vigie LOGIN PASSWORD 'hidden'; GRANT pg_monitor TO vigie;
    CREATE EXTENSION pg_stat_statements;
    CREATE TABLE orders AS SELECT n AS id, md5(n::text) AS customer FROM generate_series(1, 60000) n;`);
  const [tlsPort, namePort] = [await startSlowTls(), await startSlowNames()];
  house = ending.use(await startHouse({ clock }));
  const { alice } = house.as;
  const host = await alice.estate.hosts.create({ name: 'shop-01', address: '127.0.0.1' });
  const target = { kind: 'host', id: host.id } as const;
  const often = { name: 'Port', kind: 'tcp', target, settings: { port: database.port }, intervalSeconds: 10 };
  const seldom = { target, intervalSeconds: 86_400 };
  const signIn = { port: database.port, user: 'vigie', password: 'hidden', tls: 'off' };
  const made = [
    await alice.watch.checks.create({ ...seldom, name: 'Database', kind: 'postgresql', settings: signIn }),
    await alice.watch.checks.create({
      ...seldom,
      name: 'Certificate',
      kind: 'tls',
      settings: { port: tlsPort, serverName: 'shop.example' },
    }),
    await alice.watch.checks.create({
      ...seldom,
      name: 'Names',
      kind: 'dns',
      settings: { name: 'shop.example', server: '127.0.0.1', port: namePort },
    }),
  ];
  await alice.watch.checks.create(often);
  ids = made.map(({ id }) => id);
  for (const id of ids) await until(async () => (await alice.watch.checks.get({ id })).state !== 'unknown');
  moved.ms += 15 * dayMs;
  const clients = await Promise.all(Array.from({ length: 15 }, () => database.connect()));
  for (const each of clients) ending.defer(() => each.end());
  for (let hour = 0; hour < 14; hour += 1) {
    // What an application without an index does, and statements that take their time.
    await database.sql(
      "SELECT count(*) FROM orders WHERE customer = 'x' ".concat(
        "UNION ALL SELECT count(*) FROM orders WHERE customer = 'y' ".repeat(5),
      ),
    );
    await Promise.all(clients.map((each) => each.query('SELECT pg_sleep(1.2)')));
    for (const id of ids) await alice.watch.checks.runNow({ id });
    moved.ms += hourMs;
  }
}, 180_000);
afterAll(async () => {
  await ending.disposeAsync();
  certificates[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

it('what real servers lack is found, each with what it rests on', async () => {
  const { alice, bob } = house.as;
  const before = (await alice.advice.standing({})).recommendedAt;
  await alice.advice.look({});
  await until(async () => (await alice.advice.standing({})).recommendedAt !== before, 60_000);
  const { items } = await alice.advice.recommendations.list({ state: 'open' });
  expect(items.map(({ kind }) => kind).toSorted()).toEqual([
    'certificateEnding',
    'checkTooOften',
    'missingIndex',
    'poolNearLimit',
    'slowHandshake',
    'slowNameLookup',
    'slowStatement',
  ]);
  const index = items.find(({ kind }) => kind === 'missingIndex');
  expect(index?.title).toContain('orders');
  const french = await bob.advice.recommendations.get({ id: index?.id ?? '' });
  expect(french.remedy).toContain('CREATE INDEX CONCURRENTLY');
  for (const each of items) {
    expect(each.evidence.length).toBeGreaterThan(0);
    expect(each.links.some(({ kind }) => kind === 'check')).toBe(true);
  }
});
