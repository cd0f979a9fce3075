import { afterAll, describe, expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import * as recorded from '#lab/recorded-devices.ts';
import { startSnmpd } from './daemons/snmp/start-snmpd.ts';
import { startSnmpsim } from './daemons/snmp/start-snmpsim.ts';

const devices = await startSnmpsim({
  'ups-fine': recorded.upsOnLine,
  'ups-battery': recorded.upsOnBattery,
  'ups-empty': recorded.upsNearlyEmpty,
  apc: recorded.apcUps,
  'printer-ready': recorded.printerReady,
  'printer-low': recorded.printerLow,
  'printer-jam': recorded.printerJammed,
  cool: recorded.sensorsCool,
  hot: recorded.sensorsHot,
  broken: recorded.sensorsBroken,
  cisco: recorded.ciscoEnvironment,
});
const agent = await startSnmpd();
afterAll(async () => {
  await devices[Symbol.asyncDispose]();
  await agent[Symbol.asyncDispose]();
});

const ask = (kind: string, community: string, settings: Record<string, unknown> = {}, port = devices.port) =>
  runOnce(kind, { port, community, ...settings }, '127.0.0.1', { timeoutMs: 5_000 });
const valueOf = (metrics: readonly { name: string; value: number }[], name: string) =>
  metrics.find((metric) => metric.name === name)?.value;

describe('a UPS', () => {
  test('on mains is up and tells its figures', async () => {
    const result = await ask('snmp-ups', 'ups-fine');
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'onMains', data: { charge: 100, minutes: 42 } } });
    expect(valueOf(result.metrics, 'batteryVoltage')).toBeCloseTo(54.6);
    expect(valueOf(result.metrics, 'load')).toBe(34);
    expect((await ask('snmp-ups', 'ups-fine', { version: '1' })).verdict).toBe('up');
  });

  test('on battery is degraded, and down when little is left', async () => {
    expect(await ask('snmp-ups', 'ups-battery')).toMatchObject({ verdict: 'degraded', reason: { code: 'onBattery' } });
    expect(await ask('snmp-ups', 'ups-battery', { downRuntimeMinutes: 20 })).toMatchObject({
      verdict: 'down',
      reason: { code: 'below', data: { metric: 'runtime' } },
    });
    expect(await ask('snmp-ups', 'ups-empty')).toMatchObject({ verdict: 'down', reason: { code: 'batteryLow' } });
  });

  test('of APC is read by its own tables, and asks for a battery', async () => {
    const result = await ask('snmp-ups', 'apc');
    expect(result).toMatchObject({ verdict: 'degraded', reason: { code: 'batteryFault' } });
    expect(valueOf(result.metrics, 'runtime')).toBe(36);
  });

  test('is not what a printer is', async () => {
    expect(await ask('snmp-ups', 'printer-ready')).toMatchObject({ verdict: 'unknown', reason: { code: 'noUps' } });
  });
});

describe('a printer', () => {
  test('that is ready is up, with its supplies', async () => {
    const result = await ask('snmp-printer', 'printer-ready');
    expect(result).toMatchObject({
      verdict: 'up',
      reason: { code: 'ready', data: { percent: 60, supply: 'Waste toner box' } },
    });
    expect(valueOf(result.metrics, 'supply:Black toner')).toBe(75);
    expect(valueOf(result.metrics, 'tray:Tray 1')).toBe(60);
    expect(valueOf(result.metrics, 'pages')).toBe(48_211);
    expect(result.output).toContain('Drum: –');
  });

  test('with little toner is degraded, jammed it is down', async () => {
    expect(await ask('snmp-printer', 'printer-low')).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'below', data: { instance: 'Black toner', value: 4 } },
    });
    expect(await ask('snmp-printer', 'printer-low', { downSupplyPercent: 5 })).toMatchObject({ verdict: 'down' });
    expect(await ask('snmp-printer', 'printer-jam')).toMatchObject({
      verdict: 'down',
      reason: { code: 'jammed', data: { alerts: 'Paper jam in area C' } },
    });
  });

  test('is not what a UPS is', async () => {
    expect((await ask('snmp-printer', 'ups-fine')).reason.code).toBe('noPrinter');
  });
});

