/**
 * Devices as recordings for snmpsim (`.snmprec`: object, type, value). Written by hand after what such devices send; a
 * device is asked for by giving its name as the community.
 */
export type Recording = readonly string[];

/** The objects in the order of their numbers, as snmpsim wants them. */
function inOrder(recording: Recording): Recording {
  return recording.toSorted((a, b) => compareOids(a.split('|')[0] ?? '', b.split('|')[0] ?? ''));
}

function compareOids(one: string, other: string): number {
  const [a, b] = [one.split('.'), other.split('.')];
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = Number(a[at] ?? -1) - Number(b[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

const integer = '2';
const text = '4';
const oid = '6';
const gauge = '66';
const ticks = '67';

const system = (description: string, name: string): Recording => [
  `1.3.6.1.2.1.1.1.0|${text}|${description}`,
  `1.3.6.1.2.1.1.3.0|${ticks}:numeric|rate=100,initial=8640000`,
  `1.3.6.1.2.1.1.5.0|${text}|${name}`,
];

/** Rows of a table: one list of values for each column, index 1, 2, … */
function column(base: string, type: string, values: readonly (string | number)[], firstIndex = 1): Recording {
  return values.map((value, at) => `${base}.${firstIndex + at}|${type}|${value}`);
}

const ports = Array.from({ length: 24 }, (_none, at) => at + 1);
const ifEntry = '1.3.6.1.2.1.2.2.1';
const ifXEntry = '1.3.6.1.2.1.31.1.1.1';

/** 24 gigabit ports (1 to 20 up, 21 disabled, 22 to 24 down), a loopback and a VLAN; traffic grows evenly. */
export const switchDevice: Recording = inOrder([
  ...system('Recorded switch, 24 ports', 'switch-1'),
  ...column(`${ifEntry}.2`, text, [...ports.map((port) => `GigabitEthernet1/0/${port}`), 'Loopback0', 'Vlan10']),
  ...column(`${ifEntry}.3`, integer, [...ports.map(() => 6), 24, 53]),
  ...column(`${ifEntry}.5`, gauge, [...ports.map(() => 1_000_000_000), 0, 1_000_000_000]),
  ...column(`${ifEntry}.7`, integer, [...ports.map((port) => (port === 21 ? 2 : 1)), 1, 1]),
  ...column(`${ifEntry}.8`, integer, [...ports.map((port) => (port <= 20 ? 1 : 2)), 1, 1]),
  // 32-bit counters about to wrap, for agents and checks without 64 bits.
  ...ports.map((port) => `${ifEntry}.10.${port}|65:numeric|rate=${port * 12_500},initial=4294900000,wrap=1`),
  ...column(
    `${ifEntry}.13`,
    '65',
    ports.map(() => 0),
  ),
  ...ports.map((port) => (port === 3 ? `${ifEntry}.14.3|65:numeric|rate=50,initial=7` : `${ifEntry}.14.${port}|65|0`)),
  ...ports.map((port) => `${ifEntry}.16.${port}|65:numeric|rate=${port * 1_250},initial=1000`),
  ...column(
    `${ifEntry}.19`,
    '65',
    ports.map(() => 0),
  ),
  ...column(
    `${ifEntry}.20`,
    '65',
    ports.map(() => 0),
  ),
  ...column(`${ifXEntry}.1`, text, [...ports.map((port) => `Gi1/0/${port}`), 'Lo0', 'Vl10']),
  ...ports.map((port) => `${ifXEntry}.6.${port}|70:numeric|rate=${port * 125_000},initial=18000000000000000000`),
  ...ports.map((port) => `${ifXEntry}.10.${port}|70:numeric|rate=${port * 12_500},initial=5000000000`),
  ...column(`${ifXEntry}.15`, gauge, [...ports.map(() => 1_000), 0, 1_000]),
  ...column(`${ifXEntry}.18`, text, [...ports.map((port) => (port === 1 ? 'Uplink core' : '')), '', '']),
]);

/** The same switch after port 2 failed. */
export const switchWithFault: Recording = switchDevice.map((line) =>
  line.startsWith(`${ifEntry}.8.2|`) ? `${ifEntry}.8.2|${integer}|2` : line,
);

const upsMib = '1.3.6.1.2.1.33.1';

function ups(onBattery: boolean, charge: number, minutes: number): Recording {
  return inOrder([
    ...system('Recorded UPS', 'ups-1'),
    `${upsMib}.1.1.0|${text}|Example Power`,
    `${upsMib}.1.2.0|${text}|EP 3000`,
    `${upsMib}.2.1.0|${integer}|${charge < 20 ? 3 : 2}`,
    `${upsMib}.2.2.0|${integer}|${onBattery ? 95 : 0}`,
    `${upsMib}.2.3.0|${integer}|${minutes}`,
    `${upsMib}.2.4.0|${integer}|${charge}`,
    `${upsMib}.2.5.0|${integer}|546`,
    `${upsMib}.2.7.0|${integer}|27`,
    `${upsMib}.3.3.1.2.1|${integer}|500`,
    `${upsMib}.3.3.1.3.1|${integer}|${onBattery ? 0 : 231}`,
    `${upsMib}.4.1.0|${integer}|${onBattery ? 5 : 3}`,
    `${upsMib}.4.4.1.2.1|${integer}|230`,
    `${upsMib}.4.4.1.4.1|${integer}|820`,
    `${upsMib}.4.4.1.5.1|${integer}|34`,
    `${upsMib}.6.1.0|${gauge}|${onBattery ? 1 : 0}`,
  ]);
}

export const upsOnLine = ups(false, 100, 42);
export const upsOnBattery = ups(true, 61, 17);
export const upsNearlyEmpty = ups(true, 12, 2);

const apc = '1.3.6.1.4.1.318.1.1.1';

/** A UPS that knows only its maker's own MIB, and wants a new battery. */
export const apcUps: Recording = inOrder([
  ...system('Recorded APC card', 'ups-2'),
  `${apc}.1.1.1.0|${text}|Smart-UPS 1500`,
  `${apc}.2.1.1.0|${integer}|2`,
  `${apc}.2.1.2.0|${ticks}|0`,
  `${apc}.2.2.1.0|${gauge}|100`,
  `${apc}.2.2.2.0|${gauge}|31`,
  `${apc}.2.2.3.0|${ticks}|216000`,
  `${apc}.2.2.4.0|${integer}|2`,
  `${apc}.3.2.1.0|${gauge}|229`,
  `${apc}.4.1.1.0|${integer}|2`,
  `${apc}.4.2.1.0|${gauge}|229`,
  `${apc}.4.2.3.0|${gauge}|22`,
]);

const supplies = '1.3.6.1.2.1.43.11.1.1';
const trays = '1.3.6.1.2.1.43.8.2.1';

function printer(blackLevel: number, errorBits: string, alerts: Recording): Recording {
  return inOrder([
    ...system('Recorded colour printer', 'printer-1'),
    `1.3.6.1.2.1.25.3.5.1.1.1|${integer}|3`,
    `1.3.6.1.2.1.25.3.5.1.2.1|${text}x|${errorBits}`,
    `1.3.6.1.2.1.43.10.2.1.4.1.1|65|48211`,
    ...column(`${supplies}.4.1`, integer, [3, 3, 4, 3]),
    ...column(`${supplies}.5.1`, integer, [3, 3, 4, 9]),
    ...column(`${supplies}.6.1`, text, ['Black toner', 'Cyan toner', 'Waste toner box', 'Drum']),
    ...column(`${supplies}.7.1`, integer, [7, 7, 7, 7]),
    ...column(`${supplies}.8.1`, integer, [10_000, 8_000, 100, 60_000]),
    ...column(`${supplies}.9.1`, integer, [blackLevel, 6_400, 40, -3]),
    ...column(`${trays}.9.1`, integer, [500, 250]),
    ...column(`${trays}.10.1`, integer, [300, 250]),
    ...column(`${trays}.11.1`, integer, [0, 0]),
    ...column(`${trays}.13.1`, text, ['Tray 1', 'Tray 2']),
    ...alerts,
  ]);
}

export const printerReady = printer(7_500, '00', []);
export const printerLow = printer(400, '20', []);
export const printerJammed = printer(7_500, '04', [
  `1.3.6.1.2.1.43.18.1.1.2.1.1|${integer}|3`,
  `1.3.6.1.2.1.43.18.1.1.8.1.1|${text}|Paper jam in area C`,
]);

const sensor = '1.3.6.1.2.1.99.1.1.1';

function sensors(inletTenths: number, fanState: number): Recording {
  return inOrder([
    ...system('Recorded chassis', 'chassis-1'),
    ...column('1.3.6.1.2.1.47.1.1.1.1.2', text, ['Inlet temperature', 'Fan tray', 'PSU 1 power', 'Laser'], 1001),
    ...column('1.3.6.1.2.1.47.1.1.1.1.7', text, ['Inlet', 'Fan 1', 'PSU 1', 'Te1/1 Rx'], 1001),
    ...column(`${sensor}.1`, integer, [8, 10, 6, 14], 1001),
    ...column(`${sensor}.2`, integer, [9, 9, 8, 9], 1001),
    ...column(`${sensor}.3`, integer, [1, 0, 0, 1], 1001),
    ...column(`${sensor}.4`, integer, [inletTenths, 4_200, 143_000, -31], 1001),
    ...column(`${sensor}.5`, integer, [1, fanState, 1, 1], 1001),
  ]);
}

export const sensorsCool = sensors(243, 1);
export const sensorsHot = sensors(612, 1);
export const sensorsBroken = sensors(243, 3);

const environment = '1.3.6.1.4.1.9.9.13.1';

/** A router with the environment table of Cisco: a power supply has failed. */
export const ciscoEnvironment: Recording = inOrder([
  ...system('Recorded router', 'router-1'),
  ...column(`${environment}.3.1.2`, text, ['Chassis inlet']),
  ...column(`${environment}.3.1.3`, gauge, [29]),
  ...column(`${environment}.3.1.6`, integer, [1]),
  ...column(`${environment}.4.1.2`, text, ['Fan 1']),
  ...column(`${environment}.4.1.3`, integer, [1]),
  ...column(`${environment}.5.1.2`, text, ['Power supply 1', 'Power supply 2']),
  ...column(`${environment}.5.1.3`, integer, [1, 3]),
  `1.3.6.1.6.3.10.2.1.1.0|${oid}|0.0`,
]);

/** What net1 of the lab answers with, by name: the first four as they are, the others when a fault wants them. */
export const recordedDevices = {
  switch: switchDevice,
  ups: upsOnLine,
  printer: printerReady,
  chassis: sensorsCool,
  'switch-port-down': switchWithFault,
  'ups-on-battery': upsOnBattery,
  'printer-jammed': printerJammed,
  'chassis-hot': sensorsHot,
} as const satisfies Record<string, Recording>;
