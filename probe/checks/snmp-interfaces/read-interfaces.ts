import type { SnmpSession } from '#probe/snmp/open-snmp.ts';
import { readTable, type SnmpTable } from '#probe/snmp/read-table.ts';
import { distinct, labelOf } from '#probe/snmp/snmp-label.ts';
import { numberOf, type SnmpValue } from '#probe/snmp/snmp-value.ts';

const ifEntry = '1.3.6.1.2.1.2.2.1';
const ifXEntry = '1.3.6.1.2.1.31.1.1.1';

// Columns of IF-MIB (RFC 2863).
const columns = {
  description: `${ifEntry}.2`,
  type: `${ifEntry}.3`,
  speed: `${ifEntry}.5`,
  admin: `${ifEntry}.7`,
  oper: `${ifEntry}.8`,
  inOctets: `${ifEntry}.10`,
  inDiscards: `${ifEntry}.13`,
  inErrors: `${ifEntry}.14`,
  outOctets: `${ifEntry}.16`,
  outDiscards: `${ifEntry}.19`,
  outErrors: `${ifEntry}.20`,
} as const;
const extended = {
  name: `${ifXEntry}.1`,
  inOctets64: `${ifXEntry}.6`,
  outOctets64: `${ifXEntry}.10`,
  megabits: `${ifXEntry}.15`,
  alias: `${ifXEntry}.18`,
} as const;

/** One interface as its agent tells it. */
export interface Interface {
  readonly index: string;
  /** Different from that of every other interface; the alias a person gave stands in brackets. */
  readonly label: string;
  /** Its name alone, by which it is remembered. */
  readonly name: string;
  /** The description that a person gave it on the device; mostly empty. */
  readonly alias: string;
  /** IANA ifType. */
  readonly type: number;
  readonly adminUp: boolean;
  /** Of RFC 2863: 1 up, 2 down, 3 testing, 5 dormant, 6 not present, 7 lower layer down. */
  readonly oper: number;
  /** 0 when it does not tell. */
  readonly bitsPerSecond: number;
  readonly counters: Readonly<
    Record<'in' | 'out' | 'inErrors' | 'outErrors' | 'inDiscards' | 'outDiscards', SnmpValue | undefined>
  >;
}

/** Reads them all; the second is whether the agent has more than can be read. */
export async function readInterfaces(session: SnmpSession): Promise<{ all: Interface[]; cut: boolean }> {
  const table = await readTable(session, [...Object.values(columns), ...Object.values(extended)]);
  const names = distinct(new Map([...table.rows].map(([index, row]) => [index, nameOf(index, row)])));
  const all = [...table.rows].map(([index, row]) => interfaceOf(index, row, names.get(index) ?? index));
  return { all: all.filter(({ type }) => type > 0), cut: table.cut || table.looping };
}

type Row = SnmpTable['rows'] extends ReadonlyMap<string, infer Cells> ? Cells : never;

function nameOf(index: string, row: Row): string {
  return labelOf(row.get(extended.name), labelOf(row.get(columns.description), index));
}

function interfaceOf(index: string, row: Row, name: string): Interface {
  const number = (column: string): number => numberOf(row.get(column)) ?? 0;
  const alias = labelOf(row.get(extended.alias), '').replaceAll(/[()]/gu, ' ').trim();
  const megabits = number(extended.megabits);
  return {
    index,
    name,
    alias,
    label: alias === '' || alias === name ? name : `${name} (${alias})`,
    type: number(columns.type),
    adminUp: number(columns.admin) === 1,
    oper: number(columns.oper),
    bitsPerSecond: megabits > 0 ? megabits * 1_000_000 : number(columns.speed),
    counters: {
      in: row.get(extended.inOctets64) ?? row.get(columns.inOctets),
      out: row.get(extended.outOctets64) ?? row.get(columns.outOctets),
      inErrors: row.get(columns.inErrors),
      outErrors: row.get(columns.outErrors),
      inDiscards: row.get(columns.inDiscards),
      outDiscards: row.get(columns.outDiscards),
    },
  };
}

// Kinds of interface with a plug or an antenna, and bundles of them: Ethernet in its many numbers, Wi-Fi, DSL, optics, LAG.
const physicalTypes = new Set([
  6, 7, 26, 39, 55, 56, 62, 69, 71, 94, 95, 96, 97, 117, 161, 169, 195, 196, 238, 251, 265, 279,
]);

/** Whether one can point at it: neither loopback nor VLAN nor tunnel. */
export function isPhysical({ type }: Interface): boolean {
  return physicalTypes.has(type);
}
