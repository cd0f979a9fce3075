// Makes a checkout ready to run: a current Node, the npm packages, the built screens. When all is there it costs a few
// milliseconds and writes nothing.
// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { install, isInstalled } from './install.mjs';
import { withProgress } from './progress.mjs';
import { PreparationFault, sentences, terminalLanguage } from './sentences.mjs';
import { buildWeb, isWebBuilt } from './web.mjs';

/** @typedef {{ root: string, env: Record<string, string | undefined>, words: typeof sentences.en }} Place */

const neededMajor = 24;
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/u, '');

/** @param {string} version */
const major = (version) => Number(version.split('.')[0]);

/** The Node that Vigie runs on: this one when it is recent enough, else the one that npm brings. @param {Place} place */
function chooseNode(place) {
  if (major(process.versions.node) >= neededMajor) return { node: process.execPath, folder: undefined };
  const folder = path.join(place.root, 'tools/runtime');
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    throw new PreparationFault(place.words.noRuntime(`${process.platform} ${process.arch}`));
  }
  return { node: path.join(folder, `node_modules/node-linux-${process.arch}/bin/node`), folder };
}

/**
 * @param {{ withTests?: boolean, withWeb?: boolean }} wishes
 * @returns {Promise<{ node: string, place: Place }>} the Node to go on with
 */
export async function prepare({ withTests = false, withWeb = true } = {}) {
  const words = sentences[terminalLanguage(process.env)];
  const place = { root, env: process.env, words };
  if (major(process.versions.node) < 20) throw new PreparationFault(words.oldNode(process.versions.node));
  const { node, folder } = chooseNode(place);
  const needed = [];
  if (folder && !(isInstalled(folder, false) && existsSync(node))) {
    needed.push({ say: words.installNode(process.versions.node), folder });
  }
  if (!isInstalled(root, withTests)) needed.push({ say: words.installParts, folder: root });
  for (const { say, folder: where } of needed) {
    await withProgress(say, words.seconds, () => install(place, where, withTests));
  }
  if (folder && !existsSync(node)) throw new PreparationFault(words.noRuntime(`${process.platform} ${process.arch}`));
  if (withWeb && !isWebBuilt(root)) await withProgress(words.buildWeb, words.seconds, () => buildWeb(place, node));
  return { node, place };
}

/** Runs a tool's main part; a foreseen trouble is one sentence and exit code 1. @param {() => Promise<void>} main */
export async function runTool(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof PreparationFault)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
