import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runWords } from '../testing/run-words.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-analyse-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

/** Runs the command on a file of this text, with no server anywhere. */
async function analyse(text: string, ...more: readonly string[]): Promise<{ code: number; out: string; told: string }> {
  const file = path.join(folder, 'measured.csv');
  await writeFile(file, text);
  return runWords(['analyse', 'anomalies', '--csv', file, ...more], folder);
}

const minutes = Array.from({ length: 3000 }, (_, at) => at);
const stamp = (at: number): string => new Date(Date.UTC(2026, 0, 1) + at * 300_000).toISOString().slice(0, 19);

test('each row of a file gets a score, in order, without a server', async () => {
  const rows = minutes.map((at) => `${stamp(at).replace('T', ' ')},${at === 2900 ? 900 : 10 + (at % 7)}`);
  const { code, out } = await analyse(`timestamp,value\n${rows.join('\n')}\n`);
  expect(code).toBe(0);
  const lines = out.trim().split('\n');
  expect(lines[0]).toBe('timestamp,value,anomaly_score');
  expect(lines.slice(1).map((line) => line.slice(0, line.lastIndexOf(',')))).toEqual(rows);
  expect(Number(lines[2901]?.split(',')[2])).toBeGreaterThanOrEqual(0.5);
});

test('several columns are judged together, empty cells and all', async () => {
  const rows = minutes.slice(0, 600).map((at) => `${stamp(at)}Z;${at % 5};${at % 3 === 0 ? '' : at % 11}`);
  const { code, out } = await analyse(`time;a;b\r\n${rows.join('\r\n')}\r\n`);
  expect(code).toBe(0);
  expect(out.trim().split('\n')).toHaveLength(601);
  expect(out.startsWith('timestamp,anomaly_score\n')).toBe(true);
});

test('with --explain it says in the reader’s language what is odd', async () => {
  const rows = minutes.map((at) => `${stamp(at)},${at === 2900 ? 900 : 10 + (at % 7)}`);
  const { out } = await analyse(`timestamp,value\n${rows.join('\n')}\n`, '--explain', '--lang', 'fr');
  expect(out).toContain('900');
  expect(out).toMatch(/depuis le/u);
});

test('a file that is none of measurements is refused with what to write instead', async () => {
  const nonsense = await analyse('nonsense');
  expect(nonsense.code).toBe(2);
  expect(nonsense.told).toContain('no column of values');
  const wrong = await analyse('timestamp,value\nyesterday,3\n');
  expect(wrong.code).toBe(2);
  expect(wrong.told).toContain('line 2: “yesterday” is not a time');
});
