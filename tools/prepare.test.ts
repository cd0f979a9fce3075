import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { install, isInstalled } from './prepare/install.mjs';
import { PreparationFault, sentences, terminalLanguage } from './prepare/sentences.mjs';
import { isWebBuilt, noteWebBuilt } from './prepare/web.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vigie-prepare-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

const lock = {
  name: 'house',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: 'house', version: '1.0.0', dependencies: { part: '2.0.0' } },
    'node_modules/part': { version: '2.0.0' },
    'node_modules/for-tests': { version: '1.0.0', dev: true },
    'node_modules/for-a-mac': { version: '1.0.0', optional: true },
  },
};

describe('the parts that npm brings', () => {
  test.each([
    ['are all there', { 'node_modules/part': { version: '2.0.0' } }, true, false],
    [
      'are all there for the tests too',
      { 'node_modules/part': { version: '2.0.0' }, 'node_modules/for-tests': { version: '1.0.0' } },
      true,
      true,
    ],
    ['have another version', { 'node_modules/part': { version: '1.9.0' } }, false, false],
    ['are missing', {}, false, false],
  ])('%s', (_name, packages, forStart, forTests) => {
    write('package-lock.json', lock);
    write('node_modules/.package-lock.json', { packages });
    expect([isInstalled(folder, false), isInstalled(folder, true)]).toEqual([forStart, forTests]);
  });

  test('do not count while npm has not finished', () => {
    write('package-lock.json', lock);
    write('node_modules/part/package.json', {});
    expect(isInstalled(folder, false)).toBe(false);
  });

  test('cannot be brought without a network, and the sentence says so', async () => {
    write('package.json', { name: 'house', version: '1.0.0', dependencies: { part: '2.0.0' } });
    write('package-lock.json', {
      ...lock,
      packages: {
        '': lock.packages[''],
        'node_modules/part': { version: '2.0.0', resolved: 'http://127.0.0.1:9/part.tgz' },
      },
    });
    const env = { ...process.env, npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' };
    const place = { root: folder, env, words: sentences.fr };
    await expect(install(place, folder, false)).rejects.toThrow(sentences.fr.noNetwork);
    await expect(install(place, folder, false)).rejects.toBeInstanceOf(PreparationFault);
  }, 60_000);
});

describe('the built screens', () => {
  beforeEach(() => {
    write('web/index.html', '<html></html>');
    write('web/shell/main.tsx', 'export const a = 1;');
    write('web/dist/index.html', 'built');
    noteWebBuilt(folder);
  });

  test('stay while their sources do', () => {
    expect(isWebBuilt(folder)).toBe(true);
    write('web/shell/main.test.tsx', 'a test is no source');
    expect(isWebBuilt(folder)).toBe(true);
  });

  test('stay when a checkout only changed the times', () => {
    utimesSync(path.join(folder, 'web/shell/main.tsx'), 1, 1);
    expect(isWebBuilt(folder)).toBe(true);
  });

  test.each(['web/shell/main.tsx', 'web/shell/new.tsx', 'texts/fr/desk.ts', 'contract/desk.ts'])(
    'are built again when %s changes',
    (name) => {
      write(name, 'export const b = 2;');
      expect(isWebBuilt(folder)).toBe(false);
    },
  );
});

test.each([
  [{ LANG: 'fr_CA.UTF-8' }, 'fr'],
  [{ LANG: 'fr_FR.UTF-8', LC_ALL: 'en_GB.UTF-8' }, 'en'],
  [{ LANG: 'fr_FR.UTF-8', LC_ALL: '' }, 'fr'],
  [{}, 'en'],
] as const)('a terminal with %j is spoken to in %s', (env, language) => {
  expect(terminalLanguage(env)).toBe(language);
});
