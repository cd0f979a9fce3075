import { createServer } from 'node:https';
import { afterAll, describe, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { closedPort, listen, loopbackServer } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { certificatesFor } from '#probe/testing/served-certificates.ts';
import { startGrpcHealth } from './daemons/grpc-health.ts';
import { startNginx } from './daemons/nginx.ts';
import { hostileServers } from './hostile-servers.ts';

const certificates = certificatesFor('127.0.0.1');
const nginx = await startNginx(certificates.good);
const sockets = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  handleProtocols: (asked) => (asked.has('chat') ? 'chat' : false),
});
await new Promise((resolve) => sockets.once('listening', resolve));
sockets.on('connection', serve);
const secureSite = createServer(certificates.good);
new WebSocketServer({ server: secureSite }).on('connection', serve);
const securePort = await listen(secureSite);
const grpc = await startGrpcHealth();
const secureGrpc = await startGrpcHealth(certificates.good);
afterAll(async () => {
  sockets.close();
  secureSite.close();
  for (const server of [nginx, grpc, secureGrpc]) await server[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

const run = (kind: string, settings: Record<string, unknown>, timeoutMs = 5_000) =>
  runOnce(kind, settings, '127.0.0.1', { timeoutMs, authorities: [certificates.authority] });

/** Echoes, but for words that ask for something else. */
function serve(socket: WebSocket): void {
  socket.on('error', () => undefined);
  socket.on('message', (data) => {
    const word = Buffer.isBuffer(data) ? data.toString('utf8') : '';
    if (word === 'close') socket.close(1011);
    else if (word === 'huge') socket.send('x'.repeat(1_000_000));
    else if (word === 'chatter') for (let at = 0; at < 50; at += 1) socket.send('y'.repeat(100_000));
    else socket.send(`echo ${word}`);
  });
}

describe('nginx', () => {
  const { plain, secure } = nginx;
  test('is watched by HTTP/1.1 and HTTP/2, in clear and within TLS', async () => {
    expect(
      (await run('http', { scheme: 'http', port: plain, headersExpected: ['X-Frame-Options: DENY'] })).verdict,
    ).toBe('up');
    const result = await run('http', { port: secure, httpVersion: '2', patternPresent: 'Intra' });
    expect(result).toMatchObject({ verdict: 'up' });
    expect((await run('http', { scheme: 'http', port: plain, httpVersion: '2' })).verdict).toBe('down');
    expect((await run('http', { scheme: 'http', port: plain, path: '/moved', sizeMin: 5 })).verdict).toBe('up');
    expect((await run('http', { scheme: 'http', port: plain, path: '/broken' })).reason.code).toBe('otherStatus');
  });

  test('lets in who has the password', async () => {
    const settings = { port: secure, path: '/private/', signIn: 'basic', user: 'alice', password: 'sesame' };
    expect((await run('http', settings)).verdict).toBe('up');
    expect((await run('http', { ...settings, password: 'wrong' })).reason.code).toBe('signInRefused');
    expect((await run('http', { ...settings, signIn: 'digest' })).reason.code).toBe('digestMissing');
  });

  test('serves JSON that is compared and steps that are taken', async () => {
    const settings = { port: secure, path: '/health.json', jsonPointer: '$.checks[*].ms', jsonCompare: 'below' };
    expect((await run('http', { ...settings, jsonExpected: '10' })).verdict).toBe('up');
    expect((await run('http', { ...settings, jsonExpected: '5' })).reason.code).toBe('jsonFails');
    const steps =
      'GET /health.json\nHTTP 200\n[Captures]\nname: jsonpath "$.checks[0].name"\nGET /{{name}}\nHTTP 404\n';
    expect((await run('http-steps', { port: secure, steps })).verdict).toBe('up');
  });

  test('that is frozen is down', async () => {
    nginx.daemon.freeze();
    const result = await run('http', { port: secure, httpVersion: '2' }, 500);
    nginx.daemon.thaw();
    expect(result.verdict).toBe('down');
  });
});

describe('a WebSocket', () => {
  const address = sockets.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const open = (settings: Record<string, unknown> = {}, timeoutMs = 3_000) =>
    run('websocket', { scheme: 'ws', port, ...settings }, timeoutMs);

  test('opens, in clear and within TLS', async () => {
    expect(await open()).toMatchObject({ verdict: 'up', reason: { code: 'opened' } });
    const result = await open({ scheme: 'wss', port: securePort });
    expect(result.verdict).toBe('up');
    expect(result.metrics.map(({ name }) => name)).toContain('certificateDays');
  });

  test('answers as expected', async () => {
    const result = await open({ send: 'hello', expect: '^echo hello$' });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'answered' }, output: 'echo hello' });
    expect((await open({ send: 'hello', expect: 'goodbye' }, 400)).reason).toMatchObject({
      code: 'notExpected',
      data: { messages: 1 },
    });
  });

  test('speaks the subprotocol asked for, or is down', async () => {
    expect((await open({ subprotocol: 'chat' })).verdict).toBe('up');
    expect((await open({ subprotocol: 'mqtt' })).verdict).toBe('down');
  });

  test.each([
    ['close', 'closedByServer'],
    ['huge', 'brokenFrame'],
    ['chatter', 'tooMuch'],
  ])('whose server answers with “%s” is down', async (send, code) => {
    expect((await open({ send, expect: 'never' })).reason.code).toBe(code);
  });

  test('is missed where there is none', async () => {
    expect((await open({ port: nginx.plain })).reason.code).toBe('noUpgrade');
    expect((await open({ port: await closedPort() })).reason.code).toBe('refused');
    expect((await open({ scheme: 'wss' })).reason.code).toBe('handshakeFailed');
  });
});

