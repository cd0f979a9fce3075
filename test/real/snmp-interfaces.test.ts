import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { switchDevice, switchWithFault } from '#lab/recorded-devices.ts';
import { startSnmpsim } from './daemons/snmp/start-snmpsim.ts';

const devices = await startSnmpsim({ switch: switchDevice, broken: switchWithFault });
afterAll(() => devices[Symbol.asyncDispose]());

const ask = (settings: Record<string, unknown>, options = {}) =>
  runOnce('snmp-interfaces', { port: devices.port, community: 'switch', ...settings }, '127.0.0.1', {
    timeoutMs: 10_000,
    ...options,
  });

describe('a switch of 24 ports', () => {
  test('is up, and its physical ports are counted', async () => {
    expect(await ask({})).toMatchObject({ verdict: 'up', reason: { code: 'interfaces', data: { up: 20, count: 24 } } });
    expect((await ask({ physicalOnly: false })).reason.data).toMatchObject({ count: 26 });
    expect((await ask({ include: 'uplink*, gi1/0/2?', exclude: 'Gi1/0/24' })).reason.data).toMatchObject({
      count: 5,
    });
    expect((await ask({ include: 'nothing' })).reason.code).toBe('noInterfaces');
  });

  test.each(['2c', '1'])('has its traffic told over v%s, wrapped counters included', async (version) => {
    const memory = new RunMemory();
    const settings = { version, warnErrorsPerSecond: 0 };
    await ask(settings, { memory });
    await wait(2_000);
    const { metrics, output } = await ask(settings, { memory });
    const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    // Port 10 receives 10 Mbit/s (v1: 1 Mbit/s by the 32-bit counter, which wraps within a second).
    const expected = version === '1' ? 1_000_000 : 10_000_000;
    expect(value('in:Gi1/0/10')).toBeGreaterThan(expected * 0.5);
    expect(value('in:Gi1/0/10')).toBeLessThan(expected * 1.5);
    expect(value('errors:Gi1/0/3')).toBeGreaterThan(20);
    expect(value('use:Gi1/0/10')).toBeLessThan(2);
    expect(value('in:Gi1/0/1 (Uplink core)')).toBeGreaterThan(0);
    expect(output).toContain('Gi1/0/21: disabled');
  });

  test('with errors on a port is degraded', async () => {
    const memory = new RunMemory();
    await ask({}, { memory });
    await wait(1_100);
    expect(await ask({}, { memory })).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'above', data: { metric: 'errors', instance: 'Gi1/0/3' } },
    });
  });

  test('is down when a port fails that was up at first sight', async () => {
    const kept = new RunMemory();
    expect((await ask({}, { kept })).verdict).toBe('up');
    const failed = await ask({ community: 'broken' }, { kept });
    expect(failed).toMatchObject({ verdict: 'down', reason: { code: 'interfacesDown', data: { names: 'Gi1/0/2' } } });
    // Another choice of interfaces begins a new memory.
    expect((await ask({ community: 'broken', exclude: 'nothing' }, { kept })).verdict).toBe('up');
    expect(String(kept.get('up')).length).toBeLessThan(4_000);
  });

  test('is down by pattern, and never when nothing has to be up', async () => {
    const mustBeUp = { mustBeUp: 'pattern', mustBeUpPattern: 'Gi1/0/1, gi1/0/2' };
    expect((await ask(mustBeUp)).verdict).toBe('up');
    expect((await ask({ ...mustBeUp, community: 'broken' })).reason.code).toBe('interfacesDown');
    expect((await ask({ mustBeUp: 'none', community: 'broken' })).verdict).toBe('up');
  });

  test('that is frozen in the middle is down within the time', async () => {
    devices.daemon.freeze();
    try {
      const result = await ask({}, { timeoutMs: 800 });
      expect(result).toMatchObject({ verdict: 'down', reason: { code: 'noAgent' } });
      expect(result.durationMs).toBeLessThan(2_000);
    } finally {
      devices.daemon.thaw();
    }
  });
});
