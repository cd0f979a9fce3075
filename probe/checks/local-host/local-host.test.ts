import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { runOnce } from '#probe/testing/probe-context.ts';
import { judgeMachine } from '#probe/machine/judge-machine.ts';
import type { MachineReading } from '#probe/machine/machine-reading.ts';
import { parseCpu, parseDisks, parseMounts, parseNetwork } from '#probe/machine/parse-proc.ts';
import { localHostSettings } from './settings.ts';

const settings = localHostSettings.parse({});
const calm: MachineReading = {
  cores: 2,
  cpu: { usedPercent: 10, ioWaitPercent: 0, stealPercent: 0 },
  load: [0.1, 0.1, 0.1],
  memory: { total: 1000, available: 700, swapTotal: 100, swapFree: 100 },
  fileSystems: [{ path: '/', totalBytes: 1e9, usedPercent: 40, inodesUsedPercent: 10 }],
  disks: [],
  networks: [],
  uptimeSeconds: 100,
  failedUnits: [],
};

test('this machine is read, with rates from the second time on', async () => {
  const first = await runOnce('local-host', {});
  expect(first.reason.code).not.toBe('unreadable');
  // The kernel counts processor time in hundredths of a second.
  await wait(50);
  const second = await runOnce('local-host', {});
  const names = second.metrics.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['cpu', 'load1', 'memory', 'disk:/', 'uptime']));
});

function at(usedPercent: number, inodesUsedPercent = 1) {
  const fileSystems = [{ path: '/var', totalBytes: 1, usedPercent, inodesUsedPercent }];
  return judgeMachine(settings, { ...calm, fileSystems });
}

describe('the limits', () => {
  test('leave a calm machine up', () => {
    expect(judgeMachine(settings, calm)).toMatchObject({
      verdict: 'up',
      reason: { code: 'well', data: { diskPercent: 40, diskPath: '/' } },
    });
  });
  test('tell a disk that fills from one that is full', () => {
    expect(at(89).verdict).toBe('up');
    expect(at(92)).toMatchObject({ verdict: 'degraded', reason: { code: 'diskFull' } });
    expect(at(98).verdict).toBe('down');
    expect(at(10, 99).reason.code).toBe('inodesFull');
  });
  test('name failed units, memory, swap and load', () => {
    expect(judgeMachine(settings, { ...calm, failedUnits: ['nginx.service'] }).reason.code).toBe('unitsFailed');
    expect(judgeMachine(settings, { ...calm, memory: { ...calm.memory, available: 50 } }).reason.code).toBe(
      'memoryHigh',
    );
    expect(judgeMachine(settings, { ...calm, memory: { ...calm.memory, swapFree: 5 } }).reason.code).toBe('swapHigh');
    expect(judgeMachine(settings, { ...calm, load: [1, 1, 20] }).reason.code).toBe('loadHigh');
  });
});

test('the files of /proc are read as the kernel writes them', () => {
  expect(parseCpu('cpu  10 0 20 60 5 0 0 5 0 0\ncpu0 1 1 1 1\n')).toEqual({
    total: 100,
    idle: 60,
    ioWait: 5,
    steal: 5,
  });
  expect([...parseNetwork('x\ny\n lo: 5 1 0 0 0 0 0 0 5 1\neth0: 100 1 0 0 0 0 0 0 200 2\n').entries()]).toEqual([
    ['eth0', { inBytes: 100, outBytes: 200, busyMs: 0 }],
  ]);
  const disks = parseDisks('254 0 vda 0 0 0 0 0 0 0 0 0 0 0\n8 1 sda1 1 1 1 1\n7 0 loop0 9 9 9 9');
  expect(disks.size).toBe(0);
  expect([...parseDisks('8 0 sda 10 0 100 5 20 0 200 7 0 33 12').values()]).toEqual([
    { inBytes: 51_200, outBytes: 102_400, busyMs: 33 },
  ]);
  const mounts =
    '/dev/sda1 / ext4 rw 0 0\n/dev/sda1 /srv/bind ext4 rw 0 0\ntmpfs /run tmpfs rw 0 0\n/dev/sr0 /cd ext4 ro 0 0\n';
  expect(parseMounts(mounts)).toEqual(['/']);
});
