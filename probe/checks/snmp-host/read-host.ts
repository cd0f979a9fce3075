import { cell, columnOf, type SnmpRow } from '#probe/snmp/cells.ts';
import type { CounterRates } from '#probe/snmp/counter-rates.ts';
import type { SnmpSession } from '#probe/snmp/open-snmp.ts';
import { readTable } from '#probe/snmp/read-table.ts';
import { labelOf } from '#probe/snmp/snmp-label.ts';
import { numberOf, textOf, type SnmpValue } from '#probe/snmp/snmp-value.ts';

// HOST-RESOURCES-MIB (RFC 2790) and UCD-SNMP-MIB, which Linux agents have beside it.
const hr = '1.3.6.1.2.1.25';
const ucd = '1.3.6.1.4.1.2021';
const storage = {
  type: `${hr}.2.3.1.2`,
  name: `${hr}.2.3.1.3`,
  unit: `${hr}.2.3.1.4`,
  size: `${hr}.2.3.1.5`,
  used: `${hr}.2.3.1.6`,
};
const processorLoad = `${hr}.3.3.1.2`;
const disk = { path: `${ucd}.9.1.2`, percent: `${ucd}.9.1.9` };
const diskIo = { device: `${ucd}.13.15.1.1.2`, read: `${ucd}.13.15.1.1.12`, written: `${ucd}.13.15.1.1.13` };
// Ticks of all cores since the start: user, nice, system, idle, wait, interrupts, soft interrupts, stolen.
const idleTicks = `${ucd}.11.53.0`;
const busyTicks = [50, 51, 52, 54, 56, 61, 64].map((each) => `${ucd}.11.${each}.0`);
const storageTypes = { ram: '2', virtual: '3', fixed: '4', network: '10' } as const;

const scalars = {
  uptime: '1.3.6.1.2.1.1.3.0',
  systemUptime: `${hr}.1.1.0`,
  processes: `${hr}.1.6.0`,
  users: `${hr}.1.5.0`,
  load1: `${ucd}.10.1.5.1`,
  load5: `${ucd}.10.1.5.2`,
  load15: `${ucd}.10.1.5.3`,
  memoryTotal: `${ucd}.4.5.0`,
  memoryFree: `${ucd}.4.6.0`,
  memoryBuffers: `${ucd}.4.14.0`,
  memoryCached: `${ucd}.4.15.0`,
  swapTotal: `${ucd}.4.3.0`,
  swapFree: `${ucd}.4.4.0`,
} as const;
/** Gives a single value by its name. */
export type Scalars = (name: keyof typeof scalars) => SnmpValue | undefined;

/** A disk or a share, and how full it is. */
export interface Volume {
  readonly name: string;
  readonly usedPercent: number;
  readonly totalBytes: number;
}

/** What an agent tells of its machine. */
export interface HostView {
  /** Per processor, percent of the last minute. */
  readonly cpu: readonly number[];
  readonly memoryPercent: number | undefined;
  readonly swapPercent: number | undefined;
  readonly volumes: readonly Volume[];
  readonly processes: number | undefined;
  readonly users: number | undefined;
  readonly uptimeSeconds: number | undefined;
  readonly load: readonly (number | undefined)[];
  /** Bytes per second by device, of real disks; empty at first sight. */
  readonly transfers: readonly { readonly name: string; readonly read: number; readonly written: number }[];
}

/** The single values; the first question to the agent. */
export async function readScalars(session: SnmpSession): Promise<Scalars> {
  const oids = Object.values<string>(scalars);
  const values = await session.get(oids);
  return (name) => values[oids.indexOf(scalars[name])];
}

