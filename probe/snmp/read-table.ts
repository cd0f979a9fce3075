import type { SnmpEntry, SnmpSession } from './open-snmp.ts';
import { snmpTypes, type SnmpValue } from './snmp-value.ts';

/** Rows of a table by their index, as far as they were read; a row holds its cells by column. */
export interface SnmpTable {
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, SnmpValue>>;
  /** There was more than the bounds allow. */
  readonly cut: boolean;
  /** The agent gave objects that do not grow: without this guard the walk would never end. */
  readonly looping: boolean;
}

/** Rows read of one table unless said otherwise. */
export const mostRows = 500;
// What a message of 1,400 bytes holds of short values; agents with more room lose little.
const cellsAtOnce = 48;
const mostRepetitions = 25;
const mostQuestions = 400;

interface Column {
  readonly oid: string;
  cursor: string;
  rows: number;
}

/**
 * Reads columns of a table side by side: GETBULK with few enough repetitions for a datagram, GETNEXT with v1; smaller
 * questions when the agent says that its answer would be too big; never more than `most` rows. Throws SnmpFailure.
 */
export async function readTable(
  session: SnmpSession,
  columns: readonly string[],
  most: number = mostRows,
): Promise<SnmpTable> {
  const rows = new Map<string, Map<string, SnmpValue>>();
  const active: Column[] = columns.map((oid) => ({ oid, cursor: oid, rows: 0 }));
  let width = 8;
  let repetitions = mostRepetitions;
  let [cut, looping] = [false, false];
  const drop = (column: Column): void => void active.splice(active.indexOf(column), 1);
  for (let question = 0; active.length > 0; question += 1) {
    if (question >= mostQuestions) return { rows, cut: true, looping };
    const asked = active.slice(0, width);
    const fitting = Math.max(1, Math.min(repetitions, Math.floor(cellsAtOnce / asked.length)));
    const answer = await session.next(
      asked.map(({ cursor }) => cursor),
      fitting,
    );
    if (answer === 'tooBig' || answer === 'none') {
      // Ask for less: first fewer rows, then fewer columns; a single cell that does not come is given up.
      if (answer === 'tooBig' && fitting > 1) repetitions = Math.floor(fitting / 2);
      else if (asked.length > 1) width = Math.floor(asked.length / 2);
      else for (const column of asked) drop(column);
      continue;
    }
    // A truncated answer holds only the first columns: the others are asked for again, unless nothing came at all.
    const nothing = answer.every((entries) => entries.length === 0);
    for (const [at, column] of asked.entries()) {
      if (answer[at]?.length === 0 && !nothing) continue;
      const end = take(column, answer[at] ?? [], rows, most);
      if (end === 'more') continue;
      if (end === 'cut') cut = true;
      if (end === 'loop') looping = true;
      drop(column);
    }
  }
  return { rows, cut, looping };
}

function take(
  column: Column,
  entries: readonly SnmpEntry[],
  rows: Map<string, Map<string, SnmpValue>>,
  most: number,
): 'more' | 'end' | 'cut' | 'loop' {
  if (entries.length === 0) return 'loop';
  for (const entry of entries) {
    if (entry.type === snmpTypes.endOfView || entry.type === snmpTypes.noSuchObject) return 'end';
    if (!entry.oid.startsWith(`${column.oid}.`)) return 'end';
    if (!follows(entry.oid, column.cursor)) return 'loop';
    if (column.rows >= most) return 'cut';
    column.cursor = entry.oid;
    column.rows += 1;
    const index = entry.oid.slice(column.oid.length + 1);
    const row = rows.get(index) ?? new Map<string, SnmpValue>();
    row.set(column.oid, { type: entry.type, value: entry.value });
    rows.set(index, row);
  }
  return 'more';
}

/** Whether an object comes after another in the order of the tree. */
export function follows(oid: string, before: string): boolean {
  const [later, earlier] = [oid.split('.'), before.split('.')];
  for (let at = 0; at < Math.max(later.length, earlier.length); at += 1) {
    if (earlier[at] === undefined) return true;
    if (later[at] === undefined) return false;
    const difference = Number(later[at]) - Number(earlier[at]);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
