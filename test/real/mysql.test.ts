import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '#probe/check-kind.ts';
import { RunMemory } from '#probe/run-memory.ts';
import { loopbackServer } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { certificatesFor } from '#probe/testing/served-certificates.ts';
import { until } from '../until.ts';
import { startMariadb, type Mariadb } from './daemons/mariadb.ts';
import { hostileServers, type Malformed } from './hostile-servers.ts';

const certificates = certificatesFor('127.0.0.1', 'db.firm.example');
let primary: Mariadb;
let replica: Mariadb;

beforeAll(async () => {
  [primary, replica] = await Promise.all([startMariadb(1, certificates.good), startMariadb(2)]);
  const people = [
    `CREATE USER vigie@'127.0.0.1' IDENTIFIED BY 'hidden'`,
    `GRANT PROCESS, SLAVE MONITOR ON *.* TO vigie@'127.0.0.1'`,
    `CREATE USER nobody@'127.0.0.1' IDENTIFIED BY 'hidden'`,
    `CREATE USER copy@'127.0.0.1' IDENTIFIED BY 'hidden'`,
    `GRANT REPLICATION SLAVE ON *.* TO copy@'127.0.0.1'`,
    'CREATE DATABASE shop',
    'CREATE TABLE shop.orders (id int PRIMARY KEY, state varchar(20)) ENGINE=InnoDB',
    `INSERT INTO shop.orders VALUES (1, 'open'), (2, 'open')`,
    'CREATE TABLE shop.backups (finished datetime)',
    'INSERT INTO shop.backups VALUES (NOW() - INTERVAL 5 HOUR)',
    `GRANT SELECT, INSERT, DELETE ON shop.* TO vigie@'127.0.0.1'`,
  ];
  await primary.sql(...people);
  await replica.sql(
    `CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=${primary.port}, MASTER_USER='copy', MASTER_PASSWORD='hidden',
       MASTER_CONNECT_RETRY=1, MASTER_USE_GTID=slave_pos`,
    'START SLAVE',
  );
  await until(async () => (await check({ role: 'replica', database: 'shop' }, replica)).verdict === 'up');
}, 120_000);

