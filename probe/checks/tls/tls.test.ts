import { constants } from 'node:crypto';
import { createServer, type TlsOptions } from 'node:tls';
import { afterAll, describe, expect, test } from 'vitest';
import { listen, loopbackServer } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { certificatesFor } from '#probe/testing/served-certificates.ts';

const certificates = certificatesFor('127.0.0.1', 'www.firm.example');
afterAll(() => certificates[Symbol.dispose]());

async function ask(options: TlsOptions, settings: Record<string, unknown> = {}) {
  const server = createServer(options, (socket) => socket.on('error', () => undefined));
  try {
    const port = await listen(server);
    return await runOnce('tls', { port, ...settings }, '127.0.0.1', { authorities: [certificates.authority] });
  } finally {
    server.close();
  }
}

describe('a certificate', () => {
  test('that is good is up', async () => {
    const result = await ask(certificates.good);
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'valid', data: { protocol: 'TLSv1.3' } } });
    expect(result.output).toContain('www.firm.example');
  });
  test('is judged for the name that is asked for', async () => {
    expect((await ask(certificates.good, { serverName: 'www.firm.example' })).verdict).toBe('up');
    expect((await ask(certificates.good, { serverName: 'mail.firm.example' })).reason.code).toBe(
      'certificateOtherName',
    );
  });
  test('passes from up to degraded to down as its days run out', async () => {
    expect((await ask(certificates.soon, { warnDays: 2 })).verdict).toBe('up');
    expect((await ask(certificates.soon, { warnDays: 7 })).verdict).toBe('degraded');
    expect((await ask(certificates.soon, { downDays: 7 })).verdict).toBe('down');
    expect((await ask(certificates.expired)).reason.code).toBe('certificateExpired');
  });
  test('of an unknown authority is down unless the chain is not verified', async () => {
    expect((await ask(certificates.stranger)).reason.code).toBe('certificateUntrusted');
    expect((await ask(certificates.stranger, { verifyChain: false })).verdict).toBe('up');
  });
});

test('an obsolete protocol is named', async () => {
  const obsolete: TlsOptions = {
    ...certificates.good,
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
    secureOptions: constants.SSL_OP_NO_TLSv1_3,
  };
  expect(await ask(obsolete)).toMatchObject({
    verdict: 'degraded',
    reason: { code: 'weakProtocol', data: { protocol: 'TLSv1.1' } },
  });
});

test('a server that does not shake hands is down when the time is up', async () => {
  await using server = await loopbackServer(() => undefined);
  const result = await runOnce('tls', { port: server.port }, '127.0.0.1', { timeoutMs: 200 });
  expect(result).toMatchObject({ verdict: 'down', reason: { code: 'handshakeTimeout' } });
});

test('a server that speaks something else is down', async () => {
  await using server = await loopbackServer((socket) => socket.end('220 mail ready\r\n'));
  expect((await runOnce('tls', { port: server.port })).reason.code).toBe('handshakeFailed');
});
