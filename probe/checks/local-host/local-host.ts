import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import type { LocalReading } from './local-readings.ts';
import { localHostSettings, type LocalHostSettings } from './settings.ts';
import { localHostTexts, type LocalHostReasons } from './texts.ts';

const kind: CheckKind<LocalHostSettings, LocalHostReasons> = {
  name: 'local-host',
  settings: localHostSettings,
  texts: localHostTexts,
  defaults: { intervalMs: 5_000, timeoutMs: 3_000 },
  requires: 'local',
  run: runLocalHost,
  propose: (facts) => (facts.isThisMachine ? [{ settings: {}, recommended: true }] : []),
};

/** The machine that the probe itself runs on. */
export const localHost = defineKind(kind);

async function runLocalHost(
  settings: LocalHostSettings,
  _target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<LocalHostReasons>> {
  const startedMs = context.clock.nowMs();
  try {
    const reading = await context.tools.local.read();
    return {
      ...judgeReading(settings, reading),
      output: evidence(reading),
      metrics: measure(reading),
      durationMs: context.clock.nowMs() - startedMs,
    };
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
    return {
      verdict: 'unknown',
      reason: { code: 'unreadable', data: { message } },
      output: '',
      metrics: [],
      durationMs: context.clock.nowMs() - startedMs,
    };
  }
}

type Reason = ReasonOf<LocalHostReasons>;

/** Says which limit is passed: those that stop the machine first, then those that only warn, else that all is well. */
export function judgeReading(
  settings: LocalHostSettings,
  reading: LocalReading,
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

function diskReason(reading: LocalReading, limit: number): Reason | undefined {
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

function swapReason({ memory }: LocalReading, limit: number): Reason | undefined {
  if (limit === 0 || memory.swapTotal === 0) return undefined;
  const percent = (1 - memory.swapFree / memory.swapTotal) * 100;
  return percent >= limit ? { code: 'swapHigh', data: { percent, limit } } : undefined;
}

function unitsReason({ failedUnits }: LocalReading, wanted: boolean): Reason | undefined {
  if (!wanted || failedUnits === undefined || failedUnits.length === 0) return undefined;
  return {
    code: 'unitsFailed',
    data: { count: failedUnits.length, units: sanitiseOutput(failedUnits.slice(0, 5).join(', '), 300) },
  };
}

function processorReason({ cpu, load, cores }: LocalReading, settings: LocalHostSettings): Reason | undefined {
  if (settings.cpuWarnPercent > 0 && cpu !== undefined && cpu.usedPercent >= settings.cpuWarnPercent) {
    return { code: 'cpuHigh', data: { percent: cpu.usedPercent, limit: settings.cpuWarnPercent } };
  }
  const overloaded = settings.loadWarnPerCore > 0 && load[2] / cores >= settings.loadWarnPerCore;
  return overloaded ? { code: 'loadHigh', data: { load: load[2], cores } } : undefined;
}

function measure(reading: LocalReading): Metric[] {
  const { cpu, load, memory } = reading;
  const metrics: Metric[] = [
    { name: 'load1', unit: 'number', value: load[0] },
    { name: 'load5', unit: 'number', value: load[1] },
    { name: 'load15', unit: 'number', value: load[2] },
    { name: 'memory', unit: 'percent', value: (1 - memory.available / Math.max(1, memory.total)) * 100 },
    { name: 'uptime', unit: 'seconds', value: reading.uptimeSeconds },
  ];
  if (cpu !== undefined) {
    metrics.push({ name: 'cpu', unit: 'percent', value: cpu.usedPercent });
    metrics.push({ name: 'ioWait', unit: 'percent', value: cpu.ioWaitPercent });
    metrics.push({ name: 'steal', unit: 'percent', value: cpu.stealPercent });
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

function evidence(reading: LocalReading): string {
  const disks = reading.fileSystems.map(
    ({ path, usedPercent, totalBytes }) => `${path}  ${usedPercent.toFixed(1)} %  ${(totalBytes / 1e9).toFixed(1)} GB`,
  );
  return sanitiseOutput(
    [`load ${reading.load.join(' ')}  cores ${reading.cores}`, ...disks, ...(reading.failedUnits ?? [])].join('\n'),
    2_000,
  );
}
