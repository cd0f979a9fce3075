import { columnOf } from '#probe/snmp/cells.ts';
import type { SnmpSession } from '#probe/snmp/open-snmp.ts';
import { readTable } from '#probe/snmp/read-table.ts';
import { labelOf } from '#probe/snmp/snmp-label.ts';
import { numberOf, type SnmpValue } from '#probe/snmp/snmp-value.ts';

/** Where the power for what hangs on it comes from. */
export type PowerSource = 'mains' | 'battery' | 'bypass' | 'none' | 'unknown';

/** What a UPS tells, whichever tongue it speaks; undefined for what it does not. */
export interface UpsView {
  readonly model: string;
  readonly source: PowerSource;
  readonly batteryLow: boolean;
  readonly batteryFault: boolean;
  readonly chargePercent: number | undefined;
  readonly runtimeMinutes: number | undefined;
  readonly onBatterySeconds: number | undefined;
  readonly loadPercent: number | undefined;
  readonly celsius: number | undefined;
  readonly inputVolts: number | undefined;
  readonly outputVolts: number | undefined;
  readonly batteryVolts: number | undefined;
  readonly watts: number | undefined;
  readonly alarms: number | undefined;
}

// UPS-MIB (RFC 1628).
const ups = '1.3.6.1.2.1.33.1';
const standard = {
  maker: `${ups}.1.1.0`,
  model: `${ups}.1.2.0`,
  batteryStatus: `${ups}.2.1.0`,
  onBattery: `${ups}.2.2.0`,
  minutes: `${ups}.2.3.0`,
  charge: `${ups}.2.4.0`,
  batteryVolts: `${ups}.2.5.0`,
  celsius: `${ups}.2.7.0`,
  source: `${ups}.4.1.0`,
  alarms: `${ups}.6.1.0`,
} as const;
const lines = {
  inputVolts: `${ups}.3.3.1.3`,
  outputVolts: `${ups}.4.4.1.2`,
  watts: `${ups}.4.4.1.4`,
  load: `${ups}.4.4.1.5`,
};

// PowerNet-MIB of APC and Schneider.
const apc = '1.3.6.1.4.1.318.1.1.1';
const powerNet = {
  model: `${apc}.1.1.1.0`,
  batteryStatus: `${apc}.2.1.1.0`,
  onBattery: `${apc}.2.1.2.0`,
  charge: `${apc}.2.2.1.0`,
  celsius: `${apc}.2.2.2.0`,
  runtime: `${apc}.2.2.3.0`,
  replace: `${apc}.2.2.4.0`,
  inputVolts: `${apc}.3.2.1.0`,
  output: `${apc}.4.1.1.0`,
  outputVolts: `${apc}.4.2.1.0`,
  load: `${apc}.4.2.3.0`,
} as const;

/** Reads a UPS by the standard's tables, else by APC's; undefined when it knows neither. */
export async function readUps(session: SnmpSession): Promise<UpsView | undefined> {
  return (await readStandard(session)) ?? readPowerNet(session);
}

async function ask<Name extends string>(
  session: SnmpSession,
  objects: Readonly<Record<Name, string>>,
): Promise<(name: Name) => SnmpValue | undefined> {
  const oids = Object.values<string>(objects);
  const values = await session.get(oids);
  return (name) => values[oids.indexOf(objects[name])];
}

const sources: Readonly<Record<number, PowerSource>> = {
  2: 'none',
  3: 'mains',
  4: 'bypass',
  5: 'battery',
  // Booster and reducer: mains that are too low or too high, put right.
  6: 'mains',
  7: 'mains',
};

async function readStandard(session: SnmpSession): Promise<UpsView | undefined> {
  const value = await ask(session, standard);
  const [source, status] = [numberOf(value('source')), numberOf(value('batteryStatus'))];
  if (source === undefined && status === undefined) return undefined;
  const table = await readTable(session, Object.values(lines), 10);
  const most = (column: string): number | undefined => {
    const all = columnOf(table, column);
    return all.length === 0 ? undefined : Math.max(...all);
  };
  const watts = columnOf(table, lines.watts);
  return {
    model: `${labelOf(value('maker'), '')} ${labelOf(value('model'), '')}`.trim(),
    source: sources[source ?? 1] ?? 'unknown',
    batteryLow: status === 3 || status === 4,
    batteryFault: false,
    chargePercent: numberOf(value('charge')),
    runtimeMinutes: numberOf(value('minutes')),
    onBatterySeconds: numberOf(value('onBattery')),
    loadPercent: most(lines.load),
    celsius: numberOf(value('celsius')),
    inputVolts: most(lines.inputVolts),
    outputVolts: most(lines.outputVolts),
    batteryVolts: scaled(numberOf(value('batteryVolts')), 0.1),
    watts: watts.length === 0 ? undefined : watts.reduce((sum, each) => sum + each, 0),
    alarms: numberOf(value('alarms')),
  };
}

const powerNetSources: Readonly<Record<number, PowerSource>> = {
  2: 'mains',
  3: 'battery',
  4: 'mains',
  5: 'none',
  6: 'bypass',
  7: 'none',
  8: 'none',
  9: 'bypass',
  10: 'bypass',
  11: 'none',
  12: 'mains',
  16: 'bypass',
};

async function readPowerNet(session: SnmpSession): Promise<UpsView | undefined> {
  const value = await ask(session, powerNet);
  const [output, status] = [numberOf(value('output')), numberOf(value('batteryStatus'))];
  if (output === undefined && status === undefined) return undefined;
  // Times are hundredths of a second.
  return {
    model: labelOf(value('model'), ''),
    source: powerNetSources[output ?? 1] ?? 'unknown',
    batteryLow: status === 3,
    batteryFault: status === 4 || numberOf(value('replace')) === 2,
    chargePercent: numberOf(value('charge')),
    runtimeMinutes: scaled(numberOf(value('runtime')), 1 / 6_000),
    onBatterySeconds: scaled(numberOf(value('onBattery')), 0.01),
    loadPercent: numberOf(value('load')),
    celsius: numberOf(value('celsius')),
    inputVolts: numberOf(value('inputVolts')),
    outputVolts: numberOf(value('outputVolts')),
    batteryVolts: undefined,
    watts: undefined,
    alarms: undefined,
  };
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}
