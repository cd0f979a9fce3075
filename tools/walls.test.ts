import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { checkHouse } from './check/house.mjs';
import { runTool } from './check/run-tool.mjs';
import { checkWalls } from './check/walls.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A small house beside the real one, with the real one's rules. */
function plant(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'vigie-walls-'));
  for (const name of [
    '.dependency-cruiser.mjs',
    '.oxlintrc.json',
    'package.json',
    'tsconfig.base.json',
    'tools/check/house-rules.mjs',
  ]) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  mkdirSync(path.join(folder, 'node_modules'));
  for (const name of ['.bin', '@types', 'undici-types']) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name));
  }
  for (const name of ['kysely', 'vitest', 'stray']) {
    mkdirSync(path.join(folder, 'node_modules', name));
    writeFileSync(path.join(folder, 'node_modules', name, 'package.json'), JSON.stringify({ name, main: 'main.js' }));
    writeFileSync(path.join(folder, 'node_modules', name, 'main.js'), 'exports.it = 1;');
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), `${text}\n`);
  }
  execFileSync('git', ['init', '--quiet', folder]);
  return folder;
}

/** Each wall: the file that goes through it, and what it says. The imported files stand in `ground`. */
const breaches: readonly [wall: string, file: string, text: string][] = [
  ['circle', 'contract/round-a.ts', "import type { B } from './round-b.ts';\nexport type A = { b?: B };"],
  [
    'contract-stands-alone',
    'contract/leans.ts',
    "import { text } from '../texts/en/words.ts';\nexport const leaning = text;",
  ],
  [
    'contract-stands-alone',
    'contract/reads-files.ts',
    "import { readFile } from 'node:fs';\nexport const read = readFile;",
  ],
  [
    'texts-know-the-contract',
    'texts/en/leans.ts',
    "import { a } from '#platform/thing.ts';\nexport const leaning = a;",
  ],
  ['ssh-knows-nobody', 'ssh/leans.ts', "import { word } from '#contract/word.ts';\nexport const leaning = word;"],
  ['analyse-reaches', 'analyse/leans.ts', "import { a } from '#platform/thing.ts';\nexport const leaning = a;"],
  ['mail-reaches', 'mail/leans.ts', "import { a } from '#platform/thing.ts';\nexport const leaning = a;"],
  ['probe-reaches', 'probe/leans.ts', "import { a } from '#platform/thing.ts';\nexport const leaning = a;"],
  ['cli-reaches', 'cli/leans.ts', "import { a } from '../server/platform/thing.ts';\nexport const leaning = a;"],
  ['web-reaches', 'web/leans.ts', "import { a } from '../server/platform/thing.ts';\nexport const leaning = a;"],
  [
    'server-reaches',
    'server/platform/tested.ts',
    "import { b } from '../../web/ui/part.ts';\nexport const leaning = b;",
  ],
  [
    'platform-knows-no-module',
    'server/platform/knows.ts',
    "import { m } from '../modules/desk/module.ts';\nexport const knows = m;",
  ],
  [
    'module-never-imports-module',
    'server/modules/desk/peeks.ts',
    "import type { M } from '../watch/module.ts';\nexport type Peek = M;",
  ],
  [
    'module-never-imports-app',
    'server/modules/desk/climbs.ts',
    "import { app } from '../../app/modules.ts';\nexport const up = app;",
  ],
  [
    'app-enters-by-module',
    'server/app/burgles.ts',
    "import { s } from '../modules/desk/store.ts';\nexport const stolen = s;",
  ],
  [
    'demo-enters-by-module',
    'server/demo/burgles.ts',
    "import { s } from '../modules/desk/store.ts';\nexport const stolen = s;",
  ],
  ['demo-is-a-leaf', 'server/app/dreams.ts', "import { d } from '../demo/invented.ts';\nexport const dream = d;"],
  ['main-enters-by-app', 'server/main.ts', "import { m } from './modules/desk/module.ts';\nexport const main = m;"],
  [
    'acts-without-platform',
    'server/modules/desk/open-ticket.ts',
    "import { a } from '#platform/thing.ts';\nexport const open = a;",
  ],
  [
    'database-in-stores',
    'server/modules/desk/ticket.ts',
    "import { sql } from 'kysely';\nexport const query = sql`select 1`;",
  ],
  ['needs-are-types', 'server/modules/desk/needs.ts', "import { s } from './store.ts';\nexport const need = s;"],
  ['check-kind-is-a-folder', 'probe/checks/tcp/kind.ts', "import { k } from '../dns/kind.ts';\nexport const kind = k;"],
  [
    'ui-knows-nothing',
    'web/ui/clever.ts',
    "import { screen } from '../modules/desk/screen.ts';\nexport const clever = screen;",
  ],
  [
    'web-module-alone',
    'web/modules/desk/peeks.ts',
    "import { screen } from '../watch/screen.ts';\nexport const peek = screen;",
  ],
  [
    'web-is-a-browser',
    'web/modules/desk/reads.ts',
    "import { readFile } from 'node:fs';\nexport const read = readFile;",
  ],
  [
    'tests-are-leaves',
    'server/platform/borrows.ts',
    "import { t } from './thing.test.ts';\nexport const borrowed = t;",
  ],
  ['lab-knows-ssh', 'lab/cheats.ts', "import { a } from '../server/platform/thing.ts';\nexport const cheat = a;"],
  ['product-without-dev-packages', 'cli/dev.ts', "import { test } from 'vitest';\nexport const it = test;"],
  ['packages-are-listed', 'cli/stray.ts', "import { it } from 'stray';\nexport const stray = it;"],
  ['unresolved', 'probe/lost.ts', "import { gone } from './gone.ts';\nexport const lost = gone;"],
];

