import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { runWords } from '../testing/run-words.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-files-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

// A file that is not right is told by the exit code of the process.
afterEach(() => {
  process.exitCode = undefined;
});

/** Runs a verb on a file of this text, with no server anywhere. */
async function analyse(
  verb: string,
  text: string,
  ...more: readonly string[]
): Promise<{ code: number; out: string; told: string }> {
  const file = path.join(folder, 'given');
  await writeFile(file, text);
  return runWords(['analyse', verb, verb === 'capacity' ? '--csv' : '--file', file, ...more], folder);
}

const days = Array.from({ length: 240 }, (_, at) => {
  const time = new Date(Date.UTC(2026, 0, 1) + at * 21_600_000).toISOString().slice(0, 19);
  return `${time},${40 + at / 6}`;
});

test('a disk that fills has a date with an interval, one that does not has none', async () => {
  const { code, out } = await analyse('capacity', `timestamp,value\n${days.join('\n')}\n`, '--capacity', '100');
  expect(code).toBe(0);
  // Eighty of a hundred on the second of March, two thirds a day more.
  expect(out).toMatch(/"full_at":"2026-0(?:3-31|4-01)T/u);
  const flat = days.map((row) => `${row.split(',')[0] ?? ''},40`).join('\n');
  const still = await analyse('capacity', `timestamp,value\n${flat}\n`, '--capacity', '100');
  expect(JSON.parse(still.out)).toEqual({ full_at: null, low: null, high: null, probability_30d: 0 });
});

test('a forecast is told in sentences when asked', async () => {
  const { out } = await analyse('capacity', `timestamp,value\n${days.join('\n')}\n`, '--capacity', '100', '--explain');
  expect(out).toMatch(/^It will be full about .+ 2026, most likely between .+ It grows by 0\.667 a day\.$/mu);
});

test('a capacity that is no number is refused with what was typed', async () => {
  const { code, told } = await analyse('capacity', 'timestamp,value\n', '--capacity', 'much');
  expect(code).not.toBe(0);
  expect(told).toContain('much');
});

test('lines of a log get a group and a template each', async () => {
  const { code, out } = await analyse('logs', 'user 17 logged in\nuser 4 logged in\ndisk full\n');
  expect(code).toBe(0);
  const groups = out
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[0]);
  expect(groups[0]).toBe(groups[1]);
  expect(groups[2]).not.toBe(groups[0]);
});

test('a strict reader says where a message leaves the standard, the other reads what it can', async () => {
  const strict = await analyse('syslog', '<34>1 yesterday host app - - - text', '--strict');
  expect(process.exitCode).toBe(1);
  expect(strict.told).toContain('byte 7');
  const lenient = await analyse('syslog', '<34>Oct 11 22:14:15 mymachine su: failed');
  expect(lenient.code).toBe(0);
  expect(JSON.parse(lenient.out)).toMatchObject({ facility: 4, severity: 2, hostname: 'mymachine', app_name: 'su' });
});

test('a page of metrics is right or not by its standard', async () => {
  const right = await analyse('metrics', '# TYPE a gauge\na 1\n# EOF\n', '--format', 'openmetrics');
  expect(right.code).toBe(0);
  const wrong = await analyse('metrics', '# TYPE a gauge\na 1\n', '--format', 'openmetrics');
  expect(process.exitCode).toBe(1);
  expect(wrong.told).toContain('# EOF');
});
