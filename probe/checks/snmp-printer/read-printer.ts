import { cell, columnOf, type SnmpRow } from '#probe/snmp/cells.ts';
import type { SnmpSession } from '#probe/snmp/open-snmp.ts';
import { readTable } from '#probe/snmp/read-table.ts';
import { distinct, labelOf } from '#probe/snmp/snmp-label.ts';

// HOST-RESOURCES-MIB (RFC 2790) and Printer-MIB (RFC 3805).
const status = { printer: '1.3.6.1.2.1.25.3.5.1.1', errors: '1.3.6.1.2.1.25.3.5.1.2' };
const supplies = '1.3.6.1.2.1.43.11.1.1';
const supply = { kind: `${supplies}.4`, name: `${supplies}.6`, most: `${supplies}.8`, level: `${supplies}.9` };
const trays = '1.3.6.1.2.1.43.8.2.1';
const tray = { most: `${trays}.9`, level: `${trays}.10`, name: `${trays}.13`, description: `${trays}.18` };
const alerts = '1.3.6.1.2.1.43.18.1.1';
const alert = { severity: `${alerts}.2`, description: `${alerts}.8` };
const pages = '1.3.6.1.2.1.43.10.2.1.4';

/** Something that is used up, or a box that fills. */
export interface Supply {
  readonly name: string;
  /** What is left of it, or of the room in the box; undefined when the printer does not measure it. */
  readonly leftPercent: number | undefined;
}

/** A condition that stops or hinders printing (hrPrinterDetectedErrorState), by its bit from the left. */
export const printerErrors = [
  'lowPaper',
  'noPaper',
  'lowToner',
  'noToner',
  'doorOpen',
  'jammed',
  'offline',
  'serviceRequested',
  'inputTrayMissing',
  'outputTrayMissing',
  'supplyMissing',
  'outputNearFull',
  'outputFull',
  'inputTrayEmpty',
  'overduePreventMaint',
] as const;
export type PrinterError = (typeof printerErrors)[number];

/** What a printer tells. */
export interface PrinterView {
  /** 3 idle, 4 printing, 5 warming up; 1 and 2 say nothing. */
  readonly status: number;
  readonly errors: readonly PrinterError[];
  readonly supplies: readonly Supply[];
  readonly trays: readonly Supply[];
  /** Critical alerts only: printers list every full tray as a lesser one. */
  readonly alerts: readonly string[];
  readonly pages: number | undefined;
}

const mostThings = 60;
const receptacle = 4;
const critical = 3;

/** Reads it; undefined when the agent knows nothing of printing. */
export async function readPrinter(session: SnmpSession): Promise<PrinterView | undefined> {
  const state = await readTable(session, Object.values(status), 10);
  const marked = await readTable(session, Object.values(supply), mostThings);
  const fed = await readTable(session, Object.values(tray), mostThings);
  if (state.rows.size === 0 && marked.rows.size === 0 && fed.rows.size === 0) return undefined;
  const told = await readTable(session, Object.values(alert), mostThings);
  const counted = await readTable(session, [pages], 10);
  const printed = columnOf(counted, pages);
  const [first] = state.rows.values();
  const names = distinct(
    new Map([...marked.rows].map(([index, row]) => [index, labelOf(row.get(supply.name), index)])),
  );
  const trayNames = distinct(new Map([...fed.rows].map(([index, row]) => [index, trayName(index, row)])));
  return {
    status: cell(first, status.printer) ?? 2,
    errors: errorsOf(first),
    supplies: [...marked.rows].map(([index, row]) => ({
      name: names.get(index) ?? index,
      leftPercent: leftOf(row, supply.most, supply.level, cell(row, supply.kind) === receptacle),
    })),
    trays: [...fed.rows].map(([index, row]) => ({
      name: trayNames.get(index) ?? index,
      leftPercent: leftOf(row, tray.most, tray.level, false),
    })),
    alerts: [...told.rows.values()]
      .filter((row) => cell(row, alert.severity) === critical)
      .map((row) => labelOf(row.get(alert.description), '?')),
    pages: printed.length === 0 ? undefined : Math.max(...printed),
  };
}

function trayName(index: string, row: SnmpRow): string {
  return labelOf(row.get(tray.name), labelOf(row.get(tray.description), index));
}

/** Levels below zero are words: -1 anything, -2 unknown, -3 some left. The level of a box that fills is what is in it. */
function leftOf(row: SnmpRow, most: string, level: string, fills: boolean): number | undefined {
  const [capacity, now] = [cell(row, most), cell(row, level)];
  if (capacity === undefined || now === undefined || capacity <= 0 || now < 0) return undefined;
  const percent = Math.min(100, (now / capacity) * 100);
  return fills ? 100 - percent : percent;
}

function errorsOf(row: SnmpRow | undefined): PrinterError[] {
  const bits = row?.get(status.errors)?.value;
  if (!Buffer.isBuffer(bits)) return [];
  return printerErrors.filter((_name, at) => ((bits[Math.floor(at / 8)] ?? 0) & (0x80 >> (at % 8))) !== 0);
}
