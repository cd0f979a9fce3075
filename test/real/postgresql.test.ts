import { createServer } from 'node:net';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '#probe/check-kind.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { RunMemory } from '#probe/run-memory.ts';
import { listen } from '#probe/testing/loopback-server.ts';
import { certificatesFor } from '#probe/testing/served-certificates.ts';
import { until } from '../until.ts';
import { startPostgresql, type Postgresql } from './daemons/postgresql.ts';
import { hostileServers, type Malformed } from './hostile-servers.ts';

const certificates = certificatesFor('127.0.0.1', 'db.firm.example');
let primary: Postgresql;
let standby: Postgresql;

beforeAll(async () => {
  primary = await startPostgresql(certificates.good);
  await primary.sql(`CREATE ROLE vigie LOGIN PASSWORD 'hidden'; GRANT pg_monitor TO vigie;
    CREATE ROLE nobody LOGIN PASSWORD 'hidden';
    CREATE EXTENSION pg_stat_statements; CREATE TABLE orders (id int PRIMARY KEY, state text);
    INSERT INTO orders VALUES (1, 'open'), (2, 'open'); GRANT SELECT ON orders TO vigie;
    CREATE TABLE backups (finished timestamptz); INSERT INTO backups VALUES (now() - interval '5 hours');
    GRANT SELECT ON backups TO vigie;`);
  await primary.sql('CREATE DATABASE clear');
  standby = await primary.startStandby('second');
}, 120_000);

afterAll(async () => {
  await standby?.[Symbol.asyncDispose]();
  await primary?.[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

const good = { user: 'vigie', password: 'hidden' };

function check(settings: Record<string, unknown> = {}, server = primary, options = {}): Promise<CheckResult> {
  return runOnce('postgresql', { port: server.port, ...good, ...settings }, '127.0.0.1', {
    timeoutMs: 8_000,
    authorities: [certificates.authority],
    ...options,
  });
}

function metric(result: CheckResult, name: string): number | undefined {
  return result.metrics.find((each) => each.name === name)?.value;
}

describe('a healthy server', () => {
  test('is up, and measured', async () => {
    const result = await check({ tls: 'required', verifyCertificate: true, standbysExpected: 1, role: 'primary' });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'healthy' } });
    expect(metric(result, 'connectionsUsed')).toBeLessThan(90);
    expect(metric(result, 'databaseSize')).toBeGreaterThan(1_000_000);
    expect(metric(result, 'standbys')).toBe(1);
    expect(metric(result, 'standbyLagBytes:second')).toBeGreaterThanOrEqual(0);
    expect(metric(result, 'certificateDays')).toBeGreaterThan(80);
    expect(result.output).toContain('standby: second, streaming');
  });

  test('tells which large tables are read whole, and no more once there is an index', async () => {
    await primary.sql(`CREATE TABLE parts (id int, of_order int); INSERT INTO parts SELECT n, n % 5000 FROM generate_series(1, 40000) n;
      ANALYZE parts;`);
    const memory = new RunMemory();
    const rows = async (): Promise<number | undefined> => {
      const read = 'SELECT count(*) FROM parts WHERE of_order = 7;';
      await primary.sql(read.repeat(20));
      await primary.sql('SELECT pg_stat_force_next_flush()').catch(() => undefined);
      return metric(await check({}, primary, { memory }), 'rowsReadWhole:public.parts');
    };
    await until(async () => (await rows()) !== undefined);
    expect(await rows()).toBeGreaterThan(0);
    await primary.sql('CREATE INDEX CONCURRENTLY parts_order ON parts (of_order)');
    await rows();
    await until(async () => (await rows()) === 0);
  });

  test('has rates from the second run on', async () => {
    const memory = new RunMemory();
    const first = await check({}, primary, { memory });
    expect(metric(first, 'transactions')).toBeUndefined();
    await primary.sql('SELECT sum(id) FROM orders; SELECT 2');
    const second = await check({}, primary, { memory });
    expect(metric(second, 'transactions')).toBeGreaterThan(0);
    expect(metric(second, 'databaseGrowth')).toBeDefined();
    expect(metric(second, 'statementTime')).toBeGreaterThanOrEqual(0);
  });

  test('is reached without TLS where it is not wanted, and with the extension absent', async () => {
    const result = await check({ tls: 'off', database: 'template1' });
    expect(result.verdict).toBe('up');
    expect(metric(result, 'certificateDays')).toBeUndefined();
  });
});

