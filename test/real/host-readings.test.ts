import { afterAll, describe, expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { Ssh2Transport } from '#ssh/ssh2-transport.ts';
import { startLoopbackSshd } from '#ssh/testing/loopback-sshd.ts';
import { startNodeExporter } from './daemons/node-exporter.ts';

const exporter = await startNodeExporter();
const sshd = await startLoopbackSshd();
const transport = new Ssh2Transport();
afterAll(async () => {
  await transport[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
  await exporter[Symbol.asyncDispose]();
});

const { port } = exporter;
const ssh = { transport, target: sshd.target() };
const generous = {
  diskWarnPercent: 0,
  diskDownPercent: 0,
  memoryDownPercent: 0,
  memoryWarnPercent: 0,
  loadWarnPerCore: 0,
};
const state = ['memory', 'load1', 'load15', 'uptime'];

describe('a real node exporter', () => {
  test('tells the state of its host, with rates from the second run on', async () => {
    const memory = new RunMemory();
    const run = () => runOnce('linux-exporter', { port, ...generous }, '127.0.0.1', { timeoutMs: 10_000, memory });
    const first = await run();
    expect(['well', 'swapHigh']).toContain(first.reason.code);
    expect(first.metrics.map(({ name }) => name)).toEqual(expect.arrayContaining(state));
    const second = await run();
    expect(second.metrics.map(({ name }) => name)).toContain('cpu');
  });

  test('is judged by any of its metrics', async () => {
    const settings = {
      port,
      select: [
        'node_load1',
        'node_cpu_seconds_total{mode="idle"}',
        'memory used % = 100 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes * 100',
      ],
      rules: ['node_memory_MemTotal_bytes < 1', 'sum(node_load1) > 100000 : degraded'],
    };
    const memory = new RunMemory();
    const run = (more = {}) =>
      runOnce('prometheus', { ...settings, ...more }, '127.0.0.1', { timeoutMs: 10_000, memory });
    expect(await run()).toMatchObject({ verdict: 'up', reason: { code: 'read' } });
    const names = (await run()).metrics.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['value:node_load1', 'value:memory used %']));
    expect(names.some((name) => name.startsWith('rate:node_cpu_seconds_total{'))).toBe(true);
    expect((await run({ rules: ['node_memory_MemTotal_bytes > 1'] })).verdict).toBe('down');
  });

  test('that is frozen is down', async () => {
    exporter.daemon.freeze();
    const result = await runOnce('linux-exporter', { port }, '127.0.0.1', { timeoutMs: 500 });
    exporter.daemon.thaw();
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'noAnswer' } });
  });
});

// What apt knows is asked for once; on a busy machine that takes many seconds.
describe('a Linux host over SSH', { timeout: 120_000 }, () => {
  const memory = new RunMemory();
  const options = { timeoutMs: 60_000, ssh, memory };
  test('tells its state with nothing installed on it', async () => {
    const first = await runOnce('linux-host', generous, '127.0.0.1', options);
    expect(['well', 'swapHigh']).toContain(first.reason.code);
    expect(first.metrics.map(({ name }) => name)).toEqual(expect.arrayContaining([...state, 'rebootRequired']));
    // Asked of apt at the first run, remembered for the second.
    expect(first.metrics.map(({ name }) => name)).toContain('updates');
    const second = await runOnce('linux-host', generous, '127.0.0.1', options);
    expect(second.metrics.map(({ name }) => name)).toEqual(expect.arrayContaining(['cpu', 'updates']));
  });

  test('agrees with what the exporter says of the same machine', async () => {
    const [one, two] = await Promise.all([
      runOnce('linux-host', generous, '127.0.0.1', options),
      runOnce('linux-exporter', { port, ...generous }, '127.0.0.1', { timeoutMs: 10_000 }),
    ]);
    const disks = (result: typeof one): string[] =>
      result.metrics
        .filter(({ name }) => name.startsWith('disk:'))
        .map(({ name, value }) => `${name} ${Math.round(value)}`);
    expect(disks(one)).toEqual(expect.arrayContaining(disks(two)));
  });

  test('without access is unknown', async () => {
    expect(await runOnce('linux-host', {})).toMatchObject({ verdict: 'unknown', reason: { code: 'accessMissing' } });
  });
});