const ground: Readonly<Record<string, string>> = {
  'contract/word.ts': "export const word = 'word';",
  'contract/round-b.ts': "import type { A } from './round-a.ts';\nexport type B = { a?: A };",
  'texts/en/words.ts': "export const text = 'text';",
  'server/platform/thing.ts': 'export const a = 1;',
  'server/platform/thing.test.ts': 'export const t = 1;',
  'server/modules/desk/module.ts': 'export const m = 1;',
  'server/modules/desk/store.ts': 'export const s = 1;',
  'server/modules/watch/module.ts': 'export type M = number;',
  'server/demo/invented.ts': 'export const d = 1;',
  'server/app/modules.ts': 'export const app = 1;',
  'probe/checks/dns/kind.ts': 'export const k = 1;',
  'web/ui/part.ts': 'export const b = 1;',
  'web/modules/desk/screen.ts': 'export const screen = 1;',
  'web/modules/watch/screen.ts': 'export const screen = 2;',
};

describe('the walls between folders', () => {
  let house: string;
  let report: string;
  beforeAll(async () => {
    house = plant({ ...ground, ...Object.fromEntries(breaches.map(([, file, text]) => [file, text])) });
    report = (await checkWalls(house)).output;
  }, 60_000);
  afterAll(() => rmSync(house, { recursive: true }));

  test.each(breaches)('%s refuses %s', (wall, file) => {
    const complaint = report.split('\n').findIndex((line, index, lines) => {
      return line.startsWith(`${file} → `) && lines[index + 1]?.includes(` ${wall}: `);
    });
    expect(complaint).toBeGreaterThanOrEqual(0);
  });

  test('every wall has a breach here that it refuses', () => {
    const rules = readFileSync(path.join(root, '.dependency-cruiser.mjs'), 'utf8');
    const named = [...rules.matchAll(/name: '([a-z-]+)'/g)].map((match) => match[1] ?? '');
    const reaching = [...rules.matchAll(/reaches\(\s*'([a-z]+)'/g)].map((match) => `${match[1] ?? ''}-reaches`);
    const proved = new Set(breaches.map(([wall]) => wall));
    expect([...named, ...reaching].filter((wall) => !proved.has(wall))).toEqual([]);
  });
});

test('a house without a breach passes', async () => {
  const house = plant({
    'contract/word.ts': ground['contract/word.ts'] ?? '',
    'texts/en/words.ts': "export const text = 'text';",
  });
  const outcome = await checkWalls(house);
  rmSync(house, { recursive: true });
  expect(outcome).toEqual({ passed: true, output: '' });
}, 60_000);

test('walls that were not read do not pass', async () => {
  const house = plant({ 'contract/word.ts': 'export const word: string = 1;' });
  const rules = path.join(house, '.dependency-cruiser.mjs');
  writeFileSync(rules, readFileSync(rules, 'utf8').replace('\\.cache|', 'contract|'));
  const outcome = await checkWalls(house);
  rmSync(house, { recursive: true });
  expect(outcome.passed).toBe(false);
}, 60_000);

const lintReport = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

/** Each rule inside a file, with a file that breaks it. */
const faults: readonly [rule: string, file: string, text: string][] = [
  ['house(environment-in-config)', 'server/modules/desk/a.ts', "export const path = process.env['PATH'];"],
  [
    'house(environment-in-config)',
    'server/modules/desk/b.ts',
    "import { env } from 'node:process';\nexport const path = env['PATH'];",
  ],
  ['house(time-in-clock)', 'probe/c.ts', 'export const now = Date.now();'],
  ['house(time-in-clock)', 'probe/d.ts', 'export const now = new Date();'],
  ['house(sql-in-stores)', 'server/modules/desk/e.ts', "export const query = 'select id from desk.ticket';"],
  ['house(no-bare-text)', 'web/modules/desk/f.tsx', 'export const F = () => <p>Save the file</p>;'],
  ['house(no-bare-text)', 'web/modules/desk/g.tsx', 'export const G = () => <input aria-label="Name" />;'],
  ['house(french-typography)', 'texts/fr/h.ts', "export const h = { sure: 'Vraiment ?' };"],
  ['eslint(no-console)', 'server/modules/desk/i.ts', "console.log('hello');"],
  ['import(no-default-export)', 'contract/j.ts', 'export default 1;'],
  ['import(no-cycle)', 'contract/k.ts', "import type { L } from './l.ts';\nexport type K = { l?: L };"],
  ['oxc(no-barrel-file)', 'contract/m.ts', "export * from './l.ts';"],
  ['eslint(no-restricted-imports)', 'contract/n.ts', "import { x } from './words/index.ts';\nexport const n = x;"],
  [
    'eslint(no-restricted-imports)',
    'server/modules/desk/o.ts',
    "import { x } from '../../platform/thing.ts';\nexport const o = x;",
  ],
  ['eslint(no-restricted-imports)', 'server/modules/desk/p.ts', "import { x } from './utils.ts';\nexport const p = x;"],
  [
    'typescript(no-unsafe-type-assertion)',
    'contract/q.ts',
    'export const q = (value: unknown): number => value as number;',
  ],
  ['typescript(no-explicit-any)', 'contract/r.ts', 'export const r = (value: any): string => String(value);'],
  ['eslint(max-lines)', 'contract/s.ts', 'export const s = 1;\n'.repeat(1) + '// line\n'.repeat(401)],
  ['eslint(max-lines-per-function)', 'contract/t.ts', `export function t() {\n${'  void 0;\n'.repeat(71)}}`],
  ['unicorn(filename-case)', 'contract/someThing.ts', 'export const u = 1;'],
  ['typescript(no-floating-promises)', 'contract/v.ts', 'export function v() {\n  Promise.resolve(1);\n}'],
];

describe('the rules inside a file', () => {
  let house: string;
  let found: ReadonlySet<string>;
  beforeAll(async () => {
    house = plant({
      'contract/l.ts': "import type { K } from './k.ts';\nexport type L = { k?: K };",
      'tsconfig.json': JSON.stringify({
        extends: './tsconfig.base.json',
        compilerOptions: { types: ['node'], jsx: 'react-jsx' },
      }),
      ...Object.fromEntries(faults.map(([, file, text]) => [file, text])),
    });
    const ran = await runTool(house, 'oxlint', ['--format', 'json', 'contract', 'probe', 'server', 'texts', 'web']);
    const { diagnostics } = lintReport.parse(JSON.parse(ran.stdout));
    found = new Set(diagnostics.map(({ code, filename }) => `${code} ${filename}`));
  }, 60_000);
  afterAll(() => rmSync(house, { recursive: true }));

  test.each(faults)('%s refuses %s', (rule, file) => {
    expect([...found]).toContain(`${rule} ${file}`);
  });

  test('a cast is allowed in the client maker alone', () => {
    expect([...found].filter((finding) => finding.includes('client.ts'))).toEqual([]);
  });
});

test('a page, a text or a manual in one language only is refused, and so is a silenced rule', async () => {
  const house = plant({
    'texts/en/desk.ts': 'export const desk = {};',
    'docs/guide/fr/start.md': '# Démarrer',
    'probe/checks/tcp/manual.en.md': '# tcp',
    'contract/quiet.ts': '// oxlint-disable-next-line no-console\nexport const quiet = 1;',
    'contract/later.ts': '// TODO one day\nexport const later = 1;',
    'db/migrations/1-desk.sql': 'select 1;',
  });
  const { output } = await checkHouse(house);
  rmSync(house, { recursive: true });
  expect(output).toContain('texts/fr/desk.ts is missing');
  expect(output).toContain('docs/guide/en/start.md is missing');
  expect(output).toContain('probe/checks/tcp/manual.fr.md is missing');
  expect(output).toContain('contract/quiet.ts:1 silences a rule');
  expect(output).toContain('contract/later.ts:1 leaves a mark');
  expect(output).toContain('db/migrations/1-desk.sql');
});
