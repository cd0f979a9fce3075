import { afterAll, beforeAll, expect, test } from 'vitest';
import { runOnce } from '#probe/testing/probe-context.ts';
import { Ssh2Transport } from '#ssh/ssh2-transport.ts';
import { startLoopbackSshd, type LoopbackSshd } from '#ssh/testing/loopback-sshd.ts';
import { mailCertificates } from './daemons/mail-material.ts';
import { startPostfix, type Postfix } from './daemons/postfix.ts';

const certificates = mailCertificates();
const transport = new Ssh2Transport();
const nobody = 'somebody@elsewhere.example';
let postfix: Postfix;
let sshd: LoopbackSshd;

beforeAll(async () => {
  // No mailbox server listens: whatever is sent stays.
  postfix = await startPostfix(certificates, { lmtp: 9, auth: 9 });
  sshd = await startLoopbackSshd();
});
afterAll(async () => {
  await transport[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
  await postfix[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

const ask = (settings: Record<string, unknown> = {}) =>
  runOnce('mail-queue', { instance: postfix.configuration, ...settings }, '127.0.0.1', {
    timeoutMs: 8_000,
    ssh: { transport, target: sshd.target() },
  });

test('an empty queue is up', async () => {
  expect(await ask()).toMatchObject({ verdict: 'up', reason: { code: 'empty', data: { held: 0 } } });
});

test('a growing queue passes its limits, and says what holds it up', async () => {
  for (let count = 0; count < 4; count += 1) await postfix.submit(nobody, `Subject: ${count}\n\nwaits\n`);
  await expect
    .poll(async () => (await ask()).metrics, { timeout: 15_000 })
    .toContainEqual({ name: 'deferred', unit: 'count', value: 4 });
  const result = await ask({ warnMessages: 3 });
  expect(result).toMatchObject({ verdict: 'degraded', reason: { code: 'tooMany', data: { messages: 4, limit: 3 } } });
  expect(result.output).toContain('Connection refused');
  expect((await ask({ warnMessages: 3, downMessages: 3 })).verdict).toBe('down');
  expect(await ask()).toMatchObject({ verdict: 'up', reason: { code: 'moving' } });
});

test('messages on hold are counted apart', async () => {
  await postfix.hold();
  expect(await ask({ warnHeld: 3 })).toMatchObject({
    verdict: 'degraded',
    reason: { code: 'held', data: { held: 4 } },
  });
  expect(await ask({ warnMessages: 3 })).toMatchObject({ verdict: 'up', reason: { code: 'empty', data: { held: 4 } } });
  await postfix.empty();
  expect(await ask()).toMatchObject({ verdict: 'up', reason: { code: 'empty', data: { held: 0 } } });
});

test('an instance that is not there is down with its words', async () => {
  const result = await ask({ instance: '/nowhere/etc' });
  expect(result).toMatchObject({ verdict: 'down', reason: { code: 'queueUnavailable' } });
  expect(result.output).toContain('/nowhere/etc');
});

test('a frozen Postfix is down in time', async () => {
  postfix.daemon.freeze();
  try {
    const result = await runOnce('mail-queue', { instance: postfix.configuration }, '127.0.0.1', {
      timeoutMs: 1_500,
      ssh: { transport, target: sshd.target() },
    });
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'sshTimeout' } });
  } finally {
    postfix.daemon.thaw();
  }
});

test('a stopped Postfix is down, even to root, who may still look into its queue', async () => {
  await postfix.daemon[Symbol.asyncDispose]();
  const result = await ask();
  expect(result).toMatchObject({ verdict: 'down', reason: { code: 'queueUnavailable' } });
  expect(result.reason.data['said']).toContain('Mail system is down');
  expect(result.metrics).toContainEqual({ name: 'messages', unit: 'count', value: 0 });
});
