// What `npm run check` looks at, in the order it reports.
// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';

import { checkHouse } from './house.mjs';
import { runTool } from './run-tool.mjs';
import { checkWalls, codeFiles } from './walls.mjs';

/** @typedef {{ name: string, says: string, run: (root: string) => Promise<import('./run-tool.mjs').Outcome> }} Step */

/** The projects that hold code: the compiler refuses a project without a file. @param {string} root */
function projects(root) {
  const files = codeFiles(root);
  const folders = [...new Set(files.map((file) => file.split('/')[0] ?? ''))];
  return folders.filter((folder) => existsSync(path.join(root, folder, 'tsconfig.json')));
}

/** @type {Step[]} */
export const steps = [
  {
    name: 'types',
    says: 'every file compiles (tsc)',
    run: (root) => runTool(root, 'tsc', ['-b', ...projects(root)]),
  },
  {
    name: 'lint',
    says: 'every rule is followed (oxlint)',
    run: (root) => runTool(root, 'oxlint', []),
  },
  {
    name: 'walls',
    says: 'no import goes through a wall (dependency-cruiser)',
    run: checkWalls,
  },
  {
    name: 'format',
    says: 'every file is formatted (oxfmt)',
    run: (root) => runTool(root, 'oxfmt', ['--check']),
  },
  {
    name: 'unused',
    says: 'nothing is left over (knip)',
    run: (root) => runTool(root, 'knip', ['--no-progress']),
  },
  { name: 'house', says: 'both languages, nothing silenced, migrations in order', run: checkHouse },
];
