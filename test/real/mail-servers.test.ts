import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closedPort, loopbackServer } from '#probe/testing/loopback-server.ts';
import { propose, type ProposedCheck } from '#probe/propose.ts';
import { probeContext, runOnce } from '#probe/testing/probe-context.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { dovecotAddresses, startDovecot, type Dovecot } from './daemons/dovecot.ts';
import { startForwarder } from './daemons/forwarder.ts';
import { hostileGreeters } from './hostile-servers.ts';
import { mailAccounts, mailCertificates, mailName } from './daemons/mail-material.ts';
import { startPostfix, type Postfix } from './daemons/postfix.ts';

const certificates = mailCertificates();
const { alice, small } = mailAccounts;
const outside = 'somebody@elsewhere.example';
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

const look = (kind: string, settings: Record<string, unknown>, address = '127.0.0.1', timeoutMs = 10_000) =>
  runOnce(kind, settings, address, { timeoutMs, authorities: [certificates.authority] });
const metricsOf = ({ metrics }: { metrics: readonly { name: string }[] }) => metrics.map(({ name }) => name);

const smtp = (settings: Record<string, unknown>, timeoutMs?: number) =>
  look('smtp', { port: postfix.ports.smtp, ...settings }, '127.0.0.1', timeoutMs);

const imap = (settings: Record<string, unknown>, address?: string, timeoutMs?: number) =>
  look('imap', { port: dovecot.ports.imaps, ...settings }, address, timeoutMs);

const pop3 = (settings: Record<string, unknown>, address?: string) =>
  look('pop3', { port: dovecot.ports.pop3s, ...settings }, address);

describe('Postfix', () => {
  test('greets, encrypts and is up', async () => {
    const result = await smtp({});
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'ready' } });
    expect(metricsOf(result)).toEqual(['connect', 'banner', 'tls', 'certificateDays', 'total']);
    expect(result.output).toContain('TLSv1.3');
    expect(result.output).toContain('ESMTP Postfix');
  });
  test('speaks TLS from the first byte', async () => {
    expect(await smtp({ port: postfix.ports.smtps, security: 'tls' })).toMatchObject({ verdict: 'up' });
  });
  test.each(['auto', 'PLAIN', 'LOGIN', 'CRAM-MD5'])('lets Alice sign in (%s)', async (authMethod) => {
    const result = await smtp({ ...alice, authMethod });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'signedIn', data: { user: alice.user } } });
    expect(metricsOf(result)).toContain('auth');
    expect(result.output).not.toContain(alice.password);
  });
  test('refuses a wrong password', async () => {
    const result = await smtp({ ...alice, password: 'wrong' });
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'signInRefused' } });
  });
  test('that offers no sign-in is told so', async () => {
    const { reason } = await smtp({ ...alice, port: postfix.ports.withoutTls, security: 'none' });
    expect(reason.code).toBe('signInMethodMissing');
  });
  test('takes mail for its domain and for nobody else', async () => {
    expect(await smtp({ rcptTo: alice.user, relayTo: outside })).toMatchObject({
      verdict: 'up',
      reason: { code: 'takesMail' },
    });
    expect(await smtp({ rcptTo: outside })).toMatchObject({ verdict: 'down', reason: { code: 'recipientRefused' } });
    expect(await smtp({ ...alice, rcptTo: outside, mailFrom: alice.user })).toMatchObject({ verdict: 'up' });
  });
  test('is found out as an open relay', async () => {
    const open = { port: postfix.ports.openRelay, relayTo: outside };
    expect(await smtp(open)).toMatchObject({ verdict: 'down', reason: { code: 'openRelay' } });
    expect((await smtp({ ...open, relayVerdict: 'degraded' })).verdict).toBe('degraded');
  });
  test('without STARTTLS is down when it is asked for', async () => {
    const port = postfix.ports.withoutTls;
    expect(await smtp({ port, ...alice })).toMatchObject({ verdict: 'down', reason: { code: 'startTlsMissing' } });
    expect(await smtp({ port, security: 'none' })).toMatchObject({ verdict: 'up' });
  });
  test('is judged by its certificate', async () => {
    const { expired, other, stranger } = postfix.ports;
    expect((await smtp({ port: expired })).reason.code).toBe('certificateExpired');
    expect((await smtp({ port: other })).reason.code).toBe('certificateOtherName');
    const { reason } = await smtp({ port: stranger, serverName: mailName });
    expect(reason.code).toBe('certificateUntrusted');
    expect((await smtp({ port: stranger, verifyCertificate: false })).verdict).toBe('up');
    expect(await smtp({ warnDays: 365 })).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'certificateExpiresSoon' },
    });
  });
  test('that is frozen is down in time', async () => {
    postfix.daemon.freeze();
    try {
      const result = await smtp({}, 600);
      expect(result).toMatchObject({ verdict: 'down', reason: { code: 'silent' } });
    } finally {
      postfix.daemon.thaw();
    }
  });
});

