import { describe, expect, test } from 'vitest';
import { Ssh2Transport } from './ssh2-transport.ts';
import { startLoopbackSshd } from './testing/loopback-sshd.ts';

describe('the connections of the ssh2 transport', () => {
  test('are shared by commands of one account and closed when idle', async () => {
    await using sshd = await startLoopbackSshd();
    await using transport = new Ssh2Transport({ idleCloseMs: 200 });
    const options = { timeoutMs: 10_000, maxOutputBytes: 10_000 };
    const connection = async (): Promise<string> =>
      (await transport.exec(sshd.target(), 'echo $SSH_CONNECTION', options)).stdout.toString();
    const first = await Promise.all([connection(), connection(), connection()]);
    expect(new Set(first).size).toBe(1);
    await expect.poll(connection, { interval: 600, timeout: 5_000 }).not.toBe(first[0]);
  });

  test('are not shared with another credential', async () => {
    await using sshd = await startLoopbackSshd();
    await using transport = new Ssh2Transport();
    const options = { timeoutMs: 10_000, maxOutputBytes: 10_000 };
    await transport.exec(sshd.target(), 'true', options);
    const credential = { kind: 'password', password: 'wrong' } as const;
    await expect(transport.exec(sshd.target({ credential }), 'true', options)).rejects.toMatchObject({ kind: 'auth' });
  });
});
