import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { afterAll, describe, expect, test } from 'vitest';
import { certificatesFor } from '#probe/testing/served-certificates.ts';
import { closedPort, listen, loopbackServer } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { readPointer } from '#probe/web/json-pointer.ts';
import { statusMatches } from './judge-page.ts';

const site = createHttpServer((request, response) => {
  switch (request.url) {
    case '/json':
      response.end(JSON.stringify({ status: { database: 'ok', lag: 3 }, list: [{ state: 'green' }] }));
      break;
    case '/hostile-json':
      response.end(String.raw`{"state":"\u001b[31mred\u0000"}`);
      break;
    case '/fails':
      response.writeHead(500).end('broken inside');
      break;
    case '/moved':
      response.writeHead(302, { location: '/' }).end();
      break;
    case '/circle':
      response.writeHead(302, { location: '/circle' }).end();
      break;
    case '/outside':
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
      break;
    case '/script':
      response.writeHead(302, { location: 'javascript:alert(1)' }).end();
      break;
    case '/binary':
      response.end(Buffer.from([0, 27, 91, 51, 49, 109, 255, 254, 65]));
      break;
    default:
      response.end('Welcome to the intranet');
  }
});
const port = await listen(site);
afterAll(() => site.close());

const plain = (settings: Record<string, unknown>, timeoutMs = 2_000) =>
  runOnce('http', { scheme: 'http', port, ...settings }, '127.0.0.1', { timeoutMs });

describe('a healthy page', () => {
  test('is up, with a time for each phase', async () => {
    const result = await plain({});
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'answered', data: { status: 200 } } });
    expect(result.metrics.map(({ name }) => name)).toEqual(['lookup', 'connect', 'firstByte', 'total', 'size']);
    expect(result.output).toContain('Welcome to the intranet');
  });

  test('is asked for its head alone when HEAD is chosen', async () => {
    expect((await plain({ method: 'HEAD' })).verdict).toBe('up');
  });

  test('has the text it has to have', async () => {
    expect((await plain({ textPresent: 'intranet' })).verdict).toBe('up');
    expect((await plain({ textPresent: 'extranet' })).reason.code).toBe('textMissing');
    expect((await plain({ textAbsent: 'intranet' })).reason.code).toBe('textFound');
  });

  test('has the JSON value it has to have', async () => {
    const ask = (jsonPointer: string, jsonExpected: string) => plain({ path: '/json', jsonPointer, jsonExpected });
    expect((await ask('/status/database', 'ok')).verdict).toBe('up');
    expect((await ask('/list/0/state', 'green')).verdict).toBe('up');
    expect((await ask('/status/lag', '3')).verdict).toBe('up');
    expect((await ask('/status/database', 'gone')).reason).toEqual({
      code: 'jsonOther',
      data: { pointer: '/status/database', expected: 'gone', found: 'ok' },
    });
    expect((await ask('/constructor', '')).reason.code).toBe('jsonMissing');
    expect((await plain({ jsonPointer: '/a' })).reason.code).toBe('notJson');
  });

  test('is reached through redirects, as many as allowed', async () => {
    expect((await plain({ path: '/moved' })).reason).toMatchObject({ code: 'answered', data: { status: 200 } });
    expect((await plain({ path: '/moved', redirects: 0 })).reason).toMatchObject({ data: { status: 302 } });
    expect((await plain({ path: '/circle', redirects: 3 })).reason.code).toBe('tooManyRedirects');
    expect((await plain({ path: '/script' })).reason.code).toBe('badRedirect');
  });

  test('does not lead to an address that is not allowed', async () => {
    const reached: string[] = [];
    const result = await runOnce('http', { scheme: 'http', port, path: '/outside' }, '127.0.0.1', {
      mayReach: (address) => {
        reached.push(address);
        return address === '127.0.0.1';
      },
    });
    expect(result).toMatchObject({
      verdict: 'unknown',
      reason: { code: 'addressForbidden', data: { address: '169.254.169.254' } },
    });
    expect(reached).toEqual(['127.0.0.1', '169.254.169.254']);
  });

  test('quotes hostile content harmlessly', async () => {
    const { reason } = await plain({ path: '/hostile-json', jsonPointer: '/state', jsonExpected: 'green' });
    expect(reason).toMatchObject({ code: 'jsonOther', data: { found: 'red\uFFFD' } });
  });

  test('shows binary content as harmless text', async () => {
    const { output } = await plain({ path: '/binary' });
    expect(output).not.toMatch(/[^\P{Cc}\n\t]/u);
  });
});

