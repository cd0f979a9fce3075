import type { Metric } from '../check-kind.ts';
import { sanitiseOutput } from '../sanitise-output.ts';
import type { MachineReading } from './machine-reading.ts';

/** Every number of a reading that is worth a chart. */
export function measureMachine(reading: MachineReading): Metric[] {
  const { cpu, load, memory } = reading;
  const metrics: Metric[] = [
    { name: 'memory', unit: 'percent', value: (1 - memory.available / Math.max(1, memory.total)) * 100 },
    { name: 'uptime', unit: 'seconds', value: reading.uptimeSeconds },
  ];
  if (load !== undefined) {
    metrics.push({ name: 'load1', unit: 'number', value: load[0] });
    metrics.push({ name: 'load5', unit: 'number', value: load[1] });
    metrics.push({ name: 'load15', unit: 'number', value: load[2] });
  }
  if (cpu !== undefined) {
    metrics.push({ name: 'cpu', unit: 'percent', value: cpu.usedPercent });
    if (cpu.ioWaitPercent !== undefined) metrics.push({ name: 'ioWait', unit: 'percent', value: cpu.ioWaitPercent });
    if (cpu.stealPercent !== undefined) metrics.push({ name: 'steal', unit: 'percent', value: cpu.stealPercent });
  }
  if (memory.swapTotal > 0)
    metrics.push({ name: 'swap', unit: 'percent', value: (1 - memory.swapFree / memory.swapTotal) * 100 });
  if (reading.failedUnits !== undefined)
    metrics.push({ name: 'failedUnits', unit: 'count', value: reading.failedUnits.length });
  for (const { path, usedPercent, inodesUsedPercent } of reading.fileSystems) {
    metrics.push({ name: `disk:${path}`, unit: 'percent', value: usedPercent });
    if (inodesUsedPercent !== undefined)
      metrics.push({ name: `inodes:${path}`, unit: 'percent', value: inodesUsedPercent });
  }
  for (const disk of reading.disks) {
    metrics.push({ name: `diskRead:${disk.name}`, unit: 'bytesPerSecond', value: disk.inBytesPerSecond });
    metrics.push({ name: `diskWrite:${disk.name}`, unit: 'bytesPerSecond', value: disk.outBytesPerSecond });
    metrics.push({ name: `diskBusy:${disk.name}`, unit: 'percent', value: disk.busyPercent });
  }
  for (const network of reading.networks) {
    metrics.push({ name: `netIn:${network.name}`, unit: 'bytesPerSecond', value: network.inBytesPerSecond });
    metrics.push({ name: `netOut:${network.name}`, unit: 'bytesPerSecond', value: network.outBytesPerSecond });
  }
  return metrics;
}

/** The state in a few lines, for a person. */
export function machineEvidence(reading: MachineReading): string {
  const disks = reading.fileSystems.map(
    ({ path, usedPercent, totalBytes }) => `${path}  ${usedPercent.toFixed(1)} %  ${(totalBytes / 1e9).toFixed(1)} GB`,
  );
  return sanitiseOutput(
    [`load ${reading.load?.join(' ') ?? '–'}  cores ${reading.cores}`, ...disks, ...(reading.failedUnits ?? [])].join(
      '\n',
    ),
    2_000,
  );
}
