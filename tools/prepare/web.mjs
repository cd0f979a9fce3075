// Builds the web UI when its sources are not those of the last build.
// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { PreparationFault } from './sentences.mjs';
import { lastLines, runQuietly } from './run-quietly.mjs';

/** @typedef {import('./prepare.mjs').Place} Place */

const sources = ['web', 'contract', 'texts', 'package-lock.json', 'tsconfig.base.json'];
const notSources = /(^|\/)(dist|node_modules|\.cache|testdata)(\/|$)|\.test\.tsx?$/u;

/** @param {string} root @returns {string[]} */
function sourceFiles(root) {
  return sources.flatMap((source) => {
    const whole = path.join(root, source);
    if (!existsSync(whole)) return [];
    if (statSync(whole).isFile()) return [source];
    const names = readdirSync(whole, { recursive: true, encoding: 'utf8' }).map((name) => path.join(source, name));
    return names.filter((name) => !notSources.test(name) && statSync(path.join(root, name)).isFile()).toSorted();
  });
}

/**
 * What the build was made of: a quick look (sizes and times) and the whole content. A fresh checkout changes the times
 * and not the content.
 * @param {string} root
 */
function look(root) {
  const files = sourceFiles(root);
  const quick = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(path.join(root, file));
    quick.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  const content = () => {
    const hash = createHash('sha256');
    for (const file of files)
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(path.join(root, file)));
    return hash.digest('hex');
  };
  return { quick: quick.digest('hex'), content };
}

/** @param {string} root */
function stampFile(root) {
  return path.join(root, 'web/dist/.built-from.json');
}

/** @param {string} root */
export function isWebBuilt(root) {
  if (!existsSync(path.join(root, 'web/index.html'))) return true; // no screens in this checkout
  if (!existsSync(stampFile(root))) return false;
  const stamp = JSON.parse(readFileSync(stampFile(root), 'utf8'));
  const now = look(root);
  if (stamp.quick === now.quick) return true;
  const content = now.content();
  if (stamp.content !== content) return false;
  try {
    writeFileSync(stampFile(root), JSON.stringify({ quick: now.quick, content }));
  } catch {
    // The folder may be read-only for this user; the content was compared, so nothing is wrong.
  }
  return true;
}

/** Remembers that the build is of the sources as they are now. @param {string} root */
export function noteWebBuilt(root) {
  const { quick, content } = look(root);
  writeFileSync(stampFile(root), JSON.stringify({ quick, content: content() }));
}

/** @param {Place} place @param {string} node the Node that runs the builder */
export async function buildWeb(place, node) {
  const { root, words, env } = place;
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const { code, said } = await runQuietly(node, [vite, 'build', 'web', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...env, NODE_ENV: 'production', NO_COLOR: '1' },
  });
  if (code !== 0) {
    if (/ENOSPC/u.test(said)) throw new PreparationFault(words.noRoom(root));
    if (/EACCES|EPERM|EROFS/u.test(said)) throw new PreparationFault(words.notWritable(path.join(root, 'web/dist')));
    throw new PreparationFault(words.buildFailed(lastLines(said)));
  }
  noteWebBuilt(root);
}
