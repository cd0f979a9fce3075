import { expect, test } from 'vitest';
import { RunMemory } from '../run-memory.ts';
import { chooseFolders, folderLookDue, folderMetrics, noteFolders, readFolders } from './growing-folders.ts';

const kib = (rows: Readonly<Record<string, number>>): string =>
  Object.entries(rows)
    .map(([path, size]) => `${size}\t${path}\n`)
    .join('');
const said = kib({
  '/var': 1_000,
  '/var/log': 600,
  '/var/log/app': 550,
  '/var/lib': 300,
  '/var/lib/a': 150,
  '/var/lib/b': 140,
  '/var/cache': 40,
});

test('folders are those that say most: no whole, none that is nearly one folder, none within another', () => {
  expect(chooseFolders(readFolders(said, '/var') ?? new Map(), '/var')).toEqual([
    '/var/log/app',
    '/var/lib',
    '/var/cache',
  ]);
});

test('what was broken off, or is no list of sizes, tells nothing', () => {
  expect(readFolders(said.replace('1000\t/var\n', ''), '/var')).toBeNull();
  expect(readFolders('du: cannot read\n12 /var\n', '/var')).toBeNull();
});

test('a look holds for hours, and a folder that was chosen stays', () => {
  const [memory, kept] = [new RunMemory(), new RunMemory()];
  let nowMs = 1_000;
  const context = { memory, kept, clock: { nowMs: () => nowMs } };
  const full = [
    { path: '/', totalBytes: 1, usedPercent: 40, inodesUsedPercent: undefined },
    { path: '/var', totalBytes: 1, usedPercent: 81, inodesUsedPercent: undefined },
  ];
  expect(folderLookDue(full.slice(0, 1), context)).toBeNull();
  expect(folderLookDue(full, context)).toBe('/var');
  noteFolders(said, '/var', context);
  expect(folderLookDue(full, context)).toBeNull();
  expect(folderMetrics(context).map(({ name, value }) => `${name} ${value / 1_024}`)).toEqual([
    'folderSize:/var/log/app 550',
    'folderSize:/var/lib 300',
    'folderSize:/var/cache 40',
  ]);
  nowMs += 6 * 3_600_000;
  expect(folderLookDue(full, context)).toBe('/var');
  noteFolders(said.replace('40\t/var/cache', '4\t/var/cache').concat('30\t/var/spool\n'), '/var', context);
  expect(folderMetrics(context).map(({ name }) => name)).toContain('folderSize:/var/cache');
});
