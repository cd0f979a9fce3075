import type { CheckKind, KindResult, Metric, ReasonOf } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { beyondLimits, worstFinding, type Finding } from '#probe/limit-reasons.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import type { SnmpSession } from '#probe/snmp/open-snmp.ts';
import { distinct } from '#probe/snmp/snmp-label.ts';
import { withSnmp } from '#probe/snmp/with-snmp.ts';
import { fitsOneOf } from '#probe/text-pattern.ts';
import { readSensors, type Sensor } from './read-sensors.ts';
import { snmpSensorsSettings, type SnmpSensorsSettings } from './settings.ts';
import { snmpSensorsTexts, type SnmpSensorsReasons } from './texts.ts';

const kind: CheckKind<SnmpSensorsSettings, SnmpSensorsReasons> = {
  name: 'snmp-sensors',
  settings: snmpSensorsSettings,
  texts: snmpSensorsTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 10_000 },
  requires: 'network',
  run: (settings, target, context) => withSnmp(settings, target, context, (session) => look(settings, session)),
  propose: ({ snmpParts }) => (snmpParts?.includes('sensors') === true ? [{ settings: {}, recommended: true }] : []),
};

/** Temperatures, fans, power supplies and whatever else a device measures of itself. */
export const snmpSensors = defineKind(kind);

const mostSensors = 300;
const namesTold = 5;

async function look(
  settings: SnmpSensorsSettings,
  session: SnmpSession,
): Promise<Omit<KindResult<SnmpSensorsReasons>, 'durationMs'>> {
  const all = await readSensors(session);
  const names = distinct(new Map(all.map((each, at) => [String(at), each.name])));
  const sensors = all
    .map((each, at) => ({ ...each, name: names.get(String(at)) ?? each.name }))
    .filter(
      ({ name, state }) =>
        state !== 'absent' && fitsOneOf(name, settings.include) && !fitsOneOf(name, settings.exclude),
    )
    .slice(0, mostSensors);
  if (sensors.length === 0)
    return { verdict: 'unknown', reason: { code: 'noSensors', data: { all: all.length } }, output: '', metrics: [] };
  const metrics = sensors.flatMap(({ name, kind: what, unit, value }): Metric[] =>
    value === undefined ? [] : [{ name: `${what}:${name}`, unit, value }],
  );
  const temperatures = sensors.flatMap((each) =>
    each.kind === 'temperature' && each.value !== undefined ? [each.value] : [],
  );
  const fine: ReasonOf<SnmpSensorsReasons> = {
    code: 'sensorsFine',
    data: { count: sensors.length, hottest: temperatures.length === 0 ? -1_000 : Math.max(...temperatures) },
  };
  return {
    ...(worstFinding(judgeSensors(settings, sensors)) ?? { verdict: 'up', reason: fine }),
    output: sanitiseOutput(sensors.map(({ name, state, value }) => `${name}: ${value ?? ''} ${state}`).join('\n')),
    metrics,
  };
}

function judgeSensors(
  settings: SnmpSensorsSettings,
  sensors: readonly Sensor[],
): Finding<ReasonOf<SnmpSensorsReasons>>[] {
  const told = (state: Sensor['state']): { count: number; names: string } | undefined => {
    const those = sensors.filter((each) => each.state === state).map(({ name }) => name);
    const names = those.slice(0, namesTold).join(', ') + (those.length > namesTold ? '…' : '');
    return those.length === 0 ? undefined : { count: those.length, names };
  };
  const hot = (limit: number) =>
    sensors
      .filter(({ kind: what }) => what === 'temperature')
      .map(({ name, value }) => ({ metric: 'temperature', instance: name, unit: 'celsius' as const, value, limit }));
  const [fault, warning] = [told('fault'), told('warning')];
  return [
    ...(fault === undefined
      ? []
      : [{ verdict: 'down' as const, reason: { code: 'sensorFault' as const, data: fault } }]),
    ...beyondLimits(hot(settings.downCelsius), 'down'),
    ...beyondLimits(hot(settings.warnCelsius)),
    ...(warning === undefined
      ? []
      : [{ verdict: 'degraded' as const, reason: { code: 'sensorWarning' as const, data: warning } }]),
  ];
}
