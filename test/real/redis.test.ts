import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '#probe/check-kind.ts';
import { RunMemory } from '#probe/run-memory.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { certificatesFor } from '#probe/testing/served-certificates.ts';
import { until } from '../until.ts';
import { startRedis, type RedisServer } from './daemons/redis.ts';
import { hostileServers, type Malformed } from './hostile-servers.ts';

const certificates = certificatesFor('127.0.0.1', 'cache.firm.example');
let primary: RedisServer;
let replica: RedisServer;
let admin: Redis;

beforeAll(async () => {
  primary = await startRedis(
    certificates,
    'requirepass master-key',
    'maxmemory 8mb',
    'maxmemory-policy allkeys-lru',
    'user vigie on >hidden +ping +info +time +type +llen +exists +getrange ~jobs ~state',
  );
  replica = await startRedis(certificates, 'masterauth master-key', `replicaof 127.0.0.1 ${primary.port}`);
  admin = new Redis({ port: primary.port, password: 'master-key', retryStrategy: () => null });
  admin.on('error', () => undefined);
  await until(async () => (await check({ replicasExpected: 1 })).verdict === 'up');
});

afterAll(async () => {
  admin.disconnect();
  await replica[Symbol.asyncDispose]();
  await primary[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

function check(settings: Record<string, unknown> = {}, options = {}): Promise<CheckResult> {
  const usual = { port: primary.port, user: 'vigie', password: 'hidden' };
  return runOnce('redis', { ...usual, ...settings }, '127.0.0.1', {
    timeoutMs: 3_000,
    authorities: [certificates.authority],
    ...options,
  });
}

function metric(result: CheckResult, name: string): number | undefined {
  return result.metrics.find((each) => each.name.startsWith(name))?.value;
}

describe('a healthy server', () => {
  test('is up, and measured', async () => {
    const memory = new RunMemory();
    const first = await check({ role: 'primary' }, { memory });
    expect(first).toMatchObject({ verdict: 'up', reason: { code: 'healthy' } });
    expect(metric(first, 'memoryPercent')).toBeLessThan(90);
    expect(metric(first, 'replicas')).toBe(1);
    expect(metric(first, 'commands')).toBeUndefined();
    await admin.get('nothing');
    const second = await check({}, { memory });
    expect(metric(second, 'commands')).toBeGreaterThan(0);
    expect(metric(second, 'hits')).toBe(0);
    expect((await check({ minHitPercent: 50 }, { memory })).verdict).toBe('up');
  });

  test('is reached over TLS', async () => {
    const result = await check({ port: primary.tlsPort, tls: 'direct' });
    expect(result.verdict).toBe('up');
    expect(metric(result, 'certificateDays')).toBeGreaterThan(80);
    expect((await check({ port: primary.tlsPort, tls: 'direct' }, { authorities: [] })).reason.code).toBe(
      'certificateUntrusted',
    );
    const unjudged = { port: primary.tlsPort, tls: 'direct', verifyCertificate: false };
    expect((await check(unjudged, { authorities: [] })).verdict).toBe('up');
    expect((await check({ tls: 'direct' }, { timeoutMs: 400 })).reason.code).toBe('handshakeTimeout');
  });

  test('that is a replica says so', async () => {
    const open = { port: replica.port, user: '', password: '' };
    expect(await check({ ...open, role: 'replica' })).toMatchObject({ verdict: 'up' });
    expect((await check({ ...open, role: 'primary' })).reason.code).toBe('otherRole');
  });
});

test('signing in with a wrong password, none, or too few rights is refused', async () => {
  expect((await check({ password: 'wrong' })).reason.code).toBe('signInRefused');
  expect((await check({ user: '', password: '' })).reason.code).toBe('signInRefused');
  expect((await check({ key: 'secret-key' })).reason).toMatchObject({ code: 'queryFailed' });
});

test('a key is judged by its length or its value', async () => {
  await admin.rpush('jobs', 'a', 'b', 'c');
  await admin.set('state', 'ready');
  expect((await check({ key: 'jobs', keyAbove: 5 })).verdict).toBe('up');
  expect(await check({ key: 'jobs', keyAbove: 2 })).toMatchObject({ verdict: 'degraded', reason: { code: 'above' } });
  expect((await check({ key: 'state', keyIs: 'value', keyExpected: 'ready' })).reason.code).toBe('queryGood');
  expect((await check({ key: 'state', keyIs: 'value', keyExpected: 'done' })).reason.code).toBe('queryOther');
  await admin.del('state');
  expect((await check({ key: 'state', keyIs: 'value' })).reason.code).toBe('queryNoRow');
});

describe('trouble', () => {
  test('of memory that is used up, with keys evicted', async () => {
    const memory = new RunMemory();
    await check({}, { memory });
    await Promise.all(Array.from({ length: 400 }, (_none, index) => admin.set(`fat${index}`, 'x'.repeat(50_000))));
    const full = await check({ maxMemoryPercent: 70 }, { memory });
    expect(full.reason).toMatchObject({ code: 'above', data: { metric: 'memoryPercent' } });
    expect(metric(full, 'evictions')).toBeGreaterThan(0);
    await admin.flushall();
  });

  test('of a save that fails', async () => {
    // The snapshot cannot take the place of a folder.
    await mkdir(join(primary.folder, 'dump.rdb'));
    await admin.bgsave();
    await until(async () => (await check()).reason.code === 'saveFailed');
    expect((await check({ beyondIs: 'down' })).verdict).toBe('down');
    await rmdir(join(primary.folder, 'dump.rdb'));
    await admin.bgsave();
    await until(async () => (await check()).verdict === 'up');
    expect((await check({ maxSaveHours: 1 })).verdict).toBe('up');
  });

  test('of too many clients', async () => {
    await admin.config('SET', 'maxclients', '2');
    try {
      expect((await check()).reason.code).toBe('tooManyClients');
    } finally {
      await admin.config('SET', 'maxclients', '1000');
    }
  });

  test('of a server that stands still, and of a primary that is gone', async () => {
    primary.daemon.freeze();
    expect((await check({}, { timeoutMs: 400 })).reason.code).toBe('noAnswer');
    primary.daemon.thaw();
    await primary[Symbol.asyncDispose]();
    expect((await check()).reason.code).toBe('refused');
    const open = { port: replica.port, user: '', password: '' };
    await until(async () => (await check(open)).reason.code === 'linkDown');
  });
});

const malformed: Malformed[] = [
  { name: 'announces a gigabyte', bytes: Buffer.from('$1073741824\r\nabc') },
  { name: 'announces less than nothing', bytes: Buffer.from('$-99999\r\n') },
  { name: 'announces endless elements', bytes: Buffer.from('*999999999\r\n') },
  { name: 'nests for ever', bytes: Buffer.from('*1\r\n'.repeat(20_000)) },
  { name: 'answers a number that is none', bytes: Buffer.from(':x\r\n') },
  { name: 'answers what nobody asked', bytes: Buffer.from('+OK\r\n+OK\r\n+OK\r\n+OK\r\n') },
  { name: 'answers with an odd INFO', bytes: Buffer.from('+PONG\r\n$5\r\nabcde\r\n') },
];

describe('hostile answers', () => {
  test.concurrent.each(hostileServers(malformed))('%s', async (_name, start) => {
    await using server = await start();
    const result = await runOnce('redis', { port: server.port }, '127.0.0.1', { timeoutMs: 1_000 });
    expect(result.verdict).toBe('down');
    expect(['noAnswer', 'cutOff', 'otherProtocol', 'flooded', 'reset', 'serverRefused']).toContain(result.reason.code);
    expect(result.durationMs).toBeLessThan(5_000);
  });
});
