/** Counters of all processors together, in clock ticks since boot. */
export interface CpuTicks {
  readonly total: number;
  readonly idle: number;
  readonly ioWait: number;
  readonly steal: number;
}

/** Bytes. */
export interface MemoryReading {
  readonly total: number;
  readonly available: number;
  readonly swapTotal: number;
  readonly swapFree: number;
}

/** Two directions of one device, counted in bytes since boot; `busyMs` for disks. */
export interface DeviceCounters {
  readonly inBytes: number;
  readonly outBytes: number;
  readonly busyMs: number;
}

/** /proc/stat, its first line. */
export function parseCpu(text: string): CpuTicks {
  const values = (/^cpu\s+(.*)$/mu.exec(text)?.[1] ?? '').trim().split(/\s+/u).map(Number);
  // user nice system idle iowait irq softirq steal; guest times are already within user.
  const counted = values.slice(0, 8);
  return {
    total: counted.reduce((sum, value) => sum + value, 0),
    idle: counted[3] ?? 0,
    ioWait: counted[4] ?? 0,
    steal: counted[7] ?? 0,
  };
}

/** /proc/meminfo. */
export function parseMemory(text: string): MemoryReading {
  const kibibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'mu').exec(text)?.[1] ?? 0) * 1024;
  return {
    total: kibibytes('MemTotal'),
    available: kibibytes('MemAvailable'),
    swapTotal: kibibytes('SwapTotal'),
    swapFree: kibibytes('SwapFree'),
  };
}

/** /proc/net/dev; loopback is left out, it is not a line to anywhere. */
export function parseNetwork(text: string): Map<string, DeviceCounters> {
  const devices = new Map<string, DeviceCounters>();
  for (const line of text.split('\n')) {
    const [, name, rest] = /^\s*([^:\s]+):\s*(.*)$/u.exec(line) ?? [];
    if (name === undefined || rest === undefined || name === 'lo') continue;
    const values = rest.trim().split(/\s+/u).map(Number);
    const inBytes = values[0] ?? 0;
    const outBytes = values[8] ?? 0;
    if (inBytes + outBytes > 0) devices.set(name, { inBytes, outBytes, busyMs: 0 });
  }
  return devices;
}

const sectorBytes = 512;

/** Whether a name is that of a whole disk, not of a partition, a loop or a RAM disk. */
export function isWholeDisk(name: string): boolean {
  return /^(?:[shv]d[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+|md\d+)$/u.test(name);
}

/** /proc/diskstats: whole disks that have done something; partitions, loops and RAM disks are left out. */
export function parseDisks(text: string): Map<string, DeviceCounters> {
  const devices = new Map<string, DeviceCounters>();
  for (const line of text.split('\n')) {
    const [, , name, ...values] = line.trim().split(/\s+/u);
    if (name === undefined || !isWholeDisk(name)) continue;
    const inBytes = Number(values[2] ?? 0) * sectorBytes;
    const outBytes = Number(values[6] ?? 0) * sectorBytes;
    if (inBytes + outBytes > 0) devices.set(name, { inBytes, outBytes, busyMs: Number(values[9] ?? 0) });
  }
  return devices;
}

const diskTypes = new Set([
  'ext2',
  'ext3',
  'ext4',
  'xfs',
  'btrfs',
  'zfs',
  'f2fs',
  'jfs',
  'reiserfs',
  'vfat',
  'exfat',
  'overlay',
  'bcachefs',
]);

/** Whether file systems of a type keep data on a disk. */
export function keepsData(type: string): boolean {
  return diskTypes.has(type);
}

/** /proc/mounts: one mount point for each writable file system that keeps data, the shortest path first. */
export function parseMounts(text: string): string[] {
  const bySource = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [source, point, type, options] = line.split(' ');
    if (source === undefined || point === undefined || type === undefined || !diskTypes.has(type)) continue;
    if (options?.split(',').includes('ro')) continue;
    // Container layers and bind mounts show the same file system again.
    const known = bySource.get(source);
    const path = point.replaceAll(String.raw`\040`, ' ');
    if (type === 'overlay' && path !== '/') continue;
    if (known === undefined || path.length < known.length) bySource.set(source, path);
  }
  return [...bySource.values()].toSorted((a, b) => a.length - b.length).slice(0, 30);
}
