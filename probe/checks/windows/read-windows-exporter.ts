import type { CheckContext } from '#probe/check-kind.ts';
import type { Exposition } from '#probe/exporter/series.ts';
import { deviceCounters, oneValue, samplesOf, valuesBy } from '#probe/machine/exporter-sums.ts';
import type { FileSystemReading, MachineReading } from '#probe/machine/machine-reading.ts';
import type { CpuTicks, DeviceCounters } from '#probe/machine/parse-proc.ts';
import { sinceLastRun } from '#probe/machine/since-last-run.ts';
import { compilePattern } from '#probe/web/safe-pattern.ts';
import type { WindowsSettings } from './settings.ts';

// The exporter renamed several metrics in its releases 0.24 to 0.31; the newest name stands first.
const totalNames = [
  'windows_memory_physical_total_bytes',
  'windows_cs_physical_memory_bytes',
  'windows_os_visible_memory_bytes',
];
const availableNames = [
  'windows_memory_available_bytes',
  'windows_memory_physical_free_bytes',
  'windows_os_physical_memory_free_bytes',
];
const bootNames = [
  'windows_system_boot_time_timestamp',
  'windows_system_boot_time_timestamp_seconds',
  'windows_system_system_up_time',
];
const updateNames = ['windows_updates_pending_info', 'windows_updates_pending'];
const known = new Set([
  ...totalNames,
  ...availableNames,
  ...bootNames,
  ...updateNames,
  'windows_cpu_time_total',
  'windows_logical_disk_size_bytes',
  'windows_logical_disk_free_bytes',
  'windows_logical_disk_read_bytes_total',
  'windows_logical_disk_write_bytes_total',
  'windows_logical_disk_idle_seconds_total',
  'windows_net_bytes_received_total',
  'windows_net_bytes_sent_total',
  'windows_pagefile_limit_bytes',
  'windows_pagefile_free_bytes',
  'windows_os_paging_limit_bytes',
  'windows_os_paging_free_bytes',
  'windows_updates_scrape_timestamp_seconds',
  'windows_service_state',
  'windows_service_start_mode',
]);

/** Whether a metric is one that {@link readWindowsExporter} looks at. */
export function isWindowsMetric(name: string): boolean {
  return known.has(name);
}

/** The state of a machine from the page of its windows_exporter; undefined when the page is of something else. */
export function readWindowsExporter(
  page: Exposition,
  settings: WindowsSettings,
  context: CheckContext,
): MachineReading | undefined {
  const total = oneValue(page, ...totalNames);
  const processors = samplesOf(page, 'windows_cpu_time_total');
  if (total === undefined || processors.length === 0) return undefined;
  const { ticks, cores } = readCpu(page);
  const sum = (name: string): number => samplesOf(page, name).reduce((all, { value }) => all + value, 0);
  const bootSeconds = oneValue(page, ...bootNames);
  return {
    ...sinceLastRun({ cpu: ticks, disks: readDisks(page, context), networks: readNetworks(page) }, context),
    cores,
    load: undefined,
    memory: {
      total,
      available: oneValue(page, ...availableNames) ?? 0,
      swapTotal: sum('windows_pagefile_limit_bytes') || sum('windows_os_paging_limit_bytes'),
      swapFree: sum('windows_pagefile_free_bytes') || sum('windows_os_paging_free_bytes'),
    },
    fileSystems: readVolumes(page),
    uptimeSeconds: bootSeconds === undefined ? 0 : Math.max(0, context.clock.nowMs() / 1000 - bootSeconds),
    failedUnits: readServices(page, settings),
    ...readUpdates(page),
  };
}

function readCpu(page: Exposition): { ticks: CpuTicks; cores: number } {
  const processors = new Set<string>();
  let [total, idle] = [0, 0];
  for (const { labels, value } of samplesOf(page, 'windows_cpu_time_total')) {
    const mode = labels.get('mode');
    processors.add(labels.get('core') ?? '');
    // `privileged` holds `dpc` and `interrupt` already: counting those too would make the whole more than the time.
    if (mode === 'idle' || mode === 'user' || mode === 'privileged') total += value;
    if (mode === 'idle') idle += value;
  }
  return { ticks: { total, idle, ioWait: 0, steal: 0 }, cores: Math.max(1, processors.size) };
}

