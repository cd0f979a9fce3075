import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { listen } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { makeChain, startTlsServer } from './daemons/start-tls-server.ts';

const chain = await makeChain();
afterAll(() => chain[Symbol.asyncDispose]());
const authorities = [readFileSync(join(chain.path, 'root.pem'), 'utf8')];
const leaf = ['-cert', 'leaf.pem', '-key', 'leaf.key'];
const whole = [...leaf, '-cert_chain', 'between.pem'];

const ask = (port: number, settings: Record<string, unknown> = {}, timeoutMs = 5_000) =>
  runOnce('tls', { port, inspectOffer: true, ...settings }, '127.0.0.1', { timeoutMs, authorities });

describe('a server whose certificate comes from an authority in between', () => {
  test('is up when it sends the whole chain and nothing weak is offered', async () => {
    await using server = await startTlsServer(chain, [...whole, '-status_file', 'staple.der']);
    const result = await ask(server.port, { requireStaple: true });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'valid' } });
    expect(result.output).toContain('chain sent: good, 2 certificates');
    expect(result.output).toContain('OCSP staple: yes');
    expect(result.output).toContain('key: rsa 2048');
  });

  test('is degraded without the staple that is wanted', async () => {
    await using server = await startTlsServer(chain, whole);
    expect((await ask(server.port)).verdict).toBe('up');
    expect(await ask(server.port, { requireStaple: true })).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'noStaple' },
    });
  });

  test('is down when it leaves the one in between out, and the sentence says so', async () => {
    await using server = await startTlsServer(chain, leaf);
    expect(await ask(server.port)).toMatchObject({ verdict: 'down', reason: { code: 'chainIncomplete' } });
    expect((await ask(server.port, { inspectOffer: false })).reason.code).toBe('certificateUntrusted');
  });

  test('is degraded when the chain is out of order', async () => {
    await using server = await startTlsServer(chain, [...leaf, '-cert_chain', 'disordered.pem']);
    expect(await ask(server.port)).toMatchObject({ verdict: 'degraded', reason: { code: 'chainDisordered' } });
  });

  test('of TLS 1.3 alone hides its chain, and that is no fault', async () => {
    await using server = await startTlsServer(chain, [...whole, '-tls1_3']);
    const result = await ask(server.port, { requireStaple: true });
    expect(result.verdict).toBe('up');
    expect(result.output).toContain('chain sent: unseen');
  });
});

describe('a server that offers what is weak', () => {
  test('is told by the versions it still takes', async () => {
    await using server = await startTlsServer(chain, [...whole, '-cipher', 'DEFAULT:@SECLEVEL=0']);
    expect(await ask(server.port)).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'oldVersions', data: { versions: 'TLS 1.0, TLS 1.1' } },
    });
    expect((await ask(server.port, { inspectOffer: false })).verdict).toBe('up');
  });

  test('is told by a cipher without a certificate', async () => {
    const options = ['-no_tls1', '-no_tls1_1', '-cipher', 'ALL:eNULL:@SECLEVEL=0'];
    await using server = await startTlsServer(chain, [...whole, ...options]);
    const result = await ask(server.port);
    expect(result).toMatchObject({ verdict: 'degraded', reason: { code: 'weakCipher' } });
    expect(String(result.reason.data['cipher'])).toMatch(/NULL|anon/u);
  });

  test('is told by a key that is too short', async () => {
    const options = ['-cert', 'weak.pem', '-key', 'weak.key', '-cipher', 'DEFAULT:@SECLEVEL=0'];
    await using server = await startTlsServer(chain, options);
    expect(await ask(server.port)).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'weakKey', data: { bits: 1024 } },
    });
    expect((await ask(server.port, { minKeyBits: 1024, inspectOffer: false })).verdict).toBe('up');
  });
});

describe('STARTTLS', () => {
  test.each(['smtp', 'imap', 'pop3', 'ftp', 'postgres', 'mysql', 'ldap'])('goes over in %s', async (protocol) => {
    await using server = await startTlsServer(chain, whole);
    const prelude = preludes[protocol] ?? '';
    await using front = await clearFront(prelude, server.port);
    const startTls = protocol === 'postgres' ? 'postgresql' : protocol;
    expect(await ask(front.port, { startTls, inspectOffer: protocol === 'smtp' })).toMatchObject({ verdict: 'up' });
    expect((await ask(server.port, { startTls }, 500)).verdict).toBe('down');
  });

  test('that is refused, babbled at or cut is told so', async () => {
    const codes = new Map([
      ['554 no\r\n', 'startTlsRefused'],
      ['220 hello\r\n|250 nothing\r\n|502 what?\r\n', 'startTlsRefused'],
      ['220 hello\r\n|250 nothing\r\n|220 go\r\nand clear text', 'strayText'],
      ['x'.repeat(70_000), 'babble'],
      ['', 'closedEarly'],
    ]);
    for (const [script, code] of codes) {
      await using front = await clearFront(script);
      const result = await ask(front.port, { startTls: 'smtp' });
      expect(result).toMatchObject({ verdict: 'down', reason: { code } });
    }
  });
});

/** What each server says before TLS, one answer after the other; the first comes unasked where the server speaks first. */
const preludes: Readonly<Record<string, string>> = {
  smtp: '220-mail\r\n220 ready\r\n|250-mail\r\n250 STARTTLS\r\n|220 go\r\n',
  imap: '* OK ready\r\n|a1 OK go\r\n',
  pop3: '+OK ready\r\n|+OK go\r\n',
  ftp: '220 ready\r\n|234 go\r\n',
  postgres: '|S',
  mysql: Buffer.from('140000000a382e300001000000616161616161616100ffff', 'hex').toString('latin1'),
  ldap: `|${Buffer.from('300c02010178070a010004000400', 'hex').toString('latin1')}`,
};

/** A server that says its lines, one after each thing it hears, and then hands the line on to a TLS server. */
async function clearFront(script: string, tlsPort?: number) {
  const server = createServer((socket) => {
    const lines = script.split('|').map((line) => Buffer.from(line, 'latin1'));
    socket.on('error', () => undefined);
    const first = lines.shift();
    if (first !== undefined && first.length > 0) socket.write(first);
    if (lines.length === 0 && tlsPort === undefined) socket.end();
    const onData = (heard: Buffer): void => {
      const next = lines.shift();
      if (next !== undefined) socket.write(next);
      if (lines.length > 0) return;
      socket.off('data', onData);
      if (tlsPort === undefined) {
        if (next === undefined) socket.end();
        return;
      }
      const inner = connect(tlsPort, '127.0.0.1');
      inner.on('error', () => socket.destroy());
      // MySQL's client does not wait: behind its request of 36 bytes TLS may follow at once.
      if (heard.length > 36) inner.write(heard.subarray(36));
      socket.pipe(inner).pipe(socket);
    };
    socket.on('data', onData);
  });
  const port = await listen(server);
  return { port, [Symbol.asyncDispose]: async () => void server.close() };
}
