import { expect, test } from 'vitest';
import { findHeader } from './find-header.ts';
import { shapeLine } from './shape-line.ts';
import { TemplateFinder } from './template-finder.ts';

const names = ['anna', 'bruno', 'chloe', 'denis', 'elise', 'farid', 'gaston', 'helene'];

test('lines that differ in numbers, addresses and paths are one template', () => {
  const finder = new TemplateFinder();
  const first = finder.take('copied 12 files from 10.0.0.7:873 to /srv/copies/a in 31 ms');
  const second = finder.take('copied 9 files from 10.0.0.251:873 to /srv/copies/b/c in 4 seconds');
  expect(second).toEqual(first);
  expect(first.text).toContain('<*>');
});

test('a place in which many words were seen is variable, one with a few alternatives is not', () => {
  const finder = new TemplateFinder();
  const lines = names.map((name) => `password of account ${name} was changed at the desk`);
  for (const line of lines) finder.take(line);
  expect(new Set(lines.map((line) => finder.take(line).id)).size).toBe(1);
  const doors = ['opened', 'closed'].map((state) => finder.take(`the door of the machine room was ${state}`).id);
  expect(new Set(doors).size).toBe(2);
});

test('the same lines get the same names after a restart', () => {
  const finder = new TemplateFinder();
  const lines = names.flatMap((name) => [`session ${name} ended by its owner`, `queue length ${name.length}`]);
  for (const line of lines) finder.take(line);
  const resumed = TemplateFinder.resume(structuredClone(finder.save()));
  expect(lines.map((line) => resumed.take(line))).toEqual(lines.map((line) => finder.take(line)));
});

test('what is saved is in bounds, whatever comes', () => {
  const finder = new TemplateFinder();
  for (let i = 0; i < 21_000; i += 1) finder.take(`x${String.fromCodePoint(0x4e00 + i)} went`);
  expect(finder.save().shapes.length).toBeLessThanOrEqual(20_000);
});

test('no line is refused: empty, endless, binary, without letters', () => {
  const finder = new TemplateFinder();
  for (const line of [
    '',
    ' ',
    '\u0000\u0001',
    'a'.repeat(1_000_000),
    '='.repeat(100_000),
    '(((',
    ')))',
    '0',
    '\uD800',
  ]) {
    expect(finder.take(line).id).toMatch(/^[0-9a-f]{16}$/u);
  }
});

test('empty brackets, one variable in brackets and none are the same', () => {
  expect(shapeLine('connection from 10.1.1.1 () refused')).toEqual(
    shapeLine('connection from 10.1.1.1 (a.example.net) refused'),
  );
});

test('dates, hosts, levels and components before messages are left out', () => {
  const lines = Array.from(
    { length: 50 },
    (_, i) => `Nov 22 10:${String(i + 10)}:07 box${i % 3} daemon[${i}]: started worker ${i}`,
  );
  const start = findHeader(lines);
  expect(lines.map((line) => line.slice(start(line)))).toEqual(lines.map((_, i) => `started worker ${i}`));
});

test('lines without a date have no header', () => {
  const lines = Array.from({ length: 50 }, (_, i) => `${i} workers started`);
  expect(lines.map(findHeader(lines))).toEqual(lines.map(() => 0));
});