function isDrive(volume: string): boolean {
  return !volume.startsWith('HarddiskVolume') && volume !== '_Total';
}

function readDisks(page: Exposition, context: CheckContext): Map<string, DeviceCounters> {
  const nowSeconds = context.clock.nowMs() / 1000;
  const idle = valuesBy(page, 'windows_logical_disk_idle_seconds_total', 'volume');
  // Told is the time a drive was idle; what is left of all time is busy, up to a constant that a rate does not see.
  const busy = new Map([...idle].map(([volume, seconds]) => [volume, nowSeconds - seconds]));
  return deviceCounters(
    valuesBy(page, 'windows_logical_disk_read_bytes_total', 'volume'),
    valuesBy(page, 'windows_logical_disk_write_bytes_total', 'volume'),
    busy,
    isDrive,
  );
}

function readNetworks(page: Exposition): Map<string, DeviceCounters> {
  return deviceCounters(
    valuesBy(page, 'windows_net_bytes_received_total', 'nic'),
    valuesBy(page, 'windows_net_bytes_sent_total', 'nic'),
    new Map(),
    (nic) => !/isatap|teredo|loopback/iu.test(nic),
  );
}

function readVolumes(page: Exposition): FileSystemReading[] {
  const free = valuesBy(page, 'windows_logical_disk_free_bytes', 'volume');
  return [...valuesBy(page, 'windows_logical_disk_size_bytes', 'volume')]
    .filter(([volume, size]) => isDrive(volume) && size > 0)
    .slice(0, 30)
    .map(([path, totalBytes]) => ({
      path,
      totalBytes,
      usedPercent: (1 - (free.get(path) ?? 0) / totalBytes) * 100,
      inodesUsedPercent: undefined,
    }));
}

/** Services that should run and do not: those asked for by name, and those that start by themselves. */
function readServices(
  page: Exposition,
  { services, ignoredServices, warnFailedUnits }: WindowsSettings,
): string[] | undefined {
  const states = samplesOf(page, 'windows_service_state');
  if (states.length === 0) return undefined;
  const running = namesWhere(page, 'windows_service_state', 'state', 'running');
  const told = new Set(states.map(({ labels }) => labels.get('name')?.toLowerCase() ?? ''));
  const ignored = ignoredServices.map((pattern) => compilePattern(`(?i)${pattern}`));
  const automatic = warnFailedUnits
    ? [...namesWhere(page, 'windows_service_start_mode', 'start_mode', 'auto')].filter(
        (name) => told.has(name) && !ignored.some((pattern) => pattern.isWhole(name)),
      )
    : [];
  const wanted = new Set([...services.map((name) => name.toLowerCase()), ...automatic]);
  return [...wanted].filter((name) => !running.has(name)).toSorted();
}

function namesWhere(page: Exposition, metric: string, label: string, value: string): Set<string> {
  return new Set(
    samplesOf(page, metric)
      .filter((sample) => sample.value === 1 && sample.labels.get(label) === value)
      .map(({ labels }) => labels.get('name')?.toLowerCase() ?? ''),
  );
}

function readUpdates(page: Exposition): { pendingUpdates?: number; securityUpdates?: number } {
  if (oneValue(page, 'windows_updates_scrape_timestamp_seconds', ...updateNames) === undefined) return {};
  const pending = updateNames.flatMap((name) => samplesOf(page, name)).filter(({ value }) => value > 0);
  const secure = pending.filter(
    ({ labels }) =>
      /security/iu.test(labels.get('category') ?? '') || /critical|important/iu.test(labels.get('severity') ?? ''),
  );
  return { pendingUpdates: pending.length, securityUpdates: secure.length };
}
