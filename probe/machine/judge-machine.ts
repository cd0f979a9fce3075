import type { ReasonOf } from '../check-kind.ts';
import { sanitiseOutput } from '../sanitise-output.ts';
import type { MachineReading } from './machine-reading.ts';
import type { MachineSettings } from './machine-settings.ts';
import type { MachineReasons } from './machine-texts.ts';

type Reason = ReasonOf<MachineReasons>;

/** Says which limit is passed: those that stop the machine first, then those that only warn, else that all is well. */
export function judgeMachine(
  settings: MachineSettings,
  reading: MachineReading,
): { verdict: 'up' | 'degraded' | 'down'; reason: Reason } {
  const memoryPercent = (1 - reading.memory.available / Math.max(1, reading.memory.total)) * 100;
  const down = diskReason(reading, settings.diskDownPercent) ?? memoryReason(memoryPercent, settings.memoryDownPercent);
  if (down !== undefined) return { verdict: 'down', reason: down };
  const warning =
    diskReason(reading, settings.diskWarnPercent) ??
    memoryReason(memoryPercent, settings.memoryWarnPercent) ??
    swapReason(reading, settings.swapWarnPercent) ??
    unitsReason(reading, settings.warnFailedUnits) ??
    processorReason(reading, settings);
  if (warning !== undefined) return { verdict: 'degraded', reason: warning };
  const fullest = reading.fileSystems.toSorted((a, b) => b.usedPercent - a.usedPercent)[0];
  const data = { memoryPercent, diskPercent: fullest?.usedPercent ?? 0, diskPath: fullest?.path ?? '/' };
  return { verdict: 'up', reason: { code: 'well', data } };
}

function diskReason(reading: MachineReading, limit: number): Reason | undefined {
  if (limit === 0) return undefined;
  for (const { path, usedPercent, inodesUsedPercent = 0 } of reading.fileSystems) {
    if (usedPercent >= limit) return { code: 'diskFull', data: { path, percent: usedPercent, limit } };
    if (inodesUsedPercent >= limit) return { code: 'inodesFull', data: { path, percent: inodesUsedPercent, limit } };
  }
  return undefined;
}

function memoryReason(percent: number, limit: number): Reason | undefined {
  return limit > 0 && percent >= limit ? { code: 'memoryHigh', data: { percent, limit } } : undefined;
}

function swapReason({ memory }: MachineReading, limit: number): Reason | undefined {
  if (limit === 0 || memory.swapTotal === 0) return undefined;
  const percent = (1 - memory.swapFree / memory.swapTotal) * 100;
  return percent >= limit ? { code: 'swapHigh', data: { percent, limit } } : undefined;
}

function unitsReason({ failedUnits }: MachineReading, wanted: boolean): Reason | undefined {
  if (!wanted || failedUnits === undefined || failedUnits.length === 0) return undefined;
  return {
    code: 'unitsFailed',
    data: { count: failedUnits.length, units: sanitiseOutput(failedUnits.slice(0, 5).join(', '), 300) },
  };
}

function processorReason({ cpu, load, cores }: MachineReading, settings: MachineSettings): Reason | undefined {
  if (settings.cpuWarnPercent > 0 && cpu !== undefined && cpu.usedPercent >= settings.cpuWarnPercent) {
    return { code: 'cpuHigh', data: { percent: cpu.usedPercent, limit: settings.cpuWarnPercent } };
  }
  const overloaded = load !== undefined && settings.loadWarnPerCore > 0 && load[2] / cores >= settings.loadWarnPerCore;
  return overloaded ? { code: 'loadHigh', data: { load: load[2], cores } } : undefined;
}
