import { describe, expect, it } from 'vitest';
import type { Column } from './column.ts';
import { formatSort, parseSort, sortRows } from './sort.ts';

const columns: Column<{ name: string; size?: number }>[] = [
  { name: 'name', title: 'Name', value: (row) => row.name },
  { name: 'size', title: 'Size', value: (row) => row.size },
];
const rows = [{ name: 'web-10', size: 2 }, { name: 'web-9' }, { name: 'Été', size: 1 }];

describe('sorting a list', () => {
  it('reads numbers inside names as people do', () => {
    expect(sortRows(rows, columns, parseSort('name'), 'fr').map((row) => row.name)).toEqual(['Été', 'web-9', 'web-10']);
  });
  it('puts rows without a value last in both directions', () => {
    expect(sortRows(rows, columns, parseSort('size'), 'fr').map((row) => row.size)).toEqual([1, 2, undefined]);
    expect(sortRows(rows, columns, parseSort('-size'), 'fr').map((row) => row.size)).toEqual([2, 1, undefined]);
  });
  it('leaves the rows alone for an unknown column', () => {
    expect(sortRows(rows, columns, parseSort('nothing'), 'fr')).toBe(rows);
  });
  it('writes what it reads', () => {
    expect(formatSort({ name: 'size', down: true })).toBe('-size');
    expect(parseSort('-')).toBeUndefined();
  });
});
