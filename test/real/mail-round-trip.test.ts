import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { steadyClock } from '#probe/probe-clock.ts';
import { writeMessage } from '#probe/checks/mail-round-trip/probe-message.ts';
import { mailRoundTripSettings } from '#probe/checks/mail-round-trip/settings.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { closedPort } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { startForwarder } from './daemons/forwarder.ts';
import { startDovecot, type Dovecot } from './daemons/dovecot.ts';
import { hostileGreeters } from './hostile-servers.ts';
import { mailAccounts, mailCertificates } from './daemons/mail-material.ts';
import { startPostfix, type Postfix } from './daemons/postfix.ts';

const certificates = mailCertificates();
const { alice, small } = mailAccounts;
const options = { authorities: [certificates.authority] };
let dovecot: Dovecot;
let postfix: Postfix;

beforeAll(async () => {
  dovecot = await startDovecot(certificates, Object.values(mailAccounts));
  postfix = await startPostfix(certificates, dovecot.ports);
});
afterAll(async () => {
  await postfix[Symbol.asyncDispose]();
  await dovecot[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

const settingsFor = (changes: Record<string, unknown> = {}) => ({
  from: alice.user,
  to: alice.user,
  smtpPort: postfix.ports.smtp,
  smtpUser: alice.user,
  smtpPassword: alice.password,
  imapPort: dovecot.ports.imaps,
  ...changes,
});
const travel = (changes: Record<string, unknown> = {}, timeoutMs = 20_000) =>
  runOnce('mail-round-trip', settingsFor(changes), '127.0.0.1', { ...options, timeoutMs });

async function messagesOf(account: { user: string; password: string }): Promise<number> {
  const settings = { port: dovecot.ports.imaps, ...account };
  const { metrics, output } = await runOnce('imap', settings, '127.0.0.1', { ...options, timeoutMs: 15_000 });
  const messages = metrics.find(({ name }) => name === 'messages')?.value;
  if (messages === undefined) throw new Error(`the mailbox was not counted: ${output}`);
  return messages;
}

test('a message arrives, is measured and leaves nothing behind; other mail stays', async () => {
  await postfix.submit(alice.user, 'Subject: not ours\nX-Vigie-Round-Trip: forged.1.2\n\nhello\n');
  await expect.poll(() => messagesOf(alice), { timeout: 10_000 }).toBe(1);
  const result = await travel();
  expect(result).toMatchObject({ verdict: 'up', reason: { code: 'arrived' } });
  expect(result.metrics.map(({ name }) => name)).toEqual(['leftovers', 'send', 'delivery', 'roundTrip', 'hops']);
  expect(result.output).toMatch(/sent: 250 .*\nreceived: from/u);
  expect(await messagesOf(alice)).toBe(1);
});

test('an own message of long ago is cleaned up and named; one under way is left to its run', async () => {
  const before = await messagesOf(alice);
  const settings = mailRoundTripSettings.parse(settingsFor());
  const nowMs = steadyClock.nowMs();
  for (const sentMs of [nowMs - 3_600_000, nowMs - 1_000])
    await postfix.submit(alice.user, writeMessage(settings, { address: '127.0.0.1' }, sentMs).text);
  await expect.poll(() => messagesOf(alice), { timeout: 10_000 }).toBe(before + 2);
  const result = await travel();
  expect(result.verdict).toBe('up');
  expect(result.output).toContain(
    `left over and deleted: sent ${new Date(nowMs - 3_600_000).toISOString().slice(0, 16)}`,
  );
  expect(await messagesOf(alice)).toBe(before + 1);
});

test('a message held back is late, and one that stays held has not arrived', async () => {
  const holding = { smtpPort: postfix.ports.holding };
  const running = travel({ ...holding, warnSeconds: 1, downSeconds: 15 });
  await wait(1_200);
  await postfix.release();
  expect(await running).toMatchObject({ verdict: 'degraded', reason: { code: 'late' } });
  const lost = await travel({ ...holding, warnSeconds: 1, downSeconds: 1 });
  expect(lost).toMatchObject({ verdict: 'down', reason: { code: 'notArrived', data: { to: alice.user } } });
  await postfix.empty();
});

test('a mailbox server that is lost while waiting is named', async () => {
  await using way = await startForwarder(dovecot.ports.imaps);
  const lost = travel({ smtpPort: postfix.ports.holding, imapPort: way.port });
  await wait(1_000);
  way.cut();
  expect(await lost).toMatchObject({ verdict: 'down', reason: { code: 'readingFails', data: { why: 'reset' } } });
  await postfix.empty();
});

test('a full mailbox takes nothing', async () => {
  for (let count = 0; count < 6; count += 1) await postfix.submit(small.user, `Subject: big\n\n${'x'.repeat(2_000)}\n`);
  await expect
    .poll(
      async () => {
        const settings = { port: dovecot.ports.imaps, ...small, downQuotaPercent: 80 };
        return (await runOnce('imap', settings, '127.0.0.1', { ...options, timeoutMs: 5_000 })).reason.code;
      },
      { timeout: 10_000 },
    )
    .toBe('full');
  // The mailbox's last bytes would be enough for our small message.
  await postfix.submit(small.user, `Subject: rest\n\n${'x'.repeat(300)}\n`);
  await wait(1_000);
  const result = await travel({
    to: small.user,
    imapUser: small.user,
    imapPassword: small.password,
    warnSeconds: 2,
    downSeconds: 2,
  });
  expect(result).toMatchObject({ verdict: 'down', reason: { code: 'notArrived' } });
  await postfix.empty();
});

test('a message taken for junk is found there and deleted', async () => {
  const before = await messagesOf(alice);
  const result = await travel({ folder: 'Junk', junkFolder: 'INBOX', warnSeconds: 1, downSeconds: 3 });
  expect(result).toMatchObject({ verdict: 'degraded', reason: { code: 'takenForJunk', data: { folder: 'INBOX' } } });
  expect(await messagesOf(alice)).toBe(before);
});

const told = async (changes: Record<string, unknown>) => {
  const { verdict, reason } = await travel(changes);
  expect(verdict).toBe('down');
  return [reason.code, reason.data['why'], kinds.get('mail-round-trip')?.tell(reason, 'en')];
};

test('each side is named when it fails', async () => {
  const closed = await closedPort();
  expect(await told({ imapPort: closed })).toEqual([
    'readingFails',
    'refused',
    `Reading the mailbox fails. 127.0.0.1 refuses connections on port ${closed}.`,
  ]);
  expect(await told({ smtpPort: closed })).toEqual([
    'sendingFails',
    'refused',
    expect.stringMatching(/^Sending fails/u),
  ]);
  expect(await told({ imapPassword: 'wrong' })).toEqual(['readingFails', 'signInRefused', expect.anything()]);
  expect(await told({ smtpPassword: 'wrong', imapPassword: alice.password })).toEqual([
    'sendingFails',
    'signInRefused',
    expect.anything(),
  ]);
  expect(await told({ smtpPort: postfix.ports.expired })).toEqual([
    'sendingFails',
    'certificateExpired',
    expect.anything(),
  ]);
  expect(await told({ smtpPort: postfix.ports.withoutTls })).toEqual([
    'sendingFails',
    'startTlsMissing',
    expect.anything(),
  ]);
  expect(await told({ folder: 'nowhere' })).toEqual(['readingFails', 'commandRefused', expect.anything()]);
  expect(
    await told({ to: 'nobody@elsewhere.example', smtpUser: '', imapUser: alice.user, imapPassword: alice.password }),
  ).toEqual(['sendingFails', 'commandRefused', expect.stringContaining('RCPT TO')]);
});

test('a mailbox server that freezes is down in time, on whichever side of the sending', async () => {
  dovecot.daemon.freeze();
  try {
    expect((await travel({}, 700)).reason).toMatchObject({ code: 'readingFails', data: { why: 'handshakeTimeout' } });
  } finally {
    dovecot.daemon.thaw();
  }
});

test('without addresses nothing is sent', async () => {
  expect((await travel({ from: '' })).reason.code).toBe('addressMissing');
});

test.concurrent.each(hostileGreeters('* OK ready'))('a mailbox server that %s is told so', async (_what, start) => {
  await using server = await start();
  const result = await travel({ imapPort: server.port, imapSecurity: 'none' }, 500);
  expect(result).toMatchObject({ verdict: 'down', reason: { code: 'readingFails' } });
  expect(result.durationMs).toBeLessThan(5_000);
});

test('a mailbox server that is stopped while mail is still taken is the side that is named', async () => {
  await dovecot.daemon[Symbol.asyncDispose]();
  expect((await travel()).reason).toMatchObject({ code: 'readingFails', data: { why: 'refused' } });
});
