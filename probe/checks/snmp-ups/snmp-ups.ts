import type { CheckKind, KindResult, Metric, MetricUnit, ReasonOf } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { beyondLimits, worstFinding, type Finding } from '#probe/limit-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import type { SnmpSession } from '#probe/snmp/open-snmp.ts';
import { withSnmp } from '#probe/snmp/with-snmp.ts';
import { readUps, type UpsView } from './read-ups.ts';
import { snmpUpsSettings, type SnmpUpsSettings } from './settings.ts';
import { snmpUpsTexts, type SnmpUpsReasons } from './texts.ts';

const kind: CheckKind<SnmpUpsSettings, SnmpUpsReasons> = {
  name: 'snmp-ups',
  settings: snmpUpsSettings,
  texts: snmpUpsTexts,
  defaults: { intervalMs: 30_000, timeoutMs: 8_000 },
  requires: 'network',
  run: (settings, target, context) => withSnmp(settings, target, context, (session) => look(settings, session)),
  propose: ({ snmpParts }) => (snmpParts?.includes('ups') === true ? [{ settings: {}, recommended: true }] : []),
};

/** A UPS: where its power comes from, and how long that will last. */
export const snmpUps = defineKind(kind);

async function look(
  settings: SnmpUpsSettings,
  session: SnmpSession,
): Promise<Omit<KindResult<SnmpUpsReasons>, 'durationMs'>> {
  const view = await readUps(session);
  if (view === undefined) return { verdict: 'unknown', reason: { code: 'noUps', data: {} }, output: '', metrics: [] };
  const charge = view.chargePercent ?? -1;
  const minutes = view.runtimeMinutes ?? -1;
  const fine: ReasonOf<SnmpUpsReasons> = { code: 'onMains', data: { charge, minutes } };
  const metrics = metricsOf(view);
  const lines = [view.model, `source: ${view.source}`, ...metrics.map(({ name, value }) => `${name}: ${value}`)];
  return {
    ...(worstFinding(judgeUps(settings, view)) ?? { verdict: 'up', reason: fine }),
    output: sanitiseOutput(lines.filter((each) => each !== '').join('\n')),
    metrics,
  };
}

/** What is wrong with a UPS. */
export function judgeUps(settings: SnmpUpsSettings, view: UpsView): Finding<ReasonOf<SnmpUpsReasons>>[] {
  const data = { charge: view.chargePercent ?? -1, minutes: view.runtimeMinutes ?? -1 };
  const found: Finding<ReasonOf<SnmpUpsReasons>>[] = [];
  const onBattery = view.source === 'battery';
  if (view.source === 'none') found.push({ verdict: 'down', reason: { code: 'outputOff', data: {} } });
  // On the mains an empty battery is charging; on battery it is the last call.
  if (onBattery && view.batteryLow) found.push({ verdict: 'down', reason: { code: 'batteryLow', data } });
  const charge = { metric: 'charge', unit: 'percent' as const, value: view.chargePercent, side: 'below' as const };
  const runtime = { metric: 'runtime', unit: 'number' as const, value: view.runtimeMinutes, side: 'below' as const };
  if (onBattery) {
    found.push(
      ...beyondLimits(
        [
          { ...charge, limit: settings.downChargePercent },
          { ...runtime, limit: settings.downRuntimeMinutes },
        ],
        'down',
      ),
      { verdict: 'degraded', reason: { code: 'onBattery', data } },
    );
  }
  if (view.batteryFault) found.push({ verdict: 'degraded', reason: { code: 'batteryFault', data: {} } });
  if (view.source === 'bypass') found.push({ verdict: 'degraded', reason: { code: 'onBypass', data: {} } });
  if (!onBattery && view.batteryLow) found.push({ verdict: 'degraded', reason: { code: 'batteryLow', data } });
  found.push(
    ...beyondLimits([
      { ...charge, limit: settings.warnChargePercent },
      { ...runtime, limit: settings.warnRuntimeMinutes },
      { metric: 'load', unit: 'percent', value: view.loadPercent, limit: settings.warnLoadPercent },
      { metric: 'temperature', unit: 'celsius', value: view.celsius, limit: settings.warnCelsius },
    ]),
  );
  if ((view.alarms ?? 0) > 0)
    found.push({ verdict: 'degraded', reason: { code: 'alarms', data: { count: view.alarms ?? 0 } } });
  return found;
}

function metricsOf(view: UpsView): Metric[] {
  const all: (readonly [string, MetricUnit, number | undefined])[] = [
    ['charge', 'percent', view.chargePercent],
    ['runtime', 'number', view.runtimeMinutes],
    ['onBattery', 'seconds', view.onBatterySeconds],
    ['load', 'percent', view.loadPercent],
    ['power', 'watts', view.watts],
    ['temperature', 'celsius', view.celsius],
    ['inputVoltage', 'volts', view.inputVolts],
    ['outputVoltage', 'volts', view.outputVolts],
    ['batteryVoltage', 'volts', view.batteryVolts],
  ];
  return all.flatMap(([name, unit, value]) => (value === undefined ? [] : [{ name, unit, value }]));
}