afterAll(async () => {
  await replica?.[Symbol.asyncDispose]();
  await primary?.[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

function check(settings: Record<string, unknown> = {}, server = primary, options = {}): Promise<CheckResult> {
  const usual = { port: server.port, user: 'vigie', password: 'hidden' };
  return runOnce('mysql', { ...usual, ...settings }, '127.0.0.1', {
    timeoutMs: 8_000,
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
    const whole = { tls: 'required', verifyCertificate: true, replicasExpected: 1, role: 'primary', database: 'shop' };
    const first = await check(whole, primary, { memory });
    expect(first).toMatchObject({ verdict: 'up', reason: { code: 'healthy' } });
    expect(String(first.reason.data['product'])).toMatch(/^MariaDB 1/u);
    expect(metric(first, 'certificateDays')).toBeGreaterThan(80);
    expect(metric(first, 'databaseSize')).toBeGreaterThan(1_000);
    expect(metric(first, 'connectionsUsed')).toBeLessThan(90);
    const second = await check({ ...whole, access: 'writable' }, primary, { memory });
    expect(metric(second, 'questions')).toBeGreaterThan(0);
    expect(second.verdict).toBe('up');
  });

  test('that offers no TLS is reached without it, unless it is required', async () => {
    expect((await check({}, replica)).verdict).toBe('up');
    expect((await check({ tls: 'required' }, replica)).reason.code).toBe('tlsNotOffered');
    expect((await check({ tls: 'off' })).verdict).toBe('up');
  });
});

describe('signing in', () => {
  test('with a wrong password, a wrong name or to no database is refused', async () => {
    expect((await check({ password: 'wrong' })).reason.code).toBe('signInRefused');
    expect((await check({ user: 'stranger', tls: 'off' })).reason.code).toBe('signInRefused');
    expect((await check({ database: 'nowhere' })).reason.code).toBe('signInRefused');
  });

  test('without the rights to look says so', async () => {
    expect((await check({ user: 'nobody' })).reason.code).toBe('rightsMissing');
    expect((await check({ user: 'nobody', depth: 'query', query: 'SELECT 1' })).verdict).toBe('up');
  });

  test('stops at a certificate of a stranger, and at one for another name', async () => {
    const strict = { tls: 'required', verifyCertificate: true };
    expect((await check(strict, primary, { authorities: [] })).reason.code).toBe('certificateUntrusted');
    const named = { port: primary.port, user: 'vigie', password: 'hidden', ...strict };
    const result = await runOnce('mysql', named, 'localhost', { authorities: [certificates.authority] });
    expect(result.reason.code).toBe('certificateOtherName');
  });

  test('never reveals the password to a server that nobody vouches for', async () => {
    let heard = '';
    await using server = await loopbackServer((socket) => {
      socket.write(greeting('caching_sha2_password'));
      socket.on('data', (data) => {
        heard += data.toString('latin1');
        // "Send me all of it", and the key to send it under.
        socket.write(Buffer.from([2, 0, 0, 2, 1, 4]));
      });
    });
    const asked = { port: server.port, tls: 'off', user: 'vigie', password: 'very hidden' };
    expect((await runOnce('mysql', asked)).reason.code).toBe('passwordInClear');
    expect(heard).not.toContain('very hidden');
    await using plain = await loopbackServer((socket) => void socket.write(greeting('mysql_clear_password')));
    expect((await runOnce('mysql', { ...asked, port: plain.port })).reason.code).toBe('passwordInClear');
  });

  test('finds all connections taken', async () => {
    const held = await Promise.all(Array.from({ length: 13 }, () => primary.connect().catch(() => undefined)));
    try {
      expect(await check()).toMatchObject({ verdict: 'down', reason: { code: 'tooManyConnections' } });
    } finally {
      for (const connection of held) connection?.destroy();
    }
    await until(async () => (await check({ database: 'shop' })).verdict === 'up');
  });
});

describe('the own query', () => {
  const shop = { database: 'shop' };

  test('is judged by its value and its limits', async () => {
    const query = `SELECT count(*) FROM orders WHERE state = 'open'`;
    expect((await check({ ...shop, query, queryExpected: '2' })).reason.code).toBe('queryGood');
    expect((await check({ ...shop, query, queryExpected: '3' })).reason.code).toBe('queryOther');
    expect((await check({ ...shop, query, queryAbove: 1 })).reason.code).toBe('above');
    expect((await check({ ...shop, query: 'SELECT 1 FROM orders WHERE id = 9' })).reason.code).toBe('queryNoRow');
    expect((await check({ query: 'SELECT * FROM nowhere.x' })).reason.code).toBe('queryFailed');
  });

  test('changes nothing', async () => {
    expect((await check({ ...shop, query: 'DELETE FROM orders' })).reason.code).toBe('queryNotReading');
    expect((await check({ ...shop, query: 'SELECT 1; DELETE FROM orders' })).reason.code).toBe('queryFailed');
    const inside = 'WITH x AS (SELECT 1) SELECT * FROM orders FOR UPDATE';
    expect(['queryFailed', 'queryGood']).toContain((await check({ ...shop, query: inside })).reason.code);
    expect((await check({ ...shop, query: 'SELECT count(*) FROM orders', queryExpected: '2' })).verdict).toBe('up');
  });

  test('ends in time, and reads little of much', async () => {
    const slow = await check({ query: 'SELECT SLEEP(60)' }, primary, { timeoutMs: 800 });
    expect(slow.durationMs).toBeLessThan(3_000);
    expect(['noAnswer', 'queryFailed', 'queryGood']).toContain(slow.reason.code);
    const many = await check({ query: 'SELECT seq FROM seq_1_to_1000000' });
    expect(many.output.split('\n').length).toBeLessThan(40);
    expect((await check({ query: `SELECT REPEAT('x', 6000000)` })).reason.code).toBe('flooded');
  });

  test('tells the age of a backup', async () => {
    const asked = { ...shop, backupQuery: 'SELECT max(finished) FROM backups' };
    expect(metric(await check({ ...asked, maxBackupHours: 6 }), 'backupAge')).toBeGreaterThan(17_900);
    expect((await check({ ...asked, maxBackupHours: 4 })).reason.data).toMatchObject({ metric: 'backupAge' });
  });
});

describe('trouble', () => {
  test('of sessions that block each other names who blocks', async () => {
    const [holder, waiter] = await Promise.all([primary.connect(), primary.connect()]);
    try {
      await holder.query('BEGIN');
      await holder.query(`UPDATE shop.orders SET state = 'x' WHERE id = 1`);
      const waiting = waiter.query(`UPDATE shop.orders SET state = 'y' WHERE id = 1`).catch(() => undefined);
      await until(async () => (metric(await check(), 'lockWait') ?? 0) > 1);
      const result = await check({ maxLockWaitSeconds: 1 });
      expect(result.reason).toMatchObject({
        code: 'blocked',
        data: { waiting: 1, blockedBy: String(holder.threadId) },
      });
      expect((await check({ maxTransactionSeconds: 1 })).reason.data).toMatchObject({ metric: 'transactionAge' });
      await holder.query('ROLLBACK');
      await waiting;
    } finally {
      holder.destroy();
      waiter.destroy();
    }
  });

  test('of replication that is stopped or breaks is told', async () => {
    await replica.sql('STOP SLAVE SQL_THREAD');
    expect((await check({}, replica)).reason).toMatchObject({ code: 'replicationStopped', data: { receiving: true } });
    await replica.sql('INSERT INTO shop.orders VALUES (7, "mine")', 'START SLAVE');
    await primary.sql('INSERT INTO shop.orders VALUES (7, "theirs")');
    await until(async () => String((await check({}, replica)).reason.data['said']).includes('Duplicate'));
    expect((await check({ role: 'replica' })).reason.code).toBe('otherRole');
  });

  test('of a server that should be writable and is not is told', async () => {
    await primary.sql('SET GLOBAL read_only = 1');
    expect((await check({ access: 'writable' })).reason.code).toBe('isReadOnly');
    expect((await check({ access: 'readOnly' })).verdict).toBe('up');
    await primary.sql('SET GLOBAL read_only = 0');
    expect((await check({ access: 'readOnly' })).reason.code).toBe('isWritable');
  });

  test('of a server that stands still, and of one that is stopped, is told', async () => {
    primary.daemon.freeze();
    expect((await check({}, primary, { timeoutMs: 500 })).reason.code).toBe('noAnswer');
    primary.daemon.thaw();
    await primary[Symbol.asyncDispose]();
    expect((await check()).reason.code).toBe('refused');
    await until(async () => (await check({}, replica)).reason.code === 'replicationStopped');
  });
});

/** The first packet of a server of version 8. */
function greeting(method: string): Buffer {
  const body = Buffer.concat([
    Buffer.from([10]),
    Buffer.from('8.0.36\0'),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('abcdefgh\0'),
    Buffer.from([0xff, 0xf7, 0x21, 2, 0, 0xff, 0xdf, 21]),
    Buffer.alloc(10),
    Buffer.from('ijklmnopqrst\0'),
    Buffer.from(`${method}\0`),
  ]);
  return Buffer.concat([Buffer.from([body.length, 0, 0, 0]), body]);
}

const malformed: Malformed[] = [
  { name: 'greets and falls silent', bytes: greeting('mysql_native_password'), first: true },
  { name: 'greets with a cut greeting', bytes: Buffer.from([5, 0, 0, 0, 10, 0x38, 0x2e, 0x30, 0]), first: true },
  { name: 'announces the longest packet', bytes: Buffer.from([0xff, 0xff, 0xff, 0, 10]), first: true },
  { name: 'greets with nothing', bytes: Buffer.from([0, 0, 0, 0]), first: true },
  { name: 'greets with an error', bytes: Buffer.from('\x12\0\0\0\xff\x15\x04#28000denied...', 'latin1'), first: true },
  { name: 'speaks another version', bytes: Buffer.from('\x06\0\0\0\x095.5\0\0', 'latin1'), first: true },
];

describe.each(['ifOffered', 'off'])('hostile answers, TLS %s', (tls) => {
  // One after the other: reading a flood of tiny packets takes a moment in which nobody else gets a turn.
  test.each(hostileServers(malformed))('%s', async (_name, start) => {
    await using server = await start();
    const result = await runOnce('mysql', { port: server.port, tls }, '127.0.0.1', { timeoutMs: 500 });
    expect(result.verdict).toBe('down');
    expect([
      // A machine that is busy with the flood before may not even connect within half a second.
      'connectTimeout',
      'noAnswer',
      'cutOff',
      'otherProtocol',
      'flooded',
      'reset',
      'serverRefused',
      'signInRefused',
      'passwordInClear',
      'handshakeFailed',
      'handshakeTimeout',
    ]).toContain(result.reason.code);
    expect(result.durationMs).toBeLessThan(5_000);
  });
});