/** The tables, and all of it put together. */
export async function readHost(session: SnmpSession, given: Scalars, rates: CounterRates): Promise<HostView> {
  const stored = await readTable(session, Object.values(storage));
  const processors = await readTable(session, [processorLoad]);
  const transfers = await readTable(session, Object.values(diskIo));
  const rows = [...stored.rows.values()];
  const volumes = rows
    .filter((row) => isVolume(typeOf(row)))
    .map(volumeOf)
    .filter((each) => each !== undefined);
  const ram = rows.find((row) => typeOf(row) === storageTypes.ram);
  const cpu = columnOf(processors, processorLoad);
  return {
    cpu: cpu.length > 0 ? cpu : await cpuByTicks(session, rates),
    memoryPercent: memoryOf(given) ?? (ram === undefined ? undefined : volumeOf(ram)?.usedPercent),
    swapPercent: swapOf(given),
    volumes: volumes.length > 0 ? volumes : await ucdDisks(session),
    processes: numberOf(given('processes')),
    users: numberOf(given('users')),
    uptimeSeconds: hundredth(given('systemUptime') ?? given('uptime')),
    load: [given('load1'), given('load5'), given('load15')].map(hundredth),
    transfers: [...transfers.rows].flatMap(([index, row]) => {
      const name = labelOf(row.get(diskIo.device), index);
      const read = rates.rate(`read.${index}`, row.get(diskIo.read));
      const written = rates.rate(`written.${index}`, row.get(diskIo.written));
      // Loop and memory devices, and partitions beside their disk, would only repeat.
      const real = /^(?:sd[a-z]+|vd[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+|dm-\d+|md\d+)$/u.test(name);
      return real && read !== undefined && written !== undefined ? [{ name, read, written }] : [];
    }),
  };
}

/** Busy share of all cores since the run before; for agents that do not tell the load of each. */
async function cpuByTicks(session: SnmpSession, rates: CounterRates): Promise<number[]> {
  const values = await session.get([idleTicks, ...busyTicks]);
  const [idle, ...busy] = values.map((value, at) => rates.rate(`cpu.${at}`, value));
  if (idle === undefined) return [];
  const working = busy.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  return idle + working <= 0 ? [] : [(working / (idle + working)) * 100];
}

function hundredth(value: SnmpValue | undefined): number | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : number / 100;
}

function typeOf(row: SnmpRow): string {
  return textOf(row.get(storage.type)).split('.').at(-1) ?? '';
}

function isVolume(type: string): boolean {
  return type === storageTypes.fixed || type === storageTypes.network;
}

function volumeOf(row: SnmpRow): Volume | undefined {
  const [unit, size, used] = [cell(row, storage.unit), cell(row, storage.size), cell(row, storage.used)];
  if (unit === undefined || size === undefined || used === undefined || size === 0) return undefined;
  // The fields have 31 bits: on large disks some agents let them run over into the negative.
  const [whole, taken] = [size < 0 ? size + 2 ** 32 : size, used < 0 ? used + 2 ** 32 : used];
  const name = labelOf(row.get(storage.name), '?');
  // Windows adds label and serial number to the letter.
  const short = /^[A-Z]:\\/u.test(name) ? name.slice(0, 2) : name;
  return { name: short, usedPercent: Math.min(100, (taken / whole) * 100), totalBytes: whole * unit };
}

async function ucdDisks(session: SnmpSession): Promise<Volume[]> {
  const table = await readTable(session, Object.values(disk));
  return [...table.rows].flatMap(([index, row]) => {
    const usedPercent = cell(row, disk.percent);
    return usedPercent === undefined ? [] : [{ name: labelOf(row.get(disk.path), index), usedPercent, totalBytes: 0 }];
  });
}

function memoryOf(given: Scalars): number | undefined {
  const [total, free] = [numberOf(given('memoryTotal')), numberOf(given('memoryFree'))];
  if (total === undefined || free === undefined || total <= 0) return undefined;
  // What the kernel keeps for speed and gives back when asked is not in use.
  const spare = free + (numberOf(given('memoryBuffers')) ?? 0) + (numberOf(given('memoryCached')) ?? 0);
  return Math.max(0, Math.min(100, ((total - spare) / total) * 100));
}

function swapOf(given: Scalars): number | undefined {
  const [total, free] = [numberOf(given('swapTotal')), numberOf(given('swapFree'))];
  return total === undefined || free === undefined || total <= 0 ? undefined : ((total - free) / total) * 100;
}
