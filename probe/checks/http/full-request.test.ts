import { createHash } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { createSecureServer, createServer as createHttp2Server } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import { afterAll, describe, expect, test } from 'vitest';
import { listen, loopbackServer } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { certificatesFor } from '#probe/testing/served-certificates.ts';

const seen: { origin: string; headers: Record<string, unknown>; method: string; body: string }[] = [];

function answerer(origin: string) {
  return createHttpServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ origin, headers: request.headers, method: request.method ?? '', body });
      const path = request.url ?? '/';
      if (path.startsWith('/to?')) response.writeHead(302, { location: decodeURIComponent(path.slice(4)) }).end();
      else if (path === '/basic' && request.headers.authorization !== 'Basic dXNlcjpww6Rzcw==')
        response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      else if (path === '/digest') answerDigest(request.headers.authorization, request.method ?? '', response);
      else if (path === '/json') response.end('{"items":[{"n":1,"s":"ok"},{"n":5,"s":"ok"}],"load":0.5}');
      else response.writeHead(200, { 'x-frame-options': 'DENY', server: 'toy/1' }).end(`page ${'x'.repeat(100)}`);
    });
  });
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function answerDigest(
  authorization: string | undefined,
  method: string,
  response: import('node:http').ServerResponse,
): void {
  const field = (name: string): string => new RegExp(`\\b${name}="?([^",]*)`, 'u').exec(authorization ?? '')?.[1] ?? '';
  const expected = md5(
    `${md5('user:the "realm":päss')}:n0nce:${field('nc')}:${field('cnonce')}:auth:${md5(`${method}:/digest`)}`,
  );
  if (field('response') === expected && field('opaque') === 'o') response.end('signed in');
  else
    response
      .writeHead(401, {
        'www-authenticate': String.raw`Basic realm="b", Digest realm="the \"realm\"", qop="auth,auth-int", nonce="n0nce", opaque="o"`,
      })
      .end();
}

const site = answerer('site');
const other = answerer('other');
const port = await listen(site);
const otherPort = await listen(other);
afterAll(() => [site.close(), other.close()]);

const ask = (settings: Record<string, unknown>, timeoutMs = 2_000) =>
  runOnce('http', { scheme: 'http', port, ...settings }, '127.0.0.1', { timeoutMs });

const json = (jsonPointer: string, jsonCompare: string, jsonExpected: string) =>
  ask({ path: '/json', jsonPointer, jsonCompare, jsonExpected });

describe('a request', () => {
  test('carries method, headers and body', async () => {
    const settings = { method: 'PUT', headers: ['X-One: 1'], secretHeader: 'X-Key: k', body: '{"a":1}' };
    expect((await ask(settings)).verdict).toBe('up');
    expect(seen.at(-1)).toMatchObject({ method: 'PUT', body: '{"a":1}', headers: { 'x-one': '1', 'x-key': 'k' } });
  });

  test('signs in by Basic and by Digest', async () => {
    const who = { user: 'user', password: 'päss' };
    expect((await ask({ path: '/basic', signIn: 'basic', ...who })).verdict).toBe('up');
    expect((await ask({ path: '/digest', signIn: 'digest', ...who })).output).toContain('signed in');
    for (const [path, signIn] of [
      ['/basic', 'basic'],
      ['/digest', 'digest'],
    ])
      expect(await ask({ path, signIn, user: 'user', password: 'wrong' })).toMatchObject({
        verdict: 'down',
        reason: { code: 'signInRefused', data: { status: 401 } },
      });
  });

  test('keeps credential and headers from another server', async () => {
    const path = `/to?${encodeURIComponent(`http://127.0.0.1:${otherPort}/`)}`;
    const result = await ask({ path, signIn: 'bearer', password: 't', headers: ['X-One: 1'] });
    expect(result.verdict).toBe('up');
    expect(seen.at(-2)?.headers['authorization']).toBe('Bearer t');
    expect(seen.at(-1)).toMatchObject({ origin: 'other' });
    expect(seen.at(-1)?.headers).not.toHaveProperty('authorization');
    expect(seen.at(-1)?.headers).not.toHaveProperty('x-one');
    expect((await ask({ path, redirectTo: 'same' })).reason.code).toBe('redirectElsewhere');
  });
});

