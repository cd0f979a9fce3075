import { execFileSync } from 'node:child_process';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import { afterAll, describe, expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { closedPort } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { fingerprintOf, parseHostKey } from '#ssh/host-key.ts';
import { startLoopbackSshd } from '#ssh/testing/loopback-sshd.ts';
import { hostileGreeters } from './hostile-servers.ts';

const server = await startLoopbackSshd({
  keyTypes: ['ed25519', 'rsa'],
  config: ['Subsystem sftp internal-sftp'],
});
afterAll(() => server[Symbol.asyncDispose]());

function fingerprint(key = ''): string {
  const parsed = parseHostKey(key);
  return parsed === undefined ? '' : fingerprintOf(parsed);
}

const run = (settings: Record<string, unknown> = {}, kept = new RunMemory(), timeoutMs = 5_000) =>
  runOnce('ssh', { port: server.port, ...settings }, '127.0.0.1', { kept, timeoutMs });

describe('an SSH server', () => {
  test('is up; its host key is kept and expected from then on', async () => {
    const kept = new RunMemory();
    const [first] = server.hostKeys;
    expect(await run({}, kept)).toMatchObject({
      verdict: 'up',
      reason: { code: 'firstSeen', data: { type: 'ssh-ed25519', fingerprint: fingerprint(first) } },
    });
    const second = await run({}, kept);
    expect(second).toMatchObject({ verdict: 'up', reason: { code: 'sameKey' } });
    expect(second.metrics.map(({ name }) => name)).toEqual(['lookup', 'connect', 'handshake', 'total', 'weak']);
    expect(second.output).toContain('curve25519-sha256');
  });

  test('that shows another key than the one seen first is down, with both fingerprints', async () => {
    const kept = new RunMemory();
    const other = await startLoopbackSshd({ port: await closedPort() });
    await run({ port: other.port }, kept);
    await other[Symbol.asyncDispose]();
    await using stranger = await startLoopbackSshd({ port: other.port });
    const result = await run({ port: stranger.port }, kept);
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'hostKeyChanged' } });
    expect(result.reason.data['expected']).toBe(fingerprint(other.hostKeys[0]));
    expect(result.reason.data['found']).toContain(fingerprint(stranger.hostKeys[0]));
    // Entered by a person, the new key is accepted, in either form.
    for (const pin of [stranger.hostKeys[0], fingerprint(stranger.hostKeys[0])])
      expect((await run({ port: stranger.port, hostKeys: [pin] }, kept)).verdict).toBe('up');
    expect((await run({ port: stranger.port }, kept)).reason.code).toBe('sameKey');
    // Pointed at another server, the check begins anew.
    expect((await run({}, kept)).reason.code).toBe('firstSeen');
  });

  test('is asked for the key of the type that is pinned', async () => {
    const rsa = server.hostKeys.find((key) => key.startsWith('ssh-rsa'));
    expect(await run({ hostKeys: [rsa] })).toMatchObject({ verdict: 'up' });
    const stranger = await run({ hostKeys: [`SHA256:${'A'.repeat(43)}`] });
    expect(stranger).toMatchObject({ verdict: 'down', reason: { code: 'hostKeyChanged' } });
  });

  test('that offers weak algorithms is degraded, and named', async () => {
    await using weak = await startLoopbackSshd({
      config: ['KexAlgorithms +diffie-hellman-group14-sha1', 'Ciphers +aes128-cbc', 'MACs +hmac-md5'],
    });
    const result = await run({ port: weak.port });
    expect(result).toMatchObject({ verdict: 'degraded', reason: { code: 'weak', data: { count: 3 } } });
    expect((await run({ port: weak.port, warnWeak: false })).verdict).toBe('up');
    await using onlyWeak = await startLoopbackSshd({ config: ['KexAlgorithms diffie-hellman-group1-sha1'] });
    expect((await run({ port: onlyWeak.port })).reason.code).toBe('weak');
  });

  test('without anything in common is down', async () => {
    await using odd = await startLoopbackSshd({ config: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'] });
    expect(await run({ port: odd.port })).toMatchObject({ verdict: 'down', reason: { code: 'noCommonAlgorithm' } });
  });

  test('that is gone is down', async () => {
    const other = await startLoopbackSshd();
    await other.crash();
    expect(await run({ port: other.port })).toMatchObject({ verdict: 'down', reason: { code: 'refused' } });
    await other[Symbol.asyncDispose]();
  });

  test.concurrent.each(hostileGreeters('SSH-2.0-Rude'))('that %s is down in time', async (_what, start) => {
    await using rude = await start();
    const result = await run({ port: rude.port }, new RunMemory(), 500);
    expect(result.verdict).toBe('down');
    expect(result.durationMs).toBeLessThan(5_000);
  });
});