const ask = (settings: Record<string, unknown> = {}, timeoutMs = 3_000) =>
  run('grpc', { security: 'plain', port: grpc.port, ...settings }, timeoutMs);

describe('gRPC health', () => {
  test('is up where it serves, in clear and within TLS', async () => {
    expect(await ask()).toMatchObject({ verdict: 'up', reason: { code: 'serving' } });
    expect((await ask({ security: 'tls', port: secureGrpc.port })).verdict).toBe('up');
  });

  test('tells each way of not serving', async () => {
    grpc.services.set('shop.Orders', 'NOT_SERVING').set('shop.Leaving', 'UNAVAILABLE').set('shop.Stuck', 'SILENT');
    expect((await ask({ service: 'shop.Orders' })).reason).toMatchObject({
      code: 'notServing',
      data: { status: 'NOT_SERVING' },
    });
    expect((await ask({ service: 'shop.None' })).reason.code).toBe('serviceUnknown');
    expect((await ask({ service: 'shop.Leaving' })).reason).toMatchObject({
      code: 'callFailed',
      data: { status: 'UNAVAILABLE' },
    });
    expect((await ask({ service: 'shop.Stuck' }, 600)).verdict).toBe('down');
    grpc.services.set('shop.Orders', 'SERVING');
    expect((await ask({ service: 'shop.Orders' })).verdict).toBe('up');
  });

  test('is missed where there is none', async () => {
    expect((await ask({ security: 'tls', port: nginx.secure })).reason.code).toBe('notGrpc');
    expect((await ask({ port: await closedPort() })).reason.code).toBe('refused');
  });
});

describe.each(['http', 'websocket', 'grpc', 'prometheus'])('%s', (kind) => {
  const settings = {
    http: { scheme: 'http', httpVersion: '2' },
    websocket: { scheme: 'ws' },
    grpc: { security: 'plain' },
    prometheus: {},
  };
  test.concurrent.each(hostileServers())('meets a server that %s, and calls it down in time', async (_name, start) => {
    await using server = await start();
    const own = Object.entries(settings).find(([name]) => name === kind)?.[1] ?? {};
    const result = await run(kind, { ...own, port: server.port }, 400);
    expect(result.verdict).toBe('down');
    expect(result.durationMs).toBeLessThan(5_000);
  });
});

test('a WebSocket server that breaks the protocol is down', async () => {
  await using rude = await loopbackServer((socket) =>
    socket.once('data', () =>
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n',
      ),
    ),
  );
  const result = await run('websocket', { scheme: 'ws', port: rude.port }, 1_000);
  expect(result).toMatchObject({ verdict: 'down', reason: { code: 'badHandshake' } });
});
