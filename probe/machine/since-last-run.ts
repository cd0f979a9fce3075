import { z } from 'zod';
import type { CheckContext } from '../check-kind.ts';
import { cpuShare, deviceRates, type CpuShare, type DeviceRate } from './machine-reading.ts';
import type { CpuTicks, DeviceCounters } from './parse-proc.ts';

/** The counters of a machine at one moment. */
export interface MachineCounters {
  readonly cpu: CpuTicks;
  readonly disks: ReadonlyMap<string, DeviceCounters>;
  readonly networks: ReadonlyMap<string, DeviceCounters>;
}

const ticks = z.object({ total: z.number(), idle: z.number(), ioWait: z.number(), steal: z.number() });
const devices = z.array(
  z.tuple([z.string(), z.object({ inBytes: z.number(), outBytes: z.number(), busyMs: z.number() })]),
);
const remembered = z.object({ atMs: z.number(), cpu: ticks, disks: devices, networks: devices });

const key = 'machine';
const mostDevices = 100;

/** What a machine did since the run before; nothing on the first. Remembers the counters for the next. */
export function sinceLastRun(
  now: MachineCounters,
  { memory, clock }: CheckContext,
): { cpu: CpuShare | undefined; disks: DeviceRate[]; networks: DeviceRate[] } {
  const atMs = clock.nowMs();
  const before = memory.get(key);
  const disks = [...now.disks].slice(0, mostDevices);
  const networks = [...now.networks].slice(0, mostDevices);
  memory.set(key, JSON.stringify({ atMs, cpu: now.cpu, disks, networks }));
  if (typeof before !== 'string') return { cpu: undefined, disks: [], networks: [] };
  const last = remembered.parse(JSON.parse(before));
  return {
    cpu: cpuShare(last.cpu, now.cpu),
    disks: deviceRates(new Map(last.disks), now.disks, atMs - last.atMs),
    networks: deviceRates(new Map(last.networks), now.networks, atMs - last.atMs),
  };
}
