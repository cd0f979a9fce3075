import { expect, it } from 'vitest';
import type { Column } from './column.ts';
import { rowsToCsv, rowsToJson } from './export-rows.ts';

const columns: Column<{ name: string; delta: number; at: Date | null }>[] = [
  { name: 'name', title: 'Name, of host', value: (row) => row.name },
  { name: 'delta', title: 'Delta', value: (row) => row.delta },
  { name: 'at', title: 'At', value: (row) => row.at },
];
const rows = [
  { name: 'a "b"', delta: -3, at: new Date(0) },
  { name: '=1+1', delta: 2, at: null },
];

it('writes CSV that spreadsheets read and never run', () => {
  expect(rowsToCsv(columns, rows)).toBe(
    '\uFEFF"Name, of host",Delta,At\r\n"a ""b""",-3,1970-01-01T00:00:00.000Z\r\n\'=1+1,2,\r\n',
  );
});

it('writes JSON with stable names and nothing lost', () => {
  expect(JSON.parse(rowsToJson(columns, rows))).toEqual([
    { name: 'a "b"', delta: -3, at: '1970-01-01T00:00:00.000Z' },
    { name: '=1+1', delta: 2, at: null },
  ]);
});
