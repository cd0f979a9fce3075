import type { MetricUnit } from '#probe/check-kind.ts';
import { cell, type SnmpRow } from '#probe/snmp/cells.ts';
import type { SnmpSession } from '#probe/snmp/open-snmp.ts';
import { readTable } from '#probe/snmp/read-table.ts';
import { labelOf } from '#probe/snmp/snmp-label.ts';

/** What a sensor measures: a key of the kind's metric names. */
export type SensorKind =
  | 'temperature'
  | 'voltage'
  | 'current'
  | 'power'
  | 'frequency'
  | 'humidity'
  | 'fan'
  | 'signal'
  | 'other';

/** One sensor. A fan or power supply that only says how it is has no value. */
export interface Sensor {
  readonly name: string;
  readonly kind: SensorKind;
  readonly unit: MetricUnit;
  readonly value: number | undefined;
  /** What the device itself thinks of it. */
  readonly state: 'ok' | 'warning' | 'fault' | 'absent';
}

const kinds: Readonly<Record<number, readonly [SensorKind, MetricUnit]>> = {
  3: ['voltage', 'volts'],
  4: ['voltage', 'volts'],
  5: ['current', 'amperes'],
  6: ['power', 'watts'],
  7: ['frequency', 'hertz'],
  8: ['temperature', 'celsius'],
  9: ['humidity', 'percent'],
  10: ['fan', 'revolutionsPerMinute'],
  // Cisco's own table counts on: decibel milliwatts of optics.
  14: ['signal', 'decibelMilliwatts'],
};

const entityNames = { description: '1.3.6.1.2.1.47.1.1.1.1.2', name: '1.3.6.1.2.1.47.1.1.1.1.7' };
// ENTITY-SENSOR-MIB (RFC 3433), and Cisco's older one with the same columns.
const entitySensors = ['1.3.6.1.2.1.99.1.1.1', '1.3.6.1.4.1.9.9.91.1.1.1.1'] as const;

/** Every sensor that the device tells of, by whichever of the tables it has. */
export async function readSensors(session: SnmpSession): Promise<Sensor[]> {
  for (const base of entitySensors) {
    const found = await readEntitySensors(session, base);
    if (found.length > 0) return [...found, ...(await readCiscoEnvironment(session))];
  }
  return [...(await readCiscoEnvironment(session)), ...(await readLmSensors(session))];
}

async function readEntitySensors(session: SnmpSession, base: string): Promise<Sensor[]> {
  const [type, scale, precision, value, status] = [1, 2, 3, 4, 5].map((column) => `${base}.${column}`);
  const columns = [type, scale, precision, value, status].filter((column) => column !== undefined);
  const table = await readTable(session, columns);
  if (table.rows.size === 0) return [];
  const names = await readTable(session, Object.values(entityNames));
  return [...table.rows].flatMap(([index, row]): Sensor[] => {
    const [kind, unit] = kinds[cell(row, type ?? '') ?? 0] ?? ['other', 'number'];
    const raw = cell(row, value ?? '');
    const operational = cell(row, status ?? '') ?? 1;
    if (raw === undefined) return [];
    const named = names.rows.get(index);
    const scaled = raw * 10 ** (scaleOf(cell(row, scale ?? '')) - (cell(row, precision ?? '') ?? 0));
    return [
      {
        name: labelOf(named?.get(entityNames.name), labelOf(named?.get(entityNames.description), index)),
        kind,
        unit,
        value: operational === 1 && Number.isFinite(scaled) ? scaled : undefined,
        state: operational === 3 ? 'fault' : operational === 2 ? 'absent' : 'ok',
      },
    ];
  });
}

/** SI prefixes in steps of a thousand, 9 is none (EntitySensorDataScale); as a power of ten. */
function scaleOf(scale: number | undefined): number {
  return scale === undefined || scale < 1 || scale > 17 ? 0 : (scale - 9) * 3;
}

// CISCO-ENVMON-MIB: temperatures, fans and power supplies with a state each.
const environment = '1.3.6.1.4.1.9.9.13.1';
const states: Readonly<Record<number, Sensor['state']>> = {
  1: 'ok',
  2: 'warning',
  3: 'fault',
  4: 'fault',
  5: 'absent',
  6: 'fault',
};

async function readCiscoEnvironment(session: SnmpSession): Promise<Sensor[]> {
  const groups = [
    { table: 3, kind: 'temperature', unit: 'celsius', value: 3, state: 6 },
    { table: 4, kind: 'fan', unit: 'number', value: undefined, state: 3 },
    { table: 5, kind: 'power', unit: 'number', value: undefined, state: 3 },
  ] as const;
  const sensors: Sensor[] = [];
  for (const { table, kind, unit, value, state } of groups) {
    const base = `${environment}.${table}.1`;
    const read = await readTable(session, [`${base}.2`, `${base}.3`, ...(state === 3 ? [] : [`${base}.${state}`])]);
    for (const [index, row] of read.rows) {
      sensors.push({
        name: labelOf(row.get(`${base}.2`), `${kind} ${index}`),
        kind,
        unit,
        value: value === undefined ? undefined : cell(row, `${base}.${value}`),
        state: states[cell(row, `${base}.${state}`) ?? 1] ?? 'ok',
      });
    }
  }
  return sensors;
}

// LM-SENSORS-MIB of Net-SNMP: thousandths, but fans whole.
const lm = '1.3.6.1.4.1.2021.13.16';

async function readLmSensors(session: SnmpSession): Promise<Sensor[]> {
  const groups = [
    { table: 2, kind: 'temperature', unit: 'celsius', factor: 0.001 },
    { table: 3, kind: 'fan', unit: 'revolutionsPerMinute', factor: 1 },
    { table: 4, kind: 'voltage', unit: 'volts', factor: 0.001 },
  ] as const;
  const sensors: Sensor[] = [];
  for (const { table, kind, unit, factor } of groups) {
    const base = `${lm}.${table}.1`;
    const read = await readTable(session, [`${base}.2`, `${base}.3`]);
    for (const [index, row] of read.rows) sensors.push(lmSensor(row, base, index, { kind, unit, factor }));
  }
  return sensors;
}

function lmSensor(
  row: SnmpRow,
  base: string,
  index: string,
  { kind, unit, factor }: { kind: SensorKind; unit: MetricUnit; factor: number },
): Sensor {
  const raw = cell(row, `${base}.3`);
  const value = raw === undefined ? undefined : raw * factor;
  return { name: labelOf(row.get(`${base}.2`), index), kind, unit, value, state: 'ok' };
}
