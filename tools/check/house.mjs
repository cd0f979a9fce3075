// Small checks of the house that no linter sees, because they are about which files exist and what comments say.
// @ts-check
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { missingParts } from './lock.mjs';
import { codeFiles } from './walls.mjs';

/** @param {string} folder */
function filesIn(folder) {
  return existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
}

/** Every page and every text there is in one language stands in the other too. @param {string} root @returns {string[]} */
function bothLanguages(root) {
  const complaints = [];
  for (const where of ['texts', 'docs/guide']) {
    const english = `${where}/en`;
    const french = `${where}/fr`;
    const here = new Set(filesIn(path.join(root, english)).map((entry) => entry.name));
    const there = new Set(filesIn(path.join(root, french)).map((entry) => entry.name));
    for (const name of here) if (!there.has(name)) complaints.push(`${french}/${name} is missing: write the French.`);
    for (const name of there) if (!here.has(name)) complaints.push(`${english}/${name} is missing: write the English.`);
  }
  for (const kind of filesIn(path.join(root, 'probe/checks'))) {
    if (!kind.isDirectory()) continue;
    for (const page of ['manual.en.md', 'manual.fr.md']) {
      if (existsSync(path.join(root, 'probe/checks', kind.name, page))) continue;
      complaints.push(
        `probe/checks/${kind.name}/${page} is missing: a check kind has a manual page in both languages.`,
      );
    }
  }
  return complaints;
}

const silence = /(oxlint|eslint)-disable|@ts-(ignore|expect-error|nocheck)|oxfmt-ignore|prettier-ignore/;
const mark = /\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))/;

/** A rule is followed or changed for all; it is never silenced in one place. @param {string} root @returns {string[]} */
function nothingSilenced(root) {
  const complaints = [];
  for (const file of codeFiles(root)) {
    if (file.startsWith('tools/check/') || file === 'tools/walls.test.ts') continue;
    const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
    for (const [index, line] of lines.entries()) {
      const where = `${file}:${index + 1}`;
      if (silence.test(line)) complaints.push(`${where} silences a rule: follow it, or change it for all.`);
      if (mark.test(line)) complaints.push(`${where} leaves a mark without its issue: write TODO(#12), or do it.`);
    }
  }
  return complaints;
}

/** A migration is never edited once merged, so its number must be its own. @param {string} root @returns {string[]} */
function migrationsInOrder(root) {
  const complaints = [];
  const numbers = new Map();
  for (const { name } of filesIn(path.join(root, 'db/migrations'))) {
    const number = /^(\d{4})-[a-z]+(-[a-z-]+)?\.sql$/.exec(name)?.[1];
    if (!number) complaints.push(`db/migrations/${name}: a migration is named NNNN-module.sql`);
    else if (numbers.has(number)) complaints.push(`db/migrations/${name} has the number of ${numbers.get(number)}.`);
    else numbers.set(number, name);
  }
  return complaints;
}

/** @param {string} root @returns {string[]} */
function lockIsWhole(root) {
  const file = path.join(root, 'package-lock.json');
  const missing = existsSync(file) ? missingParts(JSON.parse(readFileSync(file, 'utf8'))) : [];
  if (missing.length === 0) return [];
  const names = missing.map(({ name }) => name);
  return [`package-lock.json lacks parts (${names.join(', ')}), so npm ci refuses it: node tools/complete-lock.mjs`];
}

/** @param {string} root @returns {Promise<import('./run-tool.mjs').Outcome>} */
export async function checkHouse(root) {
  const complaints = [
    ...bothLanguages(root),
    ...nothingSilenced(root),
    ...migrationsInOrder(root),
    ...lockIsWhole(root),
  ];
  return { passed: complaints.length === 0, output: complaints.join('\n') };
}
