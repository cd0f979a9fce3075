import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { ProbeClock } from '#probe/probe-clock.ts';
import { cpuShare, deviceRates, type FileSystemReading, type MachineReading } from '#probe/machine/machine-reading.ts';
import {
  parseCpu,
  parseDisks,
  parseMemory,
  parseMounts,
  parseNetwork,
  type CpuTicks,
  type DeviceCounters,
} from '#probe/machine/parse-proc.ts';

/** Reads the state of the machine that the probe runs on. Throws where there is no /proc. */
export interface LocalReadings {
  read(): Promise<MachineReading>;
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
  let reading: Promise<MachineReading> | undefined;

  async function readNow(): Promise<MachineReading> {
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
      disks: last === undefined ? [] : deviceRates(last.disks, now.disks, now.atMs - last.atMs),
      networks: last === undefined ? [] : deviceRates(last.networks, now.networks, now.atMs - last.atMs),
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