test('a mail server that is added by its address is proposed as it really is', async () => {
  const address = '127.77.25.1';
  await using smtp25 = await startForwarder(postfix.ports.withoutTls, address, 25);
  await using smtp587 = await startForwarder(postfix.ports.smtp, address, 587);
  await using imap993 = await startForwarder(dovecot.ports.imaps, address, 993);
  await using imap143 = await startForwarder(dovecot.ports.imap, address, 143);
  await using pop110 = await startForwarder(dovecot.ports.pop3, address, 110);
  expect([smtp25, smtp587, imap993, imap143, pop110].map(({ port }) => port)).toEqual([25, 587, 993, 143, 110]);
  const context = probeContext({ authorities: [certificates.authority] });
  const checks: ProposedCheck[] = [];
  for await (const event of propose({ kind: 'network', addresses: [address] }, context))
    if (event.kind === 'host') checks.push(...event.host.checks);
  // The certificates are for 127.0.0.1 and mail.firm.test: nobody vouches for them under this address.
  const proposed = (port: number) =>
    checks.filter(({ settings }) => settings['port'] === port && 'security' in settings);
  expect(proposed(25)).toMatchObject([{ kind: 'smtp', recommended: true, settings: { security: 'none' } }]);
  expect(proposed(587)).toMatchObject([{ kind: 'smtp', settings: { security: 'starttls', verifyCertificate: false } }]);
  expect(proposed(993)).toMatchObject([{ kind: 'imap', settings: { security: 'tls' } }]);
  expect(proposed(143)).toMatchObject([{ kind: 'imap', settings: { security: 'starttls' } }]);
  expect(proposed(110)).toMatchObject([{ kind: 'pop3', settings: { security: 'starttls' } }]);
  expect(checks.filter(({ kind }) => kind === 'tcp')).toEqual([]);
  expect(checks.filter(({ kind, recommended }) => kind === 'tls' && recommended)).toEqual([]);
});

describe('Dovecot by IMAP', () => {
  test('greets and is up', async () => {
    expect(await imap({})).toMatchObject({ verdict: 'up', reason: { code: 'ready' } });
    expect(await imap({ port: dovecot.ports.imap, security: 'starttls' })).toMatchObject({ verdict: 'up' });
  });
  test('opens the inbox and counts', async () => {
    const result = await imap({ ...alice });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'opened', data: { folder: 'INBOX' } } });
    expect(metricsOf(result)).toEqual(expect.arrayContaining(['auth', 'messages', 'unseen']));
  });
  test('spares the password the way in the clear', async () => {
    const plain = { port: dovecot.ports.imap, security: 'none', ...alice };
    expect(await imap(plain)).toMatchObject({ verdict: 'up', reason: { code: 'opened' } });
    const counted = await look('pop3', { ...plain, port: dovecot.ports.pop3 });
    expect(counted).toMatchObject({ verdict: 'up', reason: { code: 'counted' } });
  });
  test('refuses a wrong password and a folder that is not there', async () => {
    expect((await imap({ ...alice, password: 'wrong' })).reason.code).toBe('signInRefused');
    expect((await imap({ ...alice, folder: 'Élan "& co' })).reason).toMatchObject({
      code: 'folderMissing',
      data: { folder: 'Élan "& co' },
    });
  });
  test('tells how full a mailbox is', async () => {
    for (let count = 0; count < 3; count += 1)
      await postfix.submit(small.user, `Subject: big\n\n${'x'.repeat(1_900)}\n`);
    await expect
      .poll(async () => (await imap({ ...small })).metrics, { timeout: 15_000 })
      .toContainEqual(expect.objectContaining({ name: 'messages', value: 3 }));
    const settings = { ...small, warnQuotaPercent: 50, downQuotaPercent: 100 };
    expect(await imap(settings)).toMatchObject({ verdict: 'degraded', reason: { code: 'nearlyFull' } });
    expect(await imap({ ...settings, downQuotaPercent: 60 })).toMatchObject({
      verdict: 'down',
      reason: { code: 'full' },
    });
    expect(await imap({ ...small, warnMessages: 2 })).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'manyMessages', data: { messages: 3 } },
    });
    const counted = await look('pop3', { port: dovecot.ports.pop3s, ...small, warnMessages: 2 });
    expect(counted).toMatchObject({ verdict: 'degraded', reason: { code: 'manyMessages', data: { messages: 3 } } });
  });
  test('is judged by its certificate, and by STARTTLS', async () => {
    const named = { serverName: mailName };
    expect((await imap(named, dovecotAddresses.expired)).reason.code).toBe('certificateExpired');
    expect((await imap(named, dovecotAddresses.other)).reason.code).toBe('certificateOtherName');
    expect((await imap(named, dovecotAddresses.stranger)).reason.code).toBe('certificateUntrusted');
    const plain = { port: dovecot.ports.imap, security: 'starttls' };
    expect((await imap({ ...plain, ...named }, dovecotAddresses.expired)).reason.code).toBe('certificateExpired');
    expect((await imap(plain, dovecotAddresses.withoutTls)).reason.code).toBe('startTlsMissing');
  });
});

