import { expect, test } from 'vitest';
import { LogBook } from './log-book.ts';

const atMs = Date.UTC(2026, 10, 22, 12);
const names = ['anna', 'bert', 'carl', 'dora', 'emil', 'fred', 'gina', 'hans', 'ines', 'jean'];
const line = (at: number): string =>
  `Nov 22 12:00:${String(at % 60).padStart(2, '0')} web1 app[${at}]: connection of customer ${names[at % 10] ?? ''} from 10.0.0.${at % 250} closed after a while`;

test('kinds of line keep their names when what is remembered is read again', () => {
  const before = new LogBook(null);
  for (let at = 0; at < 200; at += 1) before.take(line(at), atMs);
  before.counted();
  before.take(line(7), atMs);
  const memory = before.memory();
  expect(before.memory()).toBeNull();
  const after = new LogBook(structuredClone(memory));
  after.take(line(7), atMs);
  const [known] = before.counted();
  expect(after.counted()).toEqual([known]);
  expect(known?.text).toContain('<*>');
  expect(known?.text).not.toContain('12:00');
});

test('lines of one kind are counted by ten minutes, and what was told is not told again', () => {
  const book = new LogBook(null);
  for (let at = 0; at < 30; at += 1) book.take(`job ${at} done`, atMs + at * 60_000);
  const counted = book.counted();
  expect(counted.map(({ slotMs, lines }) => [(slotMs - atMs) / 60_000, lines])).toEqual([
    [0, 10],
    [10, 10],
    [20, 10],
  ]);
  expect(book.counted()).toEqual([]);
});

const letters = (of: number): string =>
  of.toString(26).replaceAll(/\d/gu, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');

test('a log that never says the same twice stays within its bounds', () => {
  const book = new LogBook(null);
  for (let at = 0; at < 3_000; at += 1)
    book.take(Array.from({ length: 5 + (at % 7) }, (_none, word) => letters(at * 31 + word * 7_919)).join(' '), atMs);
  expect(book.counted().length).toBeLessThanOrEqual(300);
  expect(JSON.stringify(book.memory()).length).toBeLessThan(400_000);
});
