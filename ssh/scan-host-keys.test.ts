import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scanHostKeys } from './scan-host-keys.ts';
import { freePort, startLoopbackSshd } from './testing/loopback-sshd.ts';
import { saysNothing, speaksHttp, startRudeServer } from './testing/rude-server.ts';

describe('scanning host keys', () => {
  test('finds every key the server has, with the fingerprint ssh-keygen shows', async () => {
    await using sshd = await startLoopbackSshd({ keyTypes: ['ed25519', 'ecdsa', 'rsa'] });
    const found = await scanHostKeys({ host: '127.0.0.1', port: sshd.port, timeoutMs: 10_000 });
    expect(found.map(({ key }) => key).toSorted()).toEqual(sshd.hostKeys.toSorted());
    const listed = execFileSync('ssh-keygen', ['-l', '-f', join(sshd.folder, 'host-ed25519.pub')], {
      encoding: 'utf8',
    });
    expect(listed).toContain(found.find(({ type }) => type === 'ssh-ed25519')?.fingerprint ?? 'nothing');
  });

  test('says that nothing listens', async () => {
    await expect(scanHostKeys({ host: '127.0.0.1', port: await freePort(), timeoutMs: 5_000 })).rejects.toMatchObject({
      kind: 'refused',
    });
  });

  test('gives up on a server that says nothing', async () => {
    await using rude = await startRudeServer(saysNothing);
    await expect(scanHostKeys({ host: '127.0.0.1', port: rude.port, timeoutMs: 500 })).rejects.toMatchObject({
      kind: 'timeout',
    });
  });

  test('says that what answers is no SSH server', async () => {
    await using rude = await startRudeServer(speaksHttp);
    await expect(scanHostKeys({ host: '127.0.0.1', port: rude.port, timeoutMs: 5_000 })).rejects.toMatchObject({
      kind: 'protocol',
    });
  });
});
