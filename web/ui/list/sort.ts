import type { CellValue, Column } from './column.ts';

/** A column's name and direction, written `since` or `-since` in the address. */
export interface Sort {
  name: string;
  down: boolean;
}

/** Reads `-since`; undefined for nothing. */
export function parseSort(text: string | null): Sort | undefined {
  if (text === null || text === '' || text === '-') return undefined;
  return text.startsWith('-') ? { name: text.slice(1), down: true } : { name: text, down: false };
}

export function formatSort(sort: Sort): string {
  return sort.down ? `-${sort.name}` : sort.name;
}

type Key = string | number | undefined;

function keyOf(value: CellValue): Key {
  if (value === null || value === undefined || value === '') return undefined;
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value;
}

/** Rows in order; equal rows keep theirs, and rows without a value go last in both directions. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | undefined,
  locale: string,
): readonly Row[] {
  const column = columns.find((each) => each.name === sort?.name);
  if (sort === undefined || column === undefined) return rows;
  const { order } = column;
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const keyed = rows.map((row) => ({ row, key: order === undefined ? keyOf(column.value(row)) : order(row) }));
  const sign = sort.down ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined);
    if (typeof a.key === 'number' && typeof b.key === 'number') return sign * (a.key - b.key);
    return sign * collator.compare(String(a.key), String(b.key));
  });
  return keyed.map(({ row }) => row);
}