describe('Dovecot by POP3', () => {
  test('greets, signs in and counts', async () => {
    expect(await pop3({})).toMatchObject({ verdict: 'up', reason: { code: 'ready' } });
    expect(await pop3({ port: dovecot.ports.pop3, security: 'starttls', ...alice })).toMatchObject({
      verdict: 'up',
      reason: { code: 'counted' },
    });
  });
  test('refuses a wrong password', async () => {
    expect((await pop3({ ...alice, password: 'wrong' })).reason.code).toBe('signInRefused');
  });
  test('is judged by its certificate, and by STARTTLS', async () => {
    expect((await pop3({ serverName: mailName }, dovecotAddresses.expired)).reason.code).toBe('certificateExpired');
    const plain = { port: dovecot.ports.pop3, security: 'starttls' };
    expect((await pop3(plain, dovecotAddresses.withoutTls)).reason.code).toBe('startTlsMissing');
  });
});

test('Dovecot that is frozen is down in time', async () => {
  dovecot.daemon.freeze();
  try {
    expect((await look('imap', { port: dovecot.ports.imap, security: 'starttls' }, undefined, 600)).reason.code).toBe(
      'silent',
    );
    expect((await look('pop3', { port: dovecot.ports.pop3, security: 'starttls' }, undefined, 600)).reason.code).toBe(
      'silent',
    );
    const frozen = await look('imap', { port: dovecot.ports.imaps }, undefined, 600);
    expect(frozen.reason.code).toBe('handshakeTimeout');
  } finally {
    dovecot.daemon.thaw();
  }
});

describe.each([
  ['smtp', '220 mail.firm.test ESMTP'],
  ['imap', '* OK ready'],
  ['pop3', '+OK ready'],
])('%s', (kind, greeting) => {
  test.concurrent.each(hostileGreeters(greeting))('is down and says why when the server %s', async (_what, start) => {
    await using server = await start();
    for (const security of ['none', 'starttls', 'tls']) {
      const result = await look(kind, { port: server.port, security, ...alice }, '127.0.0.1', 400);
      expect(result.verdict).toBe('down');
      expect(result.reason.code).not.toBe('internal');
      expect(result.durationMs).toBeLessThan(5_000);
      expect(Buffer.byteLength(result.output)).toBeLessThanOrEqual(8_192);
      expect(kinds.get(kind)?.tell(result.reason, 'fr')).not.toMatch(/[^\P{Cc}\n]/u);
    }
  });

  test('is down on a closed port', async () => {
    expect((await look(kind, { port: await closedPort() })).reason.code).toBe('refused');
  });
});

test('a server that slips clear text in behind STARTTLS is not believed', async () => {
  await using server = await loopbackServer((socket) => {
    socket.write('220 ready\r\n');
    socket.on('data', (chunk) => {
      const said = chunk.toString();
      if (said.startsWith('EHLO')) socket.write('250-hello\r\n250 STARTTLS\r\n');
      if (said.startsWith('STARTTLS')) socket.write('220 go on\r\n250-AUTH PLAIN\r\n');
    });
  });
  expect((await look('smtp', { port: server.port, ...alice })).reason.code).toBe('strayText');
});

test('servers that are stopped are down', async () => {
  await postfix.daemon[Symbol.asyncDispose]();
  await dovecot.daemon[Symbol.asyncDispose]();
  for (const result of [await smtp({}), await imap({}), await pop3({})])
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'refused' } });
});
