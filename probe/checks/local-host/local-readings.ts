import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { ProbeClock } from '#probe/probe-clock.ts';
import {
  parseCpu,
  parseDisks,
  parseMemory,
  parseMounts,
  parseNetwork,
  type CpuTicks,
  type DeviceCounters,
  type MemoryReading,
} from './parse-proc.ts';

/** One file system. */
export interface FileSystemReading {
  readonly path: string;
  readonly totalBytes: number;
  readonly usedPercent: number;
  /** Undefined where inodes are not counted (btrfs, vfat). */
  readonly inodesUsedPercent: number | undefined;
}

/** What one device moved since the reading before. */
export interface DeviceRate {
  readonly name: string;
  readonly inBytesPerSecond: number;
  readonly outBytesPerSecond: number;
  readonly busyPercent: number;
}

/** The state of this machine at one moment. Rates are undefined on the first reading. */
export interface LocalReading {
  readonly cores: number;
  readonly cpu:
    | { readonly usedPercent: number; readonly ioWaitPercent: number; readonly stealPercent: number }
    | undefined;
  readonly load: readonly [number, number, number];
  readonly memory: MemoryReading;
  readonly fileSystems: readonly FileSystemReading[];
  readonly disks: readonly DeviceRate[];
  readonly networks: readonly DeviceRate[];
  readonly uptimeSeconds: number;
  /** Undefined where systemd does not run. */
  readonly failedUnits: readonly string[] | undefined;
}

/** Reads the state of the machine that the probe runs on. Throws where there is no /proc. */
export interface LocalReadings {
  read(): Promise<LocalReading>;
}

interface Sample {
  readonly atMs: number;
  readonly cpu: CpuTicks;
  readonly disks: Map<string, DeviceCounters>;
  readonly networks: Map<string, DeviceCounters>;
}

const run = promisify(execFile);
const unitsKeptMs = 30_000;

/** Readings that remember the one before, for rates. All files of /proc: a few hundred microseconds, no process but for the failed units, twice a minute. */
export function createLocalReadings(clock: ProbeClock): LocalReadings {
  let before: Sample | undefined;
  let units: { readonly atMs: number; readonly failed: readonly string[] | undefined } | undefined;
  let reading: Promise<LocalReading> | undefined;

  async function readNow(): Promise<LocalReading> {
    const [stat, loads, memory, disks, networks, uptime, mounts] = await Promise.all(
      ['stat', 'loadavg', 'meminfo', 'diskstats', 'net/dev', 'uptime', 'mounts'].map((name) =>
        readFile(`/proc/${name}`, 'utf8'),
      ),
    );
    const now: Sample = {
      atMs: clock.nowMs(),
      cpu: parseCpu(stat ?? ''),
      disks: parseDisks(disks ?? ''),
      networks: parseNetwork(networks ?? ''),
    };
    const last = before;
    before = now;
    if (units === undefined || now.atMs - units.atMs > unitsKeptMs)
      units = { atMs: now.atMs, failed: await failedUnits() };
    const [one = 0, five = 0, fifteen = 0] = (loads ?? '').split(' ').map(Number);
    return {
      cores: availableParallelism(),
      cpu: last === undefined ? undefined : cpuShare(last.cpu, now.cpu),
      load: [one, five, fifteen],
      memory: parseMemory(memory ?? ''),
      fileSystems: await readFileSystems(parseMounts(mounts ?? '')),
      disks: last === undefined ? [] : rates(last.disks, now.disks, now.atMs - last.atMs),
      networks: last === undefined ? [] : rates(last.networks, now.networks, now.atMs - last.atMs),
      uptimeSeconds: Number((uptime ?? '').split(' ')[0]),
      failedUnits: units.failed,
    };
  }

  return {
    // Two checks in one moment share a reading: a second one at once would divide by no time.
    read() {
      reading ??= readNow().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

function cpuShare(before: CpuTicks, now: CpuTicks): LocalReading['cpu'] {
  const total = now.total - before.total;
  if (total <= 0) return undefined;
  const percent = (ticks: number): number => Math.min(100, Math.max(0, (ticks / total) * 100));
  const ioWait = now.ioWait - before.ioWait;
  return {
    usedPercent: percent(total - (now.idle - before.idle) - ioWait),
    ioWaitPercent: percent(ioWait),
    stealPercent: percent(now.steal - before.steal),
  };
}

function rates(before: Map<string, DeviceCounters>, now: Map<string, DeviceCounters>, elapsedMs: number): DeviceRate[] {
  const found: DeviceRate[] = [];
  if (elapsedMs <= 0) return found;
  for (const [name, counters] of now) {
    const last = before.get(name);
    // A counter that went back belongs to a device that was plugged in anew.
    if (last === undefined || counters.inBytes < last.inBytes || counters.outBytes < last.outBytes) continue;
    found.push({
      name,
      inBytesPerSecond: ((counters.inBytes - last.inBytes) / elapsedMs) * 1000,
      outBytesPerSecond: ((counters.outBytes - last.outBytes) / elapsedMs) * 1000,
      busyPercent: Math.min(100, ((counters.busyMs - last.busyMs) / elapsedMs) * 100),
    });
  }
  return found.slice(0, 30);
}

async function readFileSystems(paths: readonly string[]): Promise<FileSystemReading[]> {
  const read = await Promise.allSettled(paths.map((path) => statfs(path)));
  const found: FileSystemReading[] = [];
  for (const [index, result] of read.entries()) {
    const path = paths[index];
    if (result.status === 'rejected' || path === undefined) continue;
    const { blocks, bfree, bavail, bsize, files, ffree } = result.value;
    if (blocks === 0) continue;
    const used = blocks - bfree;
    found.push({
      path,
      totalBytes: blocks * bsize,
      // As df counts: blocks kept for root are neither used nor free.
      usedPercent: (used / Math.max(1, used + bavail)) * 100,
      inodesUsedPercent: files === 0 ? undefined : ((files - ffree) / files) * 100,
    });
  }
  return found;
}

async function failedUnits(): Promise<readonly string[] | undefined> {
  if (!existsSync('/run/systemd/system')) return undefined;
  try {
    const { stdout } = await run(
      'systemctl',
      ['list-units', '--state=failed', '--plain', '--no-legend', '--no-pager'],
      { timeout: 3_000 },
    );
    return stdout
      .split('\n')
      .map((line) => line.trim().split(/\s+/u)[0] ?? '')
      .filter((name) => name !== '')
      .slice(0, 100);
  } catch {
    return undefined;
  }
}
