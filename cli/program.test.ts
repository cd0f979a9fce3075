import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestList } from '#contract/request-list.ts';
import { runWords } from './testing/run-words.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-words-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const kebab = (word: string): string => word.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);

describe('every request is a command', () => {
  const requests = requestList.map(({ name }) => name.split('.').map(kebab));
  test.each([...new Set(requests.map(([module = '']) => module))])('of %s', async (module) => {
    const own = requests.filter(([first]) => first === module);
    for (const [group, verbs] of Map.groupBy(own, (words) => words.slice(0, -1).join(' '))) {
      const { code, out } = await runWords([...group.split(' '), '--help'], folder);
      expect([group, code]).toEqual([group, 0]);
      for (const words of verbs) expect(out).toContain(`\n  ${words.at(-1) ?? ''}`);
    }
  });
});
