import { createSocket, type Socket } from 'node:dgram';
import { describe, expect, test } from 'vitest';
import { runOnce } from '#probe/testing/probe-context.ts';

/** A UDP server on loopback that does as told with each datagram. */
async function udpServer(talk: (bytes: Buffer, answer: (text: Buffer | string) => void, socket: Socket) => void) {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, from) => talk(bytes, (text) => socket.send(text, from.port, from.address), socket));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, [Symbol.dispose]: () => socket.close() };
}

describe('a UDP port', () => {
  test('that answers as expected is up', async () => {
    using server = await udpServer((bytes, answer) => answer(`echo ${bytes.toString()}`));
    const asked = { port: server.port, wants: 'answer', send: 'hello\\n' };
    expect(await runOnce('udp', { ...asked, expect: 'hello' })).toMatchObject({
      verdict: 'up',
      output: 'echo hello\n',
    });
    expect((await runOnce('udp', { ...asked, expect: 'echo*\\n' })).verdict).toBe('up');
    expect((await runOnce('udp', { ...asked, expect: 'hello*' })).reason.code).toBe('otherAnswer');
  });

  test('is sent bytes, and shows bytes', async () => {
    using server = await udpServer((bytes, answer) => answer(bytes));
    const result = await runOnce('udp', { port: server.port, wants: 'answer', sendHex: 'ff 00 80' });
    expect(result).toMatchObject({ verdict: 'up', output: 'ff0080' });
  });

  test('that is silent is down or up, as chosen', async () => {
    using server = await udpServer(() => undefined);
    const options = { timeoutMs: 200 };
    expect(await runOnce('udp', { port: server.port, wants: 'answer' }, '127.0.0.1', options)).toMatchObject({
      verdict: 'down',
      reason: { code: 'noAnswer' },
    });
    expect(await runOnce('udp', { port: server.port }, '127.0.0.1', options)).toMatchObject({
      verdict: 'up',
      reason: { code: 'notRefused' },
    });
  });

  test('that loses the first datagram is asked again', async () => {
    let lost = 0;
    using server = await udpServer((_bytes, answer) => (lost++ === 0 ? undefined : answer('late')));
    const result = await runOnce('udp', { port: server.port, wants: 'answer' }, '127.0.0.1', { timeoutMs: 400 });
    expect(result).toMatchObject({ verdict: 'up', output: 'late' });
  });

  test('on which nothing listens is down', async () => {
    let port = 0;
    {
      using server = await udpServer(() => undefined);
      port = server.port;
    }
    expect(await runOnce('udp', { port })).toMatchObject({ verdict: 'down', reason: { code: 'refused' } });
  });

  test('that floods is judged by its first datagram', async () => {
    using server = await udpServer((_bytes, answer) => {
      for (let index = 0; index < 500; index += 1) answer(Buffer.alloc(1_000, index));
    });
    expect((await runOnce('udp', { port: server.port, wants: 'answer', expect: 'x' })).reason.code).toBe('otherAnswer');
  });
});
