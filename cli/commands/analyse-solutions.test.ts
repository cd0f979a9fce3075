import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runWords } from '../testing/run-words.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-solutions-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const corpus = [
  { id: 'a', title: 'Disque plein', text: 'Vider les journaux.', date: '2024-01-05T10:00:00' },
  { id: 'b', title: 'Disque plein', text: 'Agrandir le volume.', date: '2024-03-05T10:00:00' },
  { id: 'c', title: 'Imprimante', text: 'Remettre du papier.', tags: ['bourrage'] },
];

async function solutions(
  questions: string,
  ...more: readonly string[]
): Promise<{ code: number; out: string; told: string }> {
  const [known, asked] = [path.join(folder, 'corpus.jsonl.gz'), path.join(folder, 'questions.jsonl')];
  await writeFile(known, gzipSync(corpus.map((entry) => JSON.stringify(entry)).join('\n')));
  await writeFile(asked, questions);
  return runWords(['analyse', 'solutions', '--corpus', known, '--questions', asked, ...more], folder);
}

test('each question gets its entries, best first, and only older ones where it asks for them', async () => {
  const asked = [
    { id: 'q1', text: 'papier bourré' },
    { id: 'q2', text: 'le disque est plein', before: '2024-02-01T00:00:00', relevant: ['b'] },
  ];
  const { code, out } = await solutions(`${asked.map((each) => JSON.stringify(each)).join('\n')}\n`, '--top', '1');
  expect(code).toBe(0);
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => line.split('\t').slice(0, 2)),
  ).toEqual([
    ['q1', 'c'],
    ['q2', 'a'],
  ]);
});

test('a line that cannot be read is named', async () => {
  const { code, told } = await solutions('{"id": "q1", "text": "x"}\nnot json\n');
  expect(code).not.toBe(0);
  expect(told).toContain('line 2');
});

test('a senseless number of entries is refused', async () => {
  const { code, told } = await solutions('', '--top', 'many');
  expect(code).not.toBe(0);
  expect(told).toContain('many');
});
