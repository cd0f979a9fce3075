// Everything that `npm test` runs once the machine is ready, on a current Node.
// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { check } from '../check/run.mjs';
import { root } from '../prepare/prepare.mjs';
import { startExternalPostgres } from './external-postgres.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, failures?: string[] }} Counts */
/** @typedef {{ name: string, minutes: number, run: (minutes: number) => Promise<Counts> }} Part */

let interrupted = false;
const folder = mkdtempSync(path.join(tmpdir(), 'vigie-counts-'));

/**
 * One run of Vitest, shown as it goes.
 * @param {string[]} projects
 * @param {number} minutes after which it is ended and counted as failed
 * @param {Record<string, string>} [environment]
 * @returns {Promise<Counts>}
 */
function vitest(projects, minutes, environment = {}) {
  const file = path.join(folder, `${projects.join('-')}.json`);
  const words = ['run', '--passWithNoTests', '--reporter=default', '--reporter=tools/test/count-reporter.mjs'];
  const env = { ...process.env, VIGIE_TEST_COUNTS: file, ...environment };
  // A group of its own, so that nothing it started stays behind when it hangs.
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', ...words, ...projects.flatMap((project) => ['--project', project])],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env, detached: true },
  );
  const end = (/** @type {NodeJS.Signals} */ signal) => child.pid && process.kill(-child.pid, signal);
  const patience = setTimeout(() => {
    console.log(`✗ ${projects.join(', ')}: not done after ${minutes} minutes`);
    end('SIGTERM');
    setTimeout(() => child.exitCode === null && end('SIGKILL'), 10_000).unref();
  }, minutes * 60_000);
  const stop = () => {
    end('SIGTERM');
    interrupted = true;
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      clearTimeout(patience);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      /** @type {Counts} */
      const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
      // Vitest may fail without a failed test: no counts, a leak at the end, a hang.
      const unsaid = code !== 0 && counts.failed === 0 ? 1 : 0;
      resolve({ ...counts, failed: counts.failed + unsaid });
    });
  });
}

/** The tests that touch the database, once more on Debian's own PostgreSQL. @param {number} minutes @returns {Promise<Counts>} */
async function onExternalPostgres(minutes) {
  const postgres = await startExternalPostgres();
  if (!postgres) {
    console.log('- no PostgreSQL from Debian is installed here: skipped');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  console.log(`  on Debian’s PostgreSQL ${postgres.version}`);
  try {
    return await vitest(['external'], minutes, { VIGIE_TEST_DATABASE_URL: postgres.url });
  } finally {
    await postgres.stop();
  }
}

/** @type {Part[]} */
const parts = [
  { name: 'check', minutes: 5, run: async () => ({ ...(await check()), skipped: 0 }) },
  { name: 'unit', minutes: 20, run: (minutes) => vitest(['unit', 'behaviour'], minutes) },
  { name: 'external', minutes: 15, run: onExternalPostgres },
  { name: 'real', minutes: 12, run: (minutes) => vitest(['real'], minutes) },
  { name: 'lab', minutes: 15, run: (minutes) => vitest(['lab'], minutes) },
  { name: 'e2e', minutes: 25, run: (minutes) => vitest(['e2e'], minutes) },
  { name: 'crash', minutes: 25, run: (minutes) => vitest(['crash'], minutes) },
];

const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
/** Said again at the end: the place where it happened is thousands of lines above. @type {string[]} */
const failures = [];
for (const { name, minutes, run } of parts) {
  if (interrupted || (wanted.length > 0 && !wanted.includes(name))) continue;
  const started = performance.now();
  console.log(`\n── ${name}`);
  /** @type {Counts} */
  const counts = await run(minutes).catch((error) => {
    console.log(`✗ ${name}: ${error instanceof Error && error.stack ? error.stack : String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `── ${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped, in ${seconds} s`,
  );
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  failures.push(...(counts.failures ?? []).map((failure) => `${name}: ${failure}`));
  if (counts.failed > 0 && !counts.failures?.length) failures.push(`${name}: see its own lines above`);
}
rmSync(folder, { recursive: true, force: true });
for (const failure of failures) console.log(`\n✗ ${failure}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
