import type { CheckContext } from '#probe/check-kind.ts';
import type { Exposition } from '#probe/exporter/series.ts';
import { deviceCounters, oneValue, samplesOf, valuesBy } from '#probe/machine/exporter-sums.ts';
import type { FileSystemReading, MachineReading } from '#probe/machine/machine-reading.ts';
import { isWholeDisk, keepsData, type CpuTicks } from '#probe/machine/parse-proc.ts';
import { sinceLastRun } from '#probe/machine/since-last-run.ts';

const names = [
  'node_cpu_seconds_total',
  'node_load1',
  'node_load5',
  'node_load15',
  'node_memory_MemTotal_bytes',
  'node_memory_MemAvailable_bytes',
  'node_memory_MemFree_bytes',
  'node_memory_SwapTotal_bytes',
  'node_memory_SwapFree_bytes',
  'node_filesystem_size_bytes',
  'node_filesystem_avail_bytes',
  'node_filesystem_free_bytes',
  'node_filesystem_files',
  'node_filesystem_files_free',
  'node_filesystem_readonly',
  'node_disk_read_bytes_total',
  'node_disk_written_bytes_total',
  'node_disk_io_time_seconds_total',
  'node_network_receive_bytes_total',
  'node_network_transmit_bytes_total',
  'node_boot_time_seconds',
  'node_time_seconds',
  'node_systemd_unit_state',
  'node_reboot_required',
  'apt_upgrades_pending',
];
const known = new Set(names);

/** Whether a metric is one that {@link readNodeExporter} looks at. */
export function isNodeMetric(name: string): boolean {
  return known.has(name);
}

/** The state of a machine from the page of its node exporter; undefined when the page is of something else. */
export function readNodeExporter(page: Exposition, context: CheckContext): MachineReading | undefined {
  const total = oneValue(page, 'node_memory_MemTotal_bytes');
  if (total === undefined || samplesOf(page, 'node_cpu_seconds_total').length === 0) return undefined;
  const { ticks, cores } = readCpu(page);
  const rates = sinceLastRun(
    {
      cpu: ticks,
      disks: deviceCounters(
        valuesBy(page, 'node_disk_read_bytes_total', 'device'),
        valuesBy(page, 'node_disk_written_bytes_total', 'device'),
        valuesBy(page, 'node_disk_io_time_seconds_total', 'device'),
        isWholeDisk,
      ),
      networks: deviceCounters(
        valuesBy(page, 'node_network_receive_bytes_total', 'device'),
        valuesBy(page, 'node_network_transmit_bytes_total', 'device'),
        new Map(),
        (device) => device !== 'lo',
      ),
    },
    context,
  );
  const nowSeconds = oneValue(page, 'node_time_seconds') ?? context.clock.nowMs() / 1000;
  const reboot = oneValue(page, 'node_reboot_required');
  return {
    ...rates,
    cores,
    load: [oneValue(page, 'node_load1') ?? 0, oneValue(page, 'node_load5') ?? 0, oneValue(page, 'node_load15') ?? 0],
    memory: {
      total,
      available: oneValue(page, 'node_memory_MemAvailable_bytes', 'node_memory_MemFree_bytes') ?? 0,
      swapTotal: oneValue(page, 'node_memory_SwapTotal_bytes') ?? 0,
      swapFree: oneValue(page, 'node_memory_SwapFree_bytes') ?? 0,
    },
    fileSystems: readFileSystems(page),
    uptimeSeconds: Math.max(0, nowSeconds - (oneValue(page, 'node_boot_time_seconds') ?? nowSeconds)),
    failedUnits: readUnits(page),
    ...readUpdates(page),
    ...(reboot === undefined ? {} : { rebootRequired: reboot > 0 }),
  };
}

const countedModes = new Set(['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal']);

function readCpu(page: Exposition): { ticks: CpuTicks; cores: number } {
  const modes = new Map<string, number>();
  const processors = new Set<string>();
  for (const { labels, value } of samplesOf(page, 'node_cpu_seconds_total')) {
    const mode = labels.get('mode') ?? '';
    processors.add(labels.get('cpu') ?? '');
    if (countedModes.has(mode) && Number.isFinite(value)) modes.set(mode, (modes.get(mode) ?? 0) + value);
  }
  const total = [...modes.values()].reduce((sum, value) => sum + value, 0);
  const ticks = {
    total,
    idle: modes.get('idle') ?? 0,
    ioWait: modes.get('iowait') ?? 0,
    steal: modes.get('steal') ?? 0,
  };
  return { ticks, cores: Math.max(1, processors.size) };
}

const mostFileSystems = 30;

function readFileSystems(page: Exposition): FileSystemReading[] {
  const by = (name: string): Map<string, number> => valuesBy(page, name, 'mountpoint');
  const [avail, free, files] = [
    by('node_filesystem_avail_bytes'),
    by('node_filesystem_free_bytes'),
    by('node_filesystem_files'),
  ];
  const [filesFree, readOnly] = [by('node_filesystem_files_free'), by('node_filesystem_readonly')];
  const devices = new Set<string>();
  const found: FileSystemReading[] = [];
  const sizes = samplesOf(page, 'node_filesystem_size_bytes').toSorted(
    (a, b) => (a.labels.get('mountpoint') ?? '').length - (b.labels.get('mountpoint') ?? '').length,
  );
  for (const { labels, value: size } of sizes) {
    const path = labels.get('mountpoint') ?? '';
    const device = labels.get('device') ?? path;
    // The same device mounted twice is one file system.
    if (!(size > 0) || !keepsData(labels.get('fstype') ?? '') || readOnly.get(path) === 1 || devices.has(device))
      continue;
    devices.add(device);
    const used = size - (free.get(path) ?? avail.get(path) ?? 0);
    const inodes = files.get(path) ?? 0;
    found.push({
      path,
      totalBytes: size,
      // As df counts: blocks kept for root are neither used nor free.
      usedPercent: (used / Math.max(1, used + (avail.get(path) ?? 0))) * 100,
      inodesUsedPercent: inodes > 0 ? ((inodes - (filesFree.get(path) ?? 0)) / inodes) * 100 : undefined,
    });
  }
  return found.slice(0, mostFileSystems);
}

function readUnits(page: Exposition): string[] | undefined {
  const units = samplesOf(page, 'node_systemd_unit_state');
  if (units.length === 0) return undefined;
  return units
    .filter(({ labels, value }) => labels.get('state') === 'failed' && value === 1)
    .map(({ labels }) => labels.get('name') ?? '')
    .slice(0, 100);
}

// Written by the well-known apt script of the textfile collector, when somebody installed it.
function readUpdates(page: Exposition): { pendingUpdates?: number; securityUpdates?: number } {
  const pending = samplesOf(page, 'apt_upgrades_pending');
  if (pending.length === 0) return {};
  const sum = (of: typeof pending): number => of.reduce((total, { value }) => total + value, 0);
  const secure = pending.filter(({ labels }) => /security/iu.test(labels.get('origin') ?? ''));
  return { pendingUpdates: sum(pending), securityUpdates: sum(secure) };
}
