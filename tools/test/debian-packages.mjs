// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { PreparationFault } from '../prepare/sentences.mjs';
import { withProgress } from '../prepare/progress.mjs';
import { lastLines, runQuietly } from '../prepare/run-quietly.mjs';

/** @typedef {import('../prepare/prepare.mjs').Place} Place */

const lists = ['test/debian-packages.txt', 'lab/debian-packages.txt'];
const policy = '/usr/sbin/policy-rc.d';
const clusterSettings = '/etc/postgresql-common/createcluster.conf';

/** @param {string} root @returns {string[]} */
function wantedPackages(root) {
  const files = lists.map((list) => path.join(root, list)).filter((file) => existsSync(file));
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  return [...new Set(lines.map((line) => line.replace(/#.*/u, '').trim()).filter((line) => line !== ''))].toSorted();
}

/** @param {string[]} names @returns {Promise<string[]>} */
async function missingPackages(names) {
  // dpkg-query ends with an error when it knows one of them not at all; what it prints is still right.
  const { said } = await runQuietly('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names]);
  const installed = new Set(
    said.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])),
  );
  return names.filter((name) => !installed.has(name));
}

/** Installs without starting any service and without making a database cluster: the tests start what they need. @param {string[]} names */
async function aptInstall(names) {
  const madePolicy = !existsSync(policy);
  if (madePolicy) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  if (names.some((name) => name.startsWith('postgresql')) && !existsSync(clusterSettings)) {
    mkdirSync(path.dirname(clusterSettings), { recursive: true });
    writeFileSync(clusterSettings, 'create_main_cluster = false\n');
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    const updated = await runQuietly('apt-get', ['update', '--quiet'], { env });
    if (updated.code !== 0) return updated;
    const words = ['install', '--yes', '--quiet', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold'];
    return await runQuietly('apt-get', [...words, ...names], { env });
  } finally {
    if (madePolicy) rmSync(policy, { force: true });
  }
}

/** Sees that the Debian packages of the tests are there; only root can install them. @param {Place} place */
export async function bringPackages({ root, words }) {
  if (!existsSync('/usr/bin/dpkg-query')) return; // not Debian: the tests say themselves what they miss
  const missing = await missingPackages(wantedPackages(root));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw new PreparationFault(words.packagesMissing(missing));
  await withProgress(words.packages, words.seconds, async () => {
    const { code, said } = await aptInstall(missing);
    if (code !== 0) throw new PreparationFault(words.aptFailed(lastLines(said)));
  });
}