describe('signing in', () => {
  test('with a wrong password, a wrong name or to no database is refused', async () => {
    expect((await check({ password: 'wrong' })).reason.code).toBe('signInRefused');
    expect((await check({ user: 'stranger' })).reason.code).toBe('signInRefused');
    expect((await check({ database: 'nowhere' })).reason.code).toBe('signInRefused');
  });

  test('never sends the password in clear over a line that nobody vouches for', async () => {
    expect((await check({ database: 'clear', tls: 'off' })).reason.code).toBe('passwordInClear');
    expect((await check({ database: 'clear', tls: 'required' })).reason.code).toBe('passwordInClear');
    const verified = { database: 'clear', tls: 'required', verifyCertificate: true };
    expect((await check(verified)).verdict).toBe('up');
  });

  test('without the right to look says which right is missing', async () => {
    expect(await check({ user: 'nobody' })).toMatchObject({ verdict: 'degraded', reason: { code: 'rightsMissing' } });
    expect((await check({ user: 'nobody', depth: 'query', query: 'SELECT 1' })).verdict).toBe('up');
  });

  test('stops at a certificate of a stranger, and at one for another name', async () => {
    const strict = { tls: 'required', verifyCertificate: true };
    expect((await check(strict, primary, { authorities: [] })).reason.code).toBe('certificateUntrusted');
    const named = await runOnce('postgresql', { port: primary.port, ...good, ...strict }, 'localhost', {
      authorities: [certificates.authority],
    });
    expect(named.reason.code).toBe('certificateOtherName');
  });

  test('finds all connections taken', async () => {
    const held = await Promise.all(Array.from({ length: 17 }, () => primary.connect().catch(() => undefined)));
    try {
      expect(await check()).toMatchObject({ verdict: 'down', reason: { code: 'tooManyConnections' } });
      await held.pop()?.end();
      await held.pop()?.end();
      const narrow = { maxConnectionsPercent: 70 };
      await until(async () => (await check(narrow)).reason.code === 'above');
      expect((await check(narrow)).reason.data).toMatchObject({ metric: 'connectionsUsed' });
    } finally {
      await Promise.all(held.map(async (client) => client?.end()));
    }
  });
});

describe('the own query', () => {
  test('is judged by its value and its limits', async () => {
    const query = `SELECT count(*) FROM orders WHERE state = 'open';`;
    expect((await check({ query, queryExpected: '2' })).reason).toEqual({ code: 'queryGood', data: { value: '2' } });
    expect((await check({ query, queryExpected: '3' })).reason.code).toBe('queryOther');
    expect(await check({ query, queryAbove: 1 })).toMatchObject({ verdict: 'degraded', reason: { code: 'above' } });
    expect(await check({ query, queryAbove: 0, beyondIs: 'down' })).toMatchObject({ verdict: 'down' });
    expect((await check({ query, queryBelow: 3 })).reason.code).toBe('below');
    expect((await check({ query: `SELECT 'x'`, queryBelow: 3 })).reason.code).toBe('queryNoNumber');
    expect((await check({ query: 'SELECT 1 WHERE false' })).reason.code).toBe('queryNoRow');
  });

  test('changes nothing and is one statement', async () => {
    const writing = [
      'DELETE FROM orders',
      'WITH gone AS (DELETE FROM orders RETURNING 1) SELECT 1',
      'SELECT 1; DELETE FROM orders',
      `SELECT setval('s', 1)`,
    ];
    for (const query of writing) expect((await check({ query })).reason.code).toBe('queryFailed');
    expect((await check({ query: 'SELECT count(*) FROM orders', queryExpected: '2' })).verdict).toBe('up');
  });

  test('ends in time, and reads little of much', async () => {
    const slow = await check({ query: 'SELECT pg_sleep(60)' }, primary, { timeoutMs: 700 });
    expect(['noAnswer', 'queryFailed']).toContain(slow.reason.code);
    expect(slow.durationMs).toBeLessThan(3_000);
    const many = await check({ query: 'SELECT g FROM generate_series(1, 1000000) g' });
    expect(many.output.split('\n').length).toBeLessThan(40);
    const wide = await check({ query: `SELECT repeat('x', 6000000)` });
    expect(wide.reason.code).toBe('flooded');
  });

  test('tells the age of a backup', async () => {
    const asked = { backup: 'query', backupQuery: 'SELECT max(finished) FROM backups' };
    const young = await check({ ...asked, maxBackupHours: 6 });
    expect(young.verdict).toBe('up');
    expect(metric(young, 'backupAge')).toBeGreaterThan(17_900);
    expect((await check({ ...asked, maxBackupHours: 4 })).reason.data).toMatchObject({ metric: 'backupAge' });
    expect((await check({ backup: 'query', backupQuery: 'SELECT 7200', maxBackupHours: 1 })).verdict).toBe('degraded');
  });
});