describe('an answer', () => {
  test('has the headers it has to have', async () => {
    expect((await ask({ headersExpected: ['X-Frame-Options: deny', 'Server', '!X-Powered-By'] })).verdict).toBe('up');
    expect((await ask({ headersExpected: ['Strict-Transport-Security'] })).reason.code).toBe('headerMissing');
    expect((await ask({ headersExpected: ['!Server: toy'] })).reason.code).toBe('headerFound');
    expect((await ask({ headersExpected: ['Server: nginx'] })).reason.code).toBe('headerOther');
  });

  test('matches patterns and sizes', async () => {
    expect((await ask({ patternPresent: '^page x+$', patternAbsent: 'error|fatal', sizeMin: 50 })).verdict).toBe('up');
    expect((await ask({ patternPresent: 'page y' })).reason.code).toBe('patternMissing');
    expect((await ask({ patternAbsent: 'x{20}' })).reason.code).toBe('patternFound');
    expect((await ask({ sizeMin: 500 })).reason.code).toBe('tooSmall');
    expect((await ask({ sizeMax: 50 })).reason.code).toBe('tooLarge');
  });

  test('has JSON values that stand a comparison', async () => {
    expect((await json('$.items[*].s', 'equals', 'ok')).verdict).toBe('up');
    expect((await json('$.items[*].n', 'below', '5')).reason).toMatchObject({
      code: 'jsonFails',
      data: { found: '5' },
    });
    expect((await json('$.items[?@.n > 3].s', 'equals', 'ok')).verdict).toBe('up');
    expect((await json('$.nothing', 'equals', 'ok')).reason.code).toBe('jsonMissing');
    const measured = await json('/load', 'below', '0.9');
    expect(measured.verdict).toBe('up');
    expect(measured.metrics).toContainEqual({ name: 'jsonValue', unit: 'number', value: 0.5 });
  });

  test('that is made to take a pattern long does not', async () => {
    await using server = await loopbackServer((socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${'a'.repeat(400_000)}!`));
    const result = await runOnce('http', { scheme: 'http', port: server.port, patternPresent: '^(a+)+$' });
    expect(result.reason.code).toBe('patternMissing');
  });
});

test('settings that cannot be meant are refused', async () => {
  for (const bad of [
    { patternPresent: '(' },
    { jsonPointer: '$..a..b..c..d' },
    { jsonPointer: "$[?match(@.a,'(a+)+')]" },
    { headers: ['Host: elsewhere'] },
    { headers: ['X: a\r\nY: b'] },
    { clientCertificate: 'not a certificate' },
  ])
    await expect((async () => ask(bad))()).rejects.toThrow(/./u);
});

describe('HTTP/2', () => {
  const certificates = certificatesFor('127.0.0.1');
  afterAll(() => certificates[Symbol.dispose]());
  const options = { authorities: [certificates.authority] };

  test('is spoken over TLS and in clear', async () => {
    const secure = createSecureServer(certificates.good, (request, response) => response.end(request.httpVersion));
    const clear = createHttp2Server((request, response) => response.end(request.httpVersion));
    try {
      const settings = { httpVersion: '2', patternPresent: '^2.0$' };
      const result = await runOnce('http', { port: await listen(secure), ...settings }, '127.0.0.1', options);
      expect(result.verdict).toBe('up');
      expect((await ask({ port: await listen(clear), ...settings })).verdict).toBe('up');
    } finally {
      secure.close();
      clear.close();
    }
  });

  test('is missed where it is not spoken', async () => {
    const server = createHttpsServer(certificates.good, (_request, response) => response.end());
    try {
      const settings = { port: await listen(server), httpVersion: '2' };
      const result = await runOnce('http', settings, '127.0.0.1', options);
      expect(['noHttp2', 'handshakeFailed']).toContain(result.reason.code);
      expect((await ask({ httpVersion: '2' }, 500)).verdict).toBe('down');
    } finally {
      server.close();
    }
  });

  test.each([
    ['says nothing', () => undefined, 'noAnswer'],
    ['closes', (socket: import('node:net').Socket) => socket.end(), 'closedEarly'],
    [
      'sends rubbish',
      (socket: import('node:net').Socket) => socket.write(Buffer.from(Array.from({ length: 999 }, (_n, i) => i % 256))),
      'malformed',
    ],
  ])('from a server that %s is down', async (_what, behaviour, code) => {
    await using server = await loopbackServer(behaviour);
    const result = await ask({ port: server.port, httpVersion: '2' }, 300);
    expect(result).toMatchObject({ verdict: 'down', reason: { code } });
  });
});

test('a client certificate opens a server that asks for one', async () => {
  const certificates = certificatesFor('127.0.0.1');
  const server = createHttpsServer(
    { ...certificates.good, ca: certificates.authority, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const { socket } = request;
      response.writeHead(socket instanceof TLSSocket && socket.authorized ? 200 : 403).end();
    },
  );
  try {
    const settings = { port: await listen(server) };
    const options = { authorities: [certificates.authority] };
    const identity = { clientCertificate: certificates.good.cert, clientKey: certificates.good.key };
    expect((await runOnce('http', { ...settings, ...identity }, '127.0.0.1', options)).verdict).toBe('up');
    // As a field of one line leaves it.
    const oneLine = { ...identity, clientKey: certificates.good.key.replaceAll('\n', '') };
    expect((await runOnce('http', { ...settings, ...oneLine }, '127.0.0.1', options)).verdict).toBe('up');
    expect((await runOnce('http', settings, '127.0.0.1', options)).reason.code).toBe('otherStatus');
    const broken = { ...identity, clientKey: 'no key' };
    const result = await runOnce('http', { ...settings, ...broken }, '127.0.0.1', options);
    expect(result).toMatchObject({ verdict: 'unknown', reason: { code: 'identityUnusable' } });
  } finally {
    server.close();
    certificates[Symbol.dispose]();
  }
});
