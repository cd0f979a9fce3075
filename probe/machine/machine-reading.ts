import type { CpuTicks, DeviceCounters, MemoryReading } from './parse-proc.ts';

/** One file system. */
export interface FileSystemReading {
  readonly path: string;
  readonly totalBytes: number;
  readonly usedPercent: number;
  /** Undefined where inodes are not counted (btrfs, vfat, Windows). */
  readonly inodesUsedPercent: number | undefined;
}

/** What one device moved since the reading before. */
export interface DeviceRate {
  readonly name: string;
  readonly inBytesPerSecond: number;
  readonly outBytesPerSecond: number;
  readonly busyPercent: number;
}

/** Shares of the processors' time since the reading before. */
export interface CpuShare {
  readonly usedPercent: number;
  readonly ioWaitPercent: number | undefined;
  readonly stealPercent: number | undefined;
}

/** The state of a machine at one moment, wherever it was read. What is undefined is not known there. */
export interface MachineReading {
  readonly cores: number;
  /** Undefined on the first reading, as are the rates of devices. */
  readonly cpu: CpuShare | undefined;
  readonly load: readonly [number, number, number] | undefined;
  readonly memory: MemoryReading;
  readonly fileSystems: readonly FileSystemReading[];
  readonly disks: readonly DeviceRate[];
  readonly networks: readonly DeviceRate[];
  readonly uptimeSeconds: number;
  /** Units of systemd that failed, or services of Windows that should run and do not. */
  readonly failedUnits: readonly string[] | undefined;
  readonly pendingUpdates?: number | undefined;
  readonly securityUpdates?: number | undefined;
  readonly rebootRequired?: boolean | undefined;
}

/** The processors' time between two readings; undefined when none passed. */
export function cpuShare(before: CpuTicks, now: CpuTicks): CpuShare | undefined {
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

const mostDevices = 30;

/** What devices moved between two readings. */
export function deviceRates(
  before: ReadonlyMap<string, DeviceCounters>,
  now: ReadonlyMap<string, DeviceCounters>,
  elapsedMs: number,
): DeviceRate[] {
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
  return found.slice(0, mostDevices);
}