describe('trouble', () => {
  test('of sessions that block each other names who blocks', async () => {
    const [holder, waiter] = await Promise.all([primary.connect(), primary.connect()]);
    try {
      await holder.query('BEGIN; LOCK TABLE orders');
      const waiting = waiter.query('SELECT * FROM orders');
      await until(async () => ((await metricOf('lockWait')) ?? 0) > 1);
      const result = await check({ maxLockWaitSeconds: 1, showStatements: true });
      expect(result).toMatchObject({ verdict: 'degraded', reason: { code: 'blocked', data: { waiting: 1 } } });
      expect(result.reason.data['blockedBy']).toBe(String(await pidOf(holder)));
      expect(result.output).toContain('SELECT * FROM orders');
      await until(async () => ((await metricOf('idleInTransactionAge')) ?? 0) > 1);
      const idle = await check({ maxLockWaitSeconds: 0, maxIdleInTransactionSeconds: 1 });
      expect(idle.reason.data).toMatchObject({ metric: 'idleInTransactionAge' });
      await holder.query('ROLLBACK');
      await waiting;
    } finally {
      await Promise.all([holder.end(), waiter.end()]);
    }
  });

  test('of a paused replay is seen on both sides', async () => {
    await standby.sql('SELECT pg_wal_replay_pause()');
    try {
      await primary.sql('CREATE TABLE ballast AS SELECT g, repeat(md5(g::text), 20) FROM generate_series(1, 5000) g');
      expect((await check({ role: 'standby' }, standby)).reason.code).toBe('replayPaused');
      await until(async () => (await check({ maxLagMib: 1 })).reason.code === 'above');
      expect((await check({ maxLagMib: 1 })).reason.data).toMatchObject({ instance: 'second' });
    } finally {
      await standby.sql('SELECT pg_wal_replay_resume()');
    }
    await until(async () => (await check({ maxLagMib: 1 })).verdict === 'up');
  });

  test('of an archive that takes nothing is told', async () => {
    await primary.sql(`ALTER SYSTEM SET archive_command = 'false'`);
    await primary.sql('SELECT pg_reload_conf(), pg_switch_wal()');
    await until(async () => (await check({ backup: 'archiver' })).reason.code === 'archivingFails');
    expect((await check({ backup: 'none' })).verdict).toBe('up');
    await primary.sql('ALTER SYSTEM RESET archive_command');
    await primary.sql('SELECT pg_reload_conf()');
    await until(async () => (await check({ backup: 'archiver' })).verdict === 'up');
  });

  test('of another role is told', async () => {
    expect((await check({ role: 'standby' })).reason.code).toBe('otherRole');
    expect(await check({ role: 'standby' }, standby)).toMatchObject({ verdict: 'up', reason: { code: 'healthy' } });
  });

  test('of a server that stands still is down in time', async () => {
    primary.daemon.freeze();
    try {
      const result = await check({}, primary, { timeoutMs: 600 });
      expect(result).toMatchObject({ verdict: 'down', reason: { code: 'noAnswer' } });
    } finally {
      primary.daemon.thaw();
    }
  });

  test('of a stopped primary is seen by its standby', async () => {
    await primary[Symbol.asyncDispose]();
    await until(async () => (await check({}, standby)).reason.code === 'notStreaming');
    expect((await check()).reason.code).toBe('refused');
  });
});

async function metricOf(name: string): Promise<number | undefined> {
  return metric(await check(), name);
}

async function pidOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}

test('an address that is not allowed is not touched', async () => {
  let touched = false;
  const server = createServer(() => (touched = true));
  const port = await listen(server);
  const result = await runOnce('postgresql', { port }, '127.0.0.1', { mayReach: () => false });
  server.close();
  expect(result.reason.code).toBe('addressForbidden');
  expect(touched).toBe(false);
});

const malformed: Malformed[] = [
  { name: 'asks for an unknown way to sign in', bytes: Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 99]) },
  { name: 'announces two gigabytes', bytes: Buffer.from([0x52, 0x7f, 0xff, 0xff, 0xff, 0, 0]) },
  { name: 'announces less than nothing', bytes: Buffer.from([0x45, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]) },
  {
    name: 'sends an error without an end',
    bytes: Buffer.from([0x45, 0, 0, 0, 12, 0x53, 0x58, 0x58, 0x58, 1, 2, 3, 4]),
  },
  { name: 'sends a text without an end', bytes: Buffer.from([0x53, 0, 0, 0, 8, 1, 1, 1, 1]) },
  { name: 'sends rows before the sign-in', bytes: Buffer.from('D\0\0\0\x0a\0\x01\xff\xff\xff\xff', 'latin1') },
  { name: 'says yes to TLS and speaks in clear', bytes: Buffer.from('SHTTP/1.1 200 OK\r\n\r\n') },
];

describe.each(['ifOffered', 'off'])('hostile answers, TLS %s', (tls) => {
  test.concurrent.each(hostileServers(malformed))('%s', async (_name, start) => {
    await using server = await start();
    const result = await runOnce('postgresql', { port: server.port, tls }, '127.0.0.1', { timeoutMs: 1_000 });
    expect(result.verdict).toBe('down');
    expect(['noAnswer', 'cutOff', 'otherProtocol', 'flooded', 'reset', 'signInRefused', 'serverRefused']).toContain(
      result.reason.code,
    );
    expect(result.durationMs).toBeLessThan(5_000);
  });
});
