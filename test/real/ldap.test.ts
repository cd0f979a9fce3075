import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '#probe/check-kind.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { certificatesFor } from '#probe/testing/served-certificates.ts';
import { startSlapd, type Slapd } from './daemons/slapd.ts';
import { hostileServers, type Malformed } from './hostile-servers.ts';

const certificates = certificatesFor('127.0.0.1', 'ldap.firm.example');
let directory: Slapd;
let expired: Slapd;

beforeAll(async () => {
  directory = await startSlapd(certificates.good);
  expired = await startSlapd(certificates.expired);
});

afterAll(async () => {
  await directory[Symbol.asyncDispose]();
  await expired[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

const signedIn = { user: 'cn=vigie,dc=firm,dc=example', password: 'hidden' };
const firm = { base: 'dc=firm,dc=example', scope: 'sub' };

function check(settings: Record<string, unknown> = {}, options = {}): Promise<CheckResult> {
  return runOnce('ldap', { port: directory.port, ...settings }, '127.0.0.1', {
    timeoutMs: 3_000,
    authorities: [certificates.authority],
    ...options,
  });
}

describe('a directory', () => {
  test('that lets nobody read its root is up without settings', async () => {
    expect(await check()).toMatchObject({ verdict: 'up', reason: { code: 'found', data: { entries: 1 } } });
  });

  test.each(['off', 'startTls', 'direct'])('is signed in to and searched, TLS %s', async (tls) => {
    const port = tls === 'direct' ? directory.tlsPort : directory.port;
    const result = await check({ port, tls, ...signedIn, ...firm, filter: '(uid=alice)' });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'found', data: { entries: 1 } } });
    expect(result.metrics.some(({ name }) => name === 'certificateDays')).toBe(tls !== 'off');
    expect(result.output).toContain('uid=alice,ou=people');
  });

  test('is judged by how much it has', async () => {
    expect((await check({ ...firm, filter: '(uid=nobody)' })).reason).toMatchObject({ code: 'tooFew' });
    expect((await check({ ...firm, filter: '(uid=nobody)', minEntries: 0 })).verdict).toBe('up');
    const people = { base: 'ou=people,dc=firm,dc=example', scope: 'one', filter: '(|(uid=bob)(uid=carol))' };
    expect((await check({ ...people, minEntries: 2 })).reason.data).toMatchObject({ entries: 2 });
  });

  test('is judged by a value', async () => {
    const bob = { ...firm, filter: '(uid=bob)', attribute: 'Mail' };
    expect((await check({ ...bob, attributeExpected: 'bob@firm.example' })).verdict).toBe('up');
    const other = await check({ ...bob, attributeExpected: 'b@firm.example' });
    expect(other.reason).toMatchObject({ code: 'otherValue', data: { values: 'bob@firm.example' } });
  });

  test('that gives out only so many is counted up to there', async () => {
    const all = await check({ ...firm, filter: '(objectClass=inetOrgPerson)', minEntries: 100 });
    expect(all.verdict).toBe('up');
    expect(all.output).toContain('or more');
  });

  test('that refers elsewhere is not followed', async () => {
    const result = await check({ ...firm, minEntries: 1, filter: '(ou=*)' });
    expect(result.output).toContain('referrals, not followed: 1');
    const base = await check({ base: 'ou=elsewhere,dc=firm,dc=example' });
    expect(base.reason).toMatchObject({ code: 'searchRefused', data: { result: 10 } });
  });
});

describe('trouble', () => {
  test('with the sign-in is told', async () => {
    const wrong = await check({ ...signedIn, password: 'wrong' });
    expect(wrong).toMatchObject({ verdict: 'down', reason: { code: 'bindRefused', data: { result: 49 } } });
    expect((await check({ user: signedIn.user })).reason.code).toBe('passwordEmpty');
    expect((await check({ user: 'not a name', password: 'x' })).reason.data).toMatchObject({ result: 34 });
  });

  test('with the base, the filter or the rights is told', async () => {
    expect((await check({ base: 'dc=missing,dc=example' })).reason.data).toMatchObject({ result: 32 });
    expect((await check({ ...firm, filter: '((uid=' })).reason.code).toBe('badFilter');
    const secret = { base: 'ou=secret,dc=firm,dc=example' };
    expect((await check(secret)).reason.code).toBe('searchRefused');
    expect((await check({ ...secret, ...signedIn })).verdict).toBe('up');
  });

  test('with the certificate is told before the password is', async () => {
    const { port, tlsPort } = expired;
    expect((await check({ port, tls: 'startTls', ...signedIn })).reason.code).toBe('certificateExpired');
    expect((await check({ port: tlsPort, tls: 'direct' })).reason.code).toBe('certificateExpired');
    const untrusting = { authorities: [] };
    expect((await check({ tls: 'startTls' }, untrusting)).reason.code).toBe('certificateUntrusted');
    expect((await check({ tls: 'startTls', verifyCertificate: false }, untrusting)).verdict).toBe('up');
  });

  test('with a server that stands still or is stopped is told', async () => {
    directory.daemon.freeze();
    expect((await check({}, { timeoutMs: 400 })).reason.code).toBe('noAnswer');
    expect((await check({ tls: 'startTls' }, { timeoutMs: 400 })).reason.code).toBe('noAnswer');
    directory.daemon.thaw();
    await expired[Symbol.asyncDispose]();
    expect((await check({ port: expired.port })).reason.code).toBe('refused');
  });
});

const malformed: Malformed[] = [
  { name: 'announces two gigabytes', bytes: Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 2, 1, 1]) },
  { name: 'announces a length without end', bytes: Buffer.from([0x30, 0x80, 2, 1, 1, 0x61, 0x80]) },
  { name: 'answers with a sequence of nothing', bytes: Buffer.from([0x30, 0, 0x30, 0, 0x30, 0]) },
  { name: 'answers a bind that was not asked for', bytes: Buffer.from([0x30, 5, 2, 1, 1, 0x61, 0]) },
  { name: 'answers an unknown operation', bytes: Buffer.from([0x30, 5, 2, 1, 1, 0x7e, 0]) },
  { name: 'answers with a cut entry', bytes: Buffer.from([0x30, 8, 2, 1, 1, 0x64, 3, 4, 0x7f, 0x41]) },
  { name: 'nests for ever', bytes: Buffer.alloc(60_000, Buffer.from([0x30, 0x82, 0xff, 0xff])) },
];

describe.each(['off', 'startTls'])('hostile answers, TLS %s', (tls) => {
  test.concurrent.each(hostileServers(malformed))('%s', async (_name, start) => {
    await using server = await start();
    const result = await runOnce('ldap', { port: server.port, tls }, '127.0.0.1', { timeoutMs: 1_000 });
    expect(result.verdict).toBe('down');
    expect(['noAnswer', 'cutOff', 'otherProtocol', 'flooded', 'reset', 'searchRefused']).toContain(result.reason.code);
    expect(result.durationMs).toBeLessThan(5_000);
  });
});
