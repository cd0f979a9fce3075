import type { CheckContext, CheckKind, KindResult, Metric, MetricUnit, ReasonOf } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { beyondLimits, worstFinding, type Finding } from '#probe/limit-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { counterRates } from '#probe/snmp/counter-rates.ts';
import type { SnmpSession } from '#probe/snmp/open-snmp.ts';
import { withSnmp } from '#probe/snmp/with-snmp.ts';
import { fitsOneOf } from '#probe/text-pattern.ts';
import { readHost, readScalars, type HostView, type Volume } from './read-host.ts';
import { snmpHostSettings, type SnmpHostSettings } from './settings.ts';
import { snmpHostTexts, type SnmpHostReasons } from './texts.ts';

const kind: CheckKind<SnmpHostSettings, SnmpHostReasons> = {
  name: 'snmp-host',
  settings: snmpHostSettings,
  texts: snmpHostTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 10_000 },
  requires: 'network',
  run: (settings, target, context) =>
    withSnmp(settings, target, context, (session) => look(settings, session, context)),
  propose: ({ snmpParts }) => (snmpParts?.includes('host') === true ? [{ settings: {}, recommended: true }] : []),
};

/** Processors, memory and disks of a machine, by its SNMP agent. */
export const snmpHost = defineKind(kind);

// A machine with hundreds of processors or mounts must not fill the series of a check.
const mostProcessors = 64;
const mostVolumes = 100;

async function look(
  settings: SnmpHostSettings,
  session: SnmpSession,
  context: CheckContext,
): Promise<Omit<KindResult<SnmpHostReasons>, 'durationMs'>> {
  const scalars = await readScalars(session);
  using rates = counterRates(context, scalars('uptime'));
  const view = await readHost(session, scalars, rates);
  if (view.cpu.length === 0 && view.memoryPercent === undefined && view.volumes.length === 0) {
    return { verdict: 'unknown', reason: { code: 'noHostTable', data: {} }, output: '', metrics: [] };
  }
  const volumes = view.volumes.filter(({ name }) => !fitsOneOf(name, settings.diskExclude)).slice(0, mostVolumes);
  const cpu = mean(view.cpu);
  const fullest = volumes.toSorted((a, b) => b.usedPercent - a.usedPercent)[0];
  const fine: ReasonOf<SnmpHostReasons> = {
    code: 'hostFine',
    data: {
      cpu: cpu ?? -1,
      memory: view.memoryPercent ?? -1,
      disk: fullest?.usedPercent ?? -1,
      diskName: fullest?.name ?? '',
    },
  };
  const metrics = metricsOf(view, volumes, cpu);
  const found = findings(settings, view, volumes, cpu);
  const output = metrics.map(({ name, value }) => `${name}: ${Number(value.toFixed(2))}`).join('\n');
  return { ...(worstFinding(found) ?? { verdict: 'up', reason: fine }), output: sanitiseOutput(output), metrics };
}

function findings(
  settings: SnmpHostSettings,
  view: HostView,
  volumes: readonly Volume[],
  cpu: number | undefined,
): Finding<ReasonOf<SnmpHostReasons>>[] {
  const percent = { unit: 'percent' as const };
  const disks = (limit: number) =>
    volumes.map(({ name, usedPercent }) => ({ ...percent, metric: 'disk', instance: name, value: usedPercent, limit }));
  const memory = { ...percent, metric: 'memory', value: view.memoryPercent };
  return [
    ...beyondLimits([{ ...memory, limit: settings.downMemoryPercent }, ...disks(settings.downDiskPercent)], 'down'),
    ...beyondLimits([
      { ...percent, metric: 'cpu', value: cpu, limit: settings.warnCpuPercent },
      { ...memory, limit: settings.warnMemoryPercent },
      { ...percent, metric: 'swap', value: view.swapPercent, limit: settings.warnSwapPercent },
      ...disks(settings.warnDiskPercent),
      { unit: 'number', metric: 'load5', value: view.load[1], limit: settings.warnLoad },
    ]),
  ];
}

function metricsOf(view: HostView, volumes: readonly Volume[], cpu: number | undefined): Metric[] {
  return [
    ...known('cpu', 'percent', cpu),
    ...(view.cpu.length > 1
      ? view.cpu.slice(0, mostProcessors).map((value, at): Metric => ({ name: `core:${at}`, unit: 'percent', value }))
      : []),
    ...known('memory', 'percent', view.memoryPercent),
    ...known('swap', 'percent', view.swapPercent),
    ...volumes.map(({ name, usedPercent }): Metric => ({ name: `disk:${name}`, unit: 'percent', value: usedPercent })),
    ...view.transfers.slice(0, mostVolumes).flatMap(({ name, read, written }): Metric[] => [
      { name: `diskRead:${name}`, unit: 'bytesPerSecond', value: read },
      { name: `diskWrite:${name}`, unit: 'bytesPerSecond', value: written },
    ]),
    ...known('load1', 'number', view.load[0]),
    ...known('load5', 'number', view.load[1]),
    ...known('load15', 'number', view.load[2]),
    ...known('processes', 'count', view.processes),
    ...known('users', 'count', view.users),
    ...known('uptime', 'seconds', view.uptimeSeconds),
  ];
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function known(name: string, unit: MetricUnit, value: number | undefined): Metric[] {
  return value === undefined ? [] : [{ name, unit, value }];
}