describe('a failing server', () => {
  test('that answers 500 is down', async () => {
    expect(await plain({ path: '/fails' })).toMatchObject({
      verdict: 'down',
      reason: { code: 'otherStatus', data: { status: 500 } },
    });
  });

  test('that refuses is down', async () => {
    const result = await runOnce('http', { scheme: 'http', port: await closedPort() });
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'refused' } });
  });

  test('that hangs is down when the time is up', async () => {
    await using server = await loopbackServer(() => undefined);
    const result = await runOnce('http', { scheme: 'http', port: server.port }, '127.0.0.1', { timeoutMs: 200 });
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'noAnswer', data: { ms: 200 } } });
  });

  test('that drips slowly is down when the time is up', async () => {
    await using server = await loopbackServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      const drip = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    const result = await runOnce('http', { scheme: 'http', port: server.port }, '127.0.0.1', { timeoutMs: 300 });
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'bodyUnfinished' } });
  });

  test('whose body never ends is judged by its beginning', async () => {
    await using server = await loopbackServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\nthe beginning');
      const block = Buffer.alloc(64 * 1024, 'x');
      const pour = (): void => {
        while (!socket.destroyed && socket.write(block));
      };
      socket.on('drain', pour);
      pour();
    });
    const result = await runOnce('http', { scheme: 'http', port: server.port, textPresent: 'the beginning' });
    expect(result.verdict).toBe('up');
    expect(result.metrics).toContainEqual({ name: 'size', unit: 'bytes', value: 512 * 1024 });
  });

  test.each([
    ['speaks something else', 'SSH-2.0-OpenSSH_9.2\r\n', 'malformed'],
    [
      'sends endless headers',
      `HTTP/1.1 200 OK\r\n${'x-filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(2_000)}`,
      'malformed',
    ],
    ['lies about the chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n', 'malformed'],
  ])('that %s is down', async (_what, answer, code) => {
    await using server = await loopbackServer((socket) => socket.write(answer));
    const result = await runOnce('http', { scheme: 'http', port: server.port }, '127.0.0.1', { timeoutMs: 500 });
    expect(result).toMatchObject({ verdict: 'down', reason: { code } });
  });

  test('that closes before answering is down', async () => {
    await using server = await loopbackServer((socket) => socket.end());
    expect((await runOnce('http', { scheme: 'http', port: server.port })).reason.code).toBe('closedEarly');
  });

  test('that resets is down', async () => {
    await using server = await loopbackServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect((await runOnce('http', { scheme: 'http', port: server.port })).verdict).toBe('down');
  });

  test('is left alone when the check is stopped', async () => {
    await using server = await loopbackServer(() => undefined);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const result = await runOnce('http', { scheme: 'http', port: server.port }, '127.0.0.1', { signal: stop.signal });
    expect(result).toMatchObject({ verdict: 'unknown', reason: { code: 'stopped' } });
  });
});

describe('a certificate', () => {
  const certificates = certificatesFor('127.0.0.1', 'localhost');
  afterAll(() => certificates[Symbol.dispose]());

  async function ask(
    which: 'good' | 'expired' | 'soon' | 'other' | 'stranger',
    settings: Record<string, unknown> = {},
  ) {
    const server = createHttpsServer(certificates[which], (_request, response) => response.end('secret'));
    try {
      const securePort = await listen(server);
      const options = { authorities: [certificates.authority] };
      return await runOnce('http', { port: securePort, ...settings }, '127.0.0.1', options);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test('that is good is up and tells its days', async () => {
    const result = await ask('good');
    expect(result.verdict).toBe('up');
    expect(result.metrics.map(({ name }) => name)).toContain('certificateDays');
  });
  test('that has expired is down, verified or not', async () => {
    expect((await ask('expired')).reason.code).toBe('certificateExpired');
    expect((await ask('expired', { verifyCertificate: false })).reason.code).toBe('certificateExpired');
  });
  test('that ends soon is degraded', async () => {
    expect(await ask('soon')).toMatchObject({ verdict: 'degraded', reason: { code: 'certificateExpiresSoon' } });
    expect((await ask('soon', { warnDays: 0 })).verdict).toBe('up');
  });
  test('for another name is down unless it is not verified', async () => {
    expect((await ask('other')).reason.code).toBe('certificateOtherName');
    expect((await ask('other', { verifyCertificate: false })).verdict).toBe('up');
  });
  test('that nobody vouches for is down', async () => {
    expect((await ask('stranger')).reason.code).toBe('certificateUntrusted');
  });
  test('cannot be had from a server without TLS', async () => {
    expect((await runOnce('http', { port }, '127.0.0.1')).reason.code).toBe('handshakeFailed');
  });
});

test('a JSON pointer leads to own members only', () => {
  const document = { 'a/b': { '~': 1 }, list: [10, 20] };
  expect(readPointer(document, '/a~1b/~0')).toBe(1);
  expect(readPointer(document, '/list/1')).toBe(20);
  expect(readPointer(document, '/list/length')).toBeUndefined();
  expect(readPointer(document, '/toString')).toBeUndefined();
});

test('expected status codes are single ones and ranges', () => {
  expect(statusMatches('200-299,401', 204)).toBe(true);
  expect(statusMatches('200-299,401', 401)).toBe(true);
  expect(statusMatches('200-299,401', 402)).toBe(false);
});
