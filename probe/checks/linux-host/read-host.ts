import type { CheckContext } from '#probe/check-kind.ts';
import type { FileSystemReading, MachineReading } from '#probe/machine/machine-reading.ts';
import { parseCpu, parseDisks, parseMemory, parseMounts, parseNetwork } from '#probe/machine/parse-proc.ts';
import { sinceLastRun } from '#probe/machine/since-last-run.ts';

/** The state of a host from what its script said; undefined when that is not a Linux host's. */
export function readHost(sections: ReadonlyMap<string, string>, context: CheckContext): MachineReading | undefined {
  const text = (name: string): string => sections.get(name) ?? '';
  const memory = parseMemory(text('meminfo'));
  if (memory.total === 0 || text('stat') === '') return undefined;
  const counters = {
    cpu: parseCpu(text('stat')),
    disks: parseDisks(text('diskstats')),
    networks: parseNetwork(text('net/dev')),
  };
  const [one = 0, five = 0, fifteen = 0] = text('loadavg').split(' ').map(Number);
  return {
    ...sinceLastRun(counters, context),
    cores: Math.max(1, Number(text('cores').trim()) || 1),
    load: [one, five, fifteen],
    memory,
    fileSystems: readFileSystems(parseMounts(text('mounts')), text('df'), text('dfi')),
    uptimeSeconds: Number(text('uptime').split(' ')[0]) || 0,
    failedUnits: readUnits(text('units')),
    rebootRequired: text('reboot').trim() === 'yes',
    ...readUpdates(text('updates'), context),
  };
}

interface Row {
  readonly total: number;
  readonly used: number;
  readonly free: number;
}

/** A table of df (POSIX form: device, total, used, available, share, path), by path. */
function readTable(text: string): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const line of text.split('\n')) {
    const [, total, used, free, path] = /^\S+\s+(\d+)\s+(\d+)\s+(\d+)\s+\S+\s+(.+)$/u.exec(line) ?? [];
    if (path !== undefined) rows.set(path, { total: Number(total), used: Number(used), free: Number(free) });
  }
  return rows;
}

/** The file systems that keep data, from the two tables of df. */
function readFileSystems(paths: readonly string[], blocks: string, inodes: string): FileSystemReading[] {
  const [space, nodes] = [readTable(blocks), readTable(inodes)];
  return paths.flatMap((path): FileSystemReading[] => {
    const row = space.get(path);
    const node = nodes.get(path);
    if (row === undefined || row.total === 0) return [];
    const usedPercent = (row.used / Math.max(1, row.used + row.free)) * 100;
    const inodesUsedPercent = node === undefined || node.total === 0 ? undefined : (node.used / node.total) * 100;
    return [{ path, totalBytes: row.total * 1024, usedPercent, inodesUsedPercent }];
  });
}

function readUnits(text: string): string[] | undefined {
  const [yes, ...lines] = text.trim().split('\n');
  if (yes !== 'yes') return undefined;
  return lines.map((line) => line.trim().split(/\s+/u)[0] ?? '').filter((name) => name !== '');
}

const updatesKey = 'updates';
const updatesAtKey = 'updatesAt';
const updatesKeptMs = 6 * 3_600_000;

/** Whether the package manager is to be asked this time. */
export function updatesAreDue({ memory, clock }: CheckContext): boolean {
  const atMs = memory.get(updatesAtKey);
  return typeof atMs !== 'number' || clock.nowMs() - atMs > updatesKeptMs;
}

function readUpdates(
  text: string,
  { memory, clock }: CheckContext,
): { pendingUpdates?: number; securityUpdates?: number } {
  const fresh = /^(\d+) (\d+)\s*$/u.exec(text.trim());
  if (fresh !== null) {
    memory.set(updatesKey, `${fresh[1] ?? '0'} ${fresh[2] ?? '0'}`);
    memory.set(updatesAtKey, clock.nowMs());
  }
  const kept = memory.get(updatesKey);
  if (typeof kept !== 'string') return {};
  const [pendingUpdates = 0, securityUpdates = 0] = kept.split(' ').map(Number);
  return { pendingUpdates, securityUpdates };
}
