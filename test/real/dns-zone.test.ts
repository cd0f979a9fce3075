import { createSocket } from 'node:dgram';
import { describe, expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { startZoneServer } from './daemons/start-zone-server.ts';

const zone = 'firm.test';
const ask = (port: number, settings: Record<string, unknown> = {}, options = {}) =>
  runOnce('dns-zone', { zone, port, graceSeconds: 0, ...settings }, '127.0.0.2', { timeoutMs: 2_000, ...options });

describe('a zone with two name servers', () => {
  test('that agree is up', async () => {
    await using one = await startZoneServer(zone, 2026112201, '127.0.0.2');
    await using two = await startZoneServer(zone, 2026112201, '127.0.0.3', one.port);
    const result = await ask(two.port);
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'agreed', data: { count: 2, serial: 2026112201 } } });
    expect(result.metrics.map(({ name }) => name)).toEqual([
      'goodServers',
      'serialLag',
      'answerTime:ns1.firm.test',
      'answerTime:ns2.firm.test',
    ]);

    two.daemon.freeze();
    expect(await ask(one.port, {}, { timeoutMs: 900 })).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'serverBad', data: { server: 'ns2.firm.test', state: 'silent', good: 1 } },
    });
    two.daemon.thaw();
    await two.daemon[Symbol.asyncDispose]();
    expect((await ask(one.port)).reason).toMatchObject({ code: 'serverBad', data: { state: 'refusing' } });
    const forbidden = { mayReach: (address: string) => address === '127.0.0.2' };
    expect(await ask(one.port, {}, forbidden)).toMatchObject({ verdict: 'up', reason: { data: { count: 1 } } });
    one.daemon.freeze();
    expect(await ask(one.port, {}, { timeoutMs: 600 })).toMatchObject({
      verdict: 'down',
      reason: { code: 'noServerList' },
    });
    one.daemon.thaw();
  });

  test('of which one stays behind is degraded, but not at once', async () => {
    await using one = await startZoneServer(zone, 12, '127.0.0.2');
    await using two = await startZoneServer(zone, 9, '127.0.0.3', one.port);
    const memory = new RunMemory();
    expect((await ask(two.port, { graceSeconds: 300 }, { memory })).reason.code).toBe('catchingUp');
    expect(await ask(one.port, {}, { memory })).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'serialBehind', data: { server: 'ns2.firm.test', serial: 9, newest: 12 } },
    });
    expect((await ask(one.port, { maxSerialLag: 3 })).verdict).toBe('up');
  });

  test('of which one is not in charge is degraded, and none is down', async () => {
    await using one = await startZoneServer(zone, 1, '127.0.0.2');
    await using two = await startZoneServer('other.test', 1, '127.0.0.3', one.port);
    expect((await ask(two.port)).reason).toMatchObject({ code: 'serverBad', data: { state: 'lame' } });
    expect(await ask(one.port, { servers: ['127.0.0.3'] })).toMatchObject({
      verdict: 'down',
      reason: { code: 'allBad' },
    });
    expect((await ask(one.port, { zone: 'nowhere.test' })).reason.code).toBe('noServerList');
  });
});

test('a server that sends rubbish is told so', async () => {
  const rude = createSocket('udp4');
  rude.on('message', (_bytes, from) => rude.send(Buffer.alloc(500, 0xc0), from.port, from.address));
  await new Promise<void>((resolve) => rude.bind(0, '127.0.0.2', resolve));
  expect((await ask(rude.address().port, {}, { timeoutMs: 600 })).reason.data).toMatchObject({ state: 'malformed' });
  rude.close();
});
