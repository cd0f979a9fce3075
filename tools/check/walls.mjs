// The walls between folders, by dependency-cruiser. It reads TypeScript through swc only; when that breaks it reads nothing and
// reports success, so the files it read are compared with those git knows.
// @ts-check
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { runTool } from './run-tool.mjs';

export const codeFolders = [
  'contract',
  'texts',
  'ssh',
  'mail',
  'analyse',
  'probe',
  'server',
  'cli',
  'web',
  'lab',
  'bench',
  'test',
  'tools',
];

/** Git refuses a checkout that belongs to another user, as one made by a build machine may: reading its list harms nobody. @param {string} root */
const ours = (root) => ['-c', `safe.directory=${root}`];

/** The code files git knows in the house's folders, as they lie on the disk now. @param {string} root */
export function codeFiles(root) {
  const listed = execFileSync(
    'git',
    [...ours(root), 'ls-files', '--cached', '--others', '--exclude-standard', '--', ...codeFolders],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return listed
    .split('\n')
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/(^|\/)(testdata|fixtures)\//.test(file))
    .filter((file) => existsSync(path.join(root, file)));
}

/** Reads every import and compares it with the rules. @param {string} root @returns {Promise<import('./run-tool.mjs').Outcome>} */
export async function checkWalls(root) {
  const files = codeFiles(root);
  if (files.length === 0) return { passed: true, output: 'no code yet' };
  const folders = codeFolders.filter((folder) => files.some((file) => file.startsWith(`${folder}/`)));
  const ran = await runTool(
    root,
    'depcruise',
    ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', '--no-cache', ...folders],
    { NODE_OPTIONS: `--import ${new URL('swc-reads-using.mjs', import.meta.url).href}` },
  );
  let result;
  try {
    result = JSON.parse(ran.stdout);
  } catch {
    return { passed: false, output: ran.output };
  }
  const comments = new Map(
    result.summary.ruleSetUsed.forbidden.map((/** @type {any} */ rule) => [rule.name, rule.comment]),
  );
  const read = new Set(result.modules.map((/** @type {any} */ module) => module.source));
  const unread = files.filter((file) => !read.has(file));
  const complaints = result.summary.violations.map((/** @type {any} */ violation) => {
    const way = (violation.cycle ?? []).map((/** @type {any} */ step) => step.name ?? step);
    const to = way.length > 0 ? way.join(' → ') : violation.to;
    return `${violation.from} → ${to}\n    ${violation.rule.name}: ${comments.get(violation.rule.name)}`;
  });
  if (unread.length > 0) {
    complaints.push(
      `${unread.length} of ${files.length} files were not read, so the walls are not proved: ${unread.slice(0, 5).join(', ')}`,
    );
  }
  return { passed: complaints.length === 0, output: complaints.join('\n') };
}
