import { createSocket } from 'node:dgram';
import { describe, expect, test } from 'vitest';
import { runOnce } from '#probe/testing/probe-context.ts';
import { freePort } from './daemons/free-port.ts';
import { startChronyd } from './daemons/start-chronyd.ts';

const quick = { timeoutMs: 500 };

describe('a time server', () => {
  test('that is in time is up, and tells its stratum', async () => {
    await using server = await startChronyd(3);
    const result = await runOnce('ntp', { port: server.port });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'inTime', data: { stratum: 3 } } });
    expect(result.metrics.map(({ name }) => name)).toEqual([
      'offset',
      'delay',
      'stratum',
      'rootDispersion',
      'rootDistance',
    ]);
    expect(await runOnce('ntp', { port: server.port, maxStratum: 2 })).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'stratumTooHigh' },
    });
    server.daemon.freeze();
    expect((await runOnce('ntp', { port: server.port }, '127.0.0.1', quick)).reason.code).toBe('noAnswer');
    server.daemon.thaw();
    await server.daemon[Symbol.asyncDispose]();
    expect((await runOnce('ntp', { port: server.port }, '127.0.0.1', quick)).reason.code).toBe('refused');
  });

  test('without a source of time is down', async () => {
    await using server = await startChronyd();
    expect(await runOnce('ntp', { port: server.port })).toMatchObject({
      verdict: 'down',
      reason: { code: 'notSynchronised' },
    });
  });
});

/** A time server that answers with what `change` makes of a good answer. */
async function untrueServer(change: (answer: Buffer, question: Buffer) => Buffer) {
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    const answer = Buffer.alloc(48);
    answer[0] = 0x24;
    answer[1] = 2;
    question.copy(answer, 24, 40, 48);
    const seconds = Math.floor((performance.timeOrigin + performance.now()) / 1000) + 2_208_988_800;
    answer.writeUInt32BE(seconds, 32);
    answer.writeUInt32BE(seconds, 40);
    socket.send(change(answer, question), from.port, from.address);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
  return { port, [Symbol.dispose]: () => socket.close() };
}

describe('an answer', () => {
  test('an hour ahead is down, and says by how much', async () => {
    using server = await untrueServer((answer) => {
      answer.writeUInt32BE(answer.readUInt32BE(32) + 3_600, 32);
      answer.writeUInt32BE(answer.readUInt32BE(40) + 3_600, 40);
      return answer;
    });
    const result = await runOnce('ntp', { port: server.port });
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'offsetTooLarge' } });
    expect(Number(result.reason.data['offsetMs'])).toBeGreaterThan(3_598_000);
  });

  test('that asks to be left alone is not an outage', async () => {
    using server = await untrueServer((answer) => {
      answer[1] = 0;
      answer.write('RATE', 12, 'latin1');
      return answer;
    });
    expect(await runOnce('ntp', { port: server.port })).toMatchObject({
      verdict: 'unknown',
      reason: { code: 'kissOfDeath', data: { word: 'RATE' } },
    });
  });

  test('to another question, too short, or endless rubbish is not believed', async () => {
    for (const change of [
      (answer: Buffer) => answer.fill(7, 24, 32),
      (answer: Buffer) => answer.subarray(0, 20),
      () => Buffer.alloc(60_000, 0xff),
    ]) {
      using server = await untrueServer(change);
      expect((await runOnce('ntp', { port: server.port }, '127.0.0.1', quick)).reason.code).toBe('notNtp');
    }
  });
});