describe('sensors', () => {
  test('are read with their scale, precision and unit', async () => {
    const result = await ask('snmp-sensors', 'cool');
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'sensorsFine', data: { count: 4 } } });
    expect(valueOf(result.metrics, 'temperature:Inlet')).toBeCloseTo(24.3);
    expect(valueOf(result.metrics, 'power:PSU 1')).toBeCloseTo(143);
    expect(valueOf(result.metrics, 'signal:Te1/1 Rx')).toBeCloseTo(-3.1);
    expect(result.metrics.find(({ name }) => name === 'fan:Fan 1')?.unit).toBe('revolutionsPerMinute');
  });

  test('too hot, broken, or of a router with a failed supply', async () => {
    const limits = { warnCelsius: 40, downCelsius: 70 };
    expect(await ask('snmp-sensors', 'hot', limits)).toMatchObject({ verdict: 'degraded', reason: { code: 'above' } });
    expect((await ask('snmp-sensors', 'hot', { ...limits, downCelsius: 60 })).verdict).toBe('down');
    expect(await ask('snmp-sensors', 'broken')).toMatchObject({
      verdict: 'down',
      reason: { code: 'sensorFault', data: { names: 'Fan 1' } },
    });
    expect(await ask('snmp-sensors', 'cisco')).toMatchObject({
      verdict: 'down',
      reason: { code: 'sensorFault', data: { names: 'Power supply 2' } },
    });
    expect((await ask('snmp-sensors', 'ups-fine')).reason.code).toBe('noSensors');
  });
});

// Side by side, because one of them mostly waits.
describe.concurrent('this machine', () => {
  test.each(['2c', '1'])('is told by its agent over v%s', async (version) => {
    const settings = { version, warnCpuPercent: 0, warnMemoryPercent: 0, warnDiskPercent: 0, downDiskPercent: 0 };
    const memory = new RunMemory();
    const run = () =>
      runOnce('snmp-host', { port: agent.port, ...settings }, '127.0.0.1', { timeoutMs: 5_000, memory });
    expect(await run()).toMatchObject({ verdict: 'up', reason: { code: 'hostFine' } });
    const result = await run();
    for (const name of ['memory', 'load5', 'processes', 'uptime'])
      expect(result.metrics.map((each) => each.name)).toContain(name);
    expect(valueOf(result.metrics, 'disk:/')).toBeGreaterThan(0);
    expect((await ask('snmp-host', 'public', { ...settings, downDiskPercent: 1 }, agent.port)).verdict).toBe('down');
  });

  test('has its processors told by their ticks when the agent does not tell each', async () => {
    const memory = new RunMemory();
    const run = () => runOnce('snmp-host', { port: agent.port }, '127.0.0.1', { timeoutMs: 5_000, memory });
    // The agent reads the ticks anew every few seconds.
    const cpu = async () => valueOf((await run()).metrics, 'cpu');
    await expect.poll(cpu, { timeout: 25_000, interval: 1_000 }).toBeGreaterThan(0);
  });

  test('hidden by a view is unknown and not down', async () => {
    const result = await ask('snmp-host', 'narrow', {}, agent.port);
    expect(result).toMatchObject({ verdict: 'unknown', reason: { code: 'noHostTable' } });
  });

  test('has its interfaces read by the real agent', async () => {
    const memory = new RunMemory();
    const settings = { port: agent.port, physicalOnly: false };
    const run = () => runOnce('snmp-interfaces', settings, '127.0.0.1', { timeoutMs: 8_000, memory });
    expect((await run()).reason.code).toBe('interfaces');
    expect((await run()).metrics.map(({ name }) => name)).toContain('in:lo');
  });
});
