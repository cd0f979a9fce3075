import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { listen } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';

const recorded = readFileSync(new URL('recorded-page.txt', import.meta.url), 'utf8');
let page = recorded;
const exporter = createServer((_request, response) => response.end(page));
const port = await listen(exporter);
afterAll(() => exporter.close());

async function look(settings: Record<string, unknown> = {}, changed = recorded, memory = new RunMemory()) {
  page = changed;
  return runOnce('windows', { port, ...settings }, '127.0.0.1', { memory });
}

const calm = { diskWarnPercent: 0, diskDownPercent: 0, warnFailedUnits: false };

describe('a Windows host', () => {
  test('is read whole', async () => {
    const { metrics, verdict } = await look(calm);
    expect(verdict).toBe('up');
    const value = (name: string): number | undefined => metrics.find((metric) => metric.name === name)?.value;
    expect(value('memory')).toBeCloseTo(62.5, 0);
    expect(value('swap')).toBeCloseTo(5.26, 1);
    expect(value('disk:C:')).toBeCloseTo(67.9, 0);
    expect(value('updates')).toBe(2);
    expect(value('securityUpdates')).toBe(1);
    expect(value('disk:HarddiskVolume1')).toBeUndefined();
  });

  test('has rates from the second run on', async () => {
    const memory = new RunMemory();
    await look(calm, recorded, memory);
    const later = recorded
      .replaceAll(/(mode="idle"\}) 4123\d\d/gu, '$1 412999')
      .replaceAll(/(mode="user"\}) 4120/gu, '$1 4220')
      .replace('9.203712384e+09', '9.204712384e+09');
    const { metrics } = await look(calm, later, memory);
    expect(metrics.find(({ name }) => name === 'cpu')?.value).toBeGreaterThan(5);
    expect(metrics.find(({ name }) => name.startsWith('netOut:Intel'))?.value).toBeGreaterThan(0);
  });

  test('is down for a full disk', async () => {
    expect(await look()).toMatchObject({ verdict: 'down', reason: { code: 'diskFull', data: { path: 'D:' } } });
  });

  test('tells services that should run, but not those that stop by themselves', async () => {
    const settings = { ...calm, warnFailedUnits: true };
    expect(await look(settings)).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'unitsFailed', data: { count: 2, units: 'mssqlserver, spooler' } },
    });
    const ignored = { ...settings, ignoredServices: ['spooler', 'mssql.*', 'sppsvc', 'gupdate.*'] };
    expect((await look(ignored)).verdict).toBe('up');
  });

  test('tells a service asked for by name, also one that is not there', async () => {
    const result = await look({ ...calm, services: ['wuauserv', 'Dhcp', 'NoSuchThing'] });
    expect(result.reason).toMatchObject({ code: 'unitsFailed', data: { units: 'nosuchthing, wuauserv' } });
  });

  test('tells updates that wait', async () => {
    expect((await look({ ...calm, warnSecurityUpdates: 1 })).reason.code).toBe('securityWaiting');
    expect((await look({ ...calm, warnUpdates: 3 })).verdict).toBe('up');
  });

  test('of an older exporter is read by the older names', async () => {
    const older = recorded
      .replaceAll('windows_memory_physical_total_bytes', 'windows_cs_physical_memory_bytes')
      .replaceAll('windows_system_boot_time_timestamp', 'windows_system_system_up_time')
      .replaceAll('windows_updates_pending_info', 'windows_updates_pending');
    expect((await look(calm, older)).metrics).toContainEqual({ name: 'updates', unit: 'count', value: 2 });
  });

  test('is not mistaken for something else', async () => {
    expect(await look({}, 'go_goroutines 28\n')).toMatchObject({ verdict: 'down', reason: { code: 'notWindows' } });
  });
});
