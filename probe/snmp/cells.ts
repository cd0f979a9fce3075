import type { SnmpTable } from './read-table.ts';
import { numberOf, type SnmpValue } from './snmp-value.ts';

/** One row of a table, its cells by column. */
export type SnmpRow = ReadonlyMap<string, SnmpValue>;

/** The cell of a row as a number; undefined when it is missing or no number. */
export function cell(row: SnmpRow | undefined, column: string): number | undefined {
  return numberOf(row?.get(column));
}

/** All numbers of one column. */
export function columnOf(table: SnmpTable, column: string): number[] {
  return [...table.rows.values()].map((row) => cell(row, column)).filter((value) => value !== undefined);
}
