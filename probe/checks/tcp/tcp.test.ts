import { describe, expect, test } from 'vitest';
import { closedPort, loopbackServer } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { unescapeText } from '#probe/unescape-text.ts';

describe('a port', () => {
  test('that accepts is up', async () => {
    await using server = await loopbackServer(() => undefined);
    const result = await runOnce('tcp', { port: server.port });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'open' } });
    expect(result.metrics.map(({ name }) => name)).toEqual(['connect', 'total']);
  });

  test('that answers as expected is up', async () => {
    await using server = await loopbackServer((socket) => {
      socket.on('data', (chunk) => {
        if (chunk.toString() === 'PING\r\n') socket.write('+PONG\r\n');
      });
    });
    expect(await runOnce('tcp', { port: server.port, send: String.raw`PING\r\n`, expect: 'PONG' })).toMatchObject({
      verdict: 'up',
      output: '+PONG\n',
    });
  });

  test('that refuses is down', async () => {
    expect((await runOnce('tcp', { port: await closedPort() })).reason.code).toBe('refused');
  });

  test('that says nothing is down when an answer is expected', async () => {
    await using server = await loopbackServer(() => undefined);
    const result = await runOnce('tcp', { port: server.port, expect: 'SSH-' }, '127.0.0.1', { timeoutMs: 150 });
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'noAnswer' } });
  });

  test('that resets, closes or says something else is down', async () => {
    await using resets = await loopbackServer((socket) => setTimeout(() => socket.resetAndDestroy(), 20));
    expect((await runOnce('tcp', { port: resets.port, expect: 'x' })).reason.code).toBe('reset');
    await using closes = await loopbackServer((socket) => socket.end('bye'));
    expect((await runOnce('tcp', { port: closes.port, expect: 'x' })).reason.code).toBe('otherAnswer');
  });

  test('that never stops talking is judged by its first 8 KiB', async () => {
    await using server = await loopbackServer((socket) => {
      const block = Buffer.alloc(4096, 0);
      const pour = (): void => {
        while (!socket.destroyed && socket.write(block));
      };
      socket.on('drain', pour);
      pour();
    });
    const result = await runOnce('tcp', { port: server.port, expect: 'SSH-' });
    expect(result.reason.code).toBe('otherAnswer');
    expect(Buffer.byteLength(result.output)).toBeLessThanOrEqual(8192);
  });

  test('is not touched when its address is not allowed', async () => {
    let touched = false;
    await using server = await loopbackServer(() => (touched = true));
    const result = await runOnce('tcp', { port: server.port }, '127.0.0.1', { mayReach: () => false });
    expect(result.reason.code).toBe('addressForbidden');
    expect(touched).toBe(false);
  });

  test('behind a name that does not exist is down, and says so', async () => {
    const result = await runOnce('tcp', { port: 80 }, 'no-such-host-here');
    expect(result.reason.code).toMatch(/^name/u);
  });
});

test('escapes in what is sent are understood', () => {
  expect(unescapeText(String.raw`a\r\n\t\\\x41\q`)).toBe('a\r\n\t\\A\\q');
});
