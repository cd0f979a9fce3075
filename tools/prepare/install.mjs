// Brings npm packages where they are missing or another version than the lock file says.
// @ts-check
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { PreparationFault } from './sentences.mjs';
import { lastLines, runQuietly } from './run-quietly.mjs';

/** @typedef {import('./prepare.mjs').Place} Place */
/** @typedef {{ version?: string, optional?: boolean, dev?: boolean, devOptional?: boolean, link?: boolean }} Locked */

/** @param {string} file @returns {Record<string, Locked>} */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/**
 * Whether the folder's node_modules holds what its lock file says. npm writes its own list last, so an interrupted
 * installation has none.
 * @param {string} folder
 * @param {boolean} withTests whether what only tests and checks need counts too
 */
export function isInstalled(folder, withTests) {
  const listFile = path.join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(listFile)) return false;
  const present = packagesOf(listFile);
  return Object.entries(packagesOf(path.join(folder, 'package-lock.json'))).every(([name, wanted]) => {
    if (name === '' || wanted.link) return true;
    const found = present[name];
    // What is optional is for other machines, or a luxury; the programs that need it say so themselves.
    if (!found) return [wanted.optional, wanted.devOptional, wanted.dev === true && !withTests].includes(true);
    return found.version === wanted.version;
  });
}

/** @param {string} said */
function isNetworkTrouble(said) {
  return /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/u.test(
    said,
  );
}

/** @param {Place} place @param {string} folder @param {boolean} withTests */
export async function install(place, folder, withTests) {
  const { words, env } = place;
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new PreparationFault(words.notWritable(folder));
  }
  // Install scripts are not run: nothing of ours needs them, and a stranger's package has no say here.
  const order = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--no-update-notifier'];
  if (!withTests) order.push('--omit=dev');
  const npm = env['npm_execpath'];
  const [program, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  // npm's own settings of the outer command (its folder, its omit) must not leak into this one.
  const clean = Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^npm_(lifecycle|package|command|config_(local_)?prefix|config_omit)/u.test(name),
    ),
  );
  /** @type {{ code: number | null, said: string }} */
  let ran;
  try {
    ran = await runQuietly(program ?? 'npm', [...first, ...order], { cwd: folder, env: clean });
  } catch {
    throw new PreparationFault(words.noNpm);
  }
  if (ran.code === 0) return;
  if (/ENOSPC|no space left/u.test(ran.said)) throw new PreparationFault(words.noRoom(folder));
  if (/EACCES|EPERM|EROFS/u.test(ran.said)) throw new PreparationFault(words.notWritable(folder));
  if (isNetworkTrouble(ran.said)) throw new PreparationFault(words.noNetwork);
  throw new PreparationFault(words.npmFailed(lastLines(ran.said)));
}