describe('SFTP', () => {
  const folder = join(server.home, 'drop');
  mkdirSync(folder);
  const user = userInfo().username;
  const key = { user, privateKey: server.privateKey, port: server.port };
  const visit = (settings: Record<string, unknown> = {}, timeoutMs = 5_000, kept = new RunMemory()) =>
    runOnce('sftp', { ...key, folder, ...settings }, '127.0.0.1', { timeoutMs, kept });

  test('signs in, lists, and takes a file there and back', async () => {
    writeFileSync(join(folder, 'a.txt'), 'x'.repeat(100));
    const result = await visit({ roundTrip: true });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'visited', data: { files: 1 } } });
    expect(result.metrics).toContainEqual({ name: 'folderSize', unit: 'bytes', value: 100 });
    expect(result.metrics.map(({ name }) => name)).toContain('roundTrip');
    expect(execFileSync('ls', ['-A', folder]).toString()).toBe('a.txt\n');
  });

  test('judges number and age of the files', async () => {
    utimesSync(join(folder, 'a.txt'), 1_000_000, 1_000_000);
    expect((await visit({ newestMaxMinutes: 60 })).reason.code).toBe('filesTooOld');
    expect((await visit({ leastFiles: 5 })).reason.code).toBe('tooFewFiles');
  });

  test('says what is refused', async () => {
    expect((await visit({ folder: '/no/such/folder' })).reason.code).toBe('folderRefused');
    expect(await visit({ privateKey: '', password: 'wrong' })).toMatchObject({
      verdict: 'down',
      reason: { code: 'signInRefused', data: { user } },
    });
    expect(await visit({ privateKey: 'not a key' })).toMatchObject({
      verdict: 'unknown',
      reason: { code: 'keyUnusable' },
    });
    await using without = await startLoopbackSshd();
    const settings = { port: without.port, privateKey: without.privateKey };
    expect((await visit(settings)).reason.code).toBe('noSubsystem');
  });

  test('says no password to a server with another host key', async () => {
    const result = await visit({ hostKeys: [`SHA256:${'A'.repeat(43)}`], privateKey: '', password: 'sesame' });
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'hostKeyChanged' } });
  });

  test.each(['/usr/bin/yes', '/bin/cat /dev/zero', '/bin/cat'])(
    'of a server that answers as %s does is down',
    async (program) => {
      await using odd = await startLoopbackSshd({ config: [`Subsystem sftp ${program}`] });
      const result = await visit({ port: odd.port, privateKey: odd.privateKey }, 3_000);
      expect(result.verdict).toBe('down');
      expect(['noSubsystem', 'hungUp', 'tooLate']).toContain(result.reason.code);
    },
  );

  test('of a server that never finishes is down in time', async () => {
    await using stuck = await startLoopbackSshd({ config: ['Subsystem sftp /bin/sleep 30'] });
    const result = await visit({ port: stuck.port, privateKey: stuck.privateKey }, 1_500);
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'tooLate' } });
  });
});
