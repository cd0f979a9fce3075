// Everything that `npm test` runs once the machine is ready, on a current Node.
// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import path from 'node:path';

import { check } from '../check/run.mjs';
import { root } from '../prepare/prepare.mjs';
import { startExternalPostgres } from './external-postgres.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, failures?: string[] }} Counts */
/**
 * How a part is run: after how many minutes it is ended and counted as failed; whether what it says is shown as it goes
 * or once it has ended; how far it stands back for what runs beside it (see nice(1)).
 * @typedef {{ minutes: number, shown: 'now' | 'after', nice: number }} Manner
 */
/** @typedef {{ name: string, minutes: number, run: (manner: Manner) => Promise<Counts> }} Part */

let interrupted = false;
const folder = mkdtempSync(path.join(tmpdir(), 'vigie-counts-'));
/** What the behaviour tests ask of the database, for `external` to put to another one. */
const statements = path.join(folder, 'statements');
mkdirSync(statements);

/**
 * One run of Vitest.
 * @param {string[]} projects
 * @param {Manner} manner
 * @param {Record<string, string>} [environment]
 * @returns {Promise<Counts>}
 */
function vitest(projects, { minutes, shown, nice }, environment = {}) {
  const said = path.join(folder, `${projects.join('-')}.txt`);
  const mouth = shown === 'now' ? 'inherit' : openSync(said, 'w');
  const file = path.join(folder, `${projects.join('-')}.json`);
  const words = ['run', '--passWithNoTests', '--reporter=default', '--reporter=tools/test/count-reporter.mjs'];
  const compiled = path.join(root, '.cache/node');
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled, VIGIE_TEST_COUNTS: file, ...environment };
  // A group of its own, so that nothing it started stays behind when it hangs.
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', ...words, ...projects.flatMap((project) => ['--project', project])],
    { cwd: root, stdio: ['ignore', mouth, mouth], env, detached: true },
  );
  if (child.pid) setPriority(child.pid, nice);
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
      if (typeof mouth === 'number') {
        closeSync(mouth);
        process.stdout.write(readFileSync(said));
      }
      process.off('SIGINT', stop).off('SIGTERM', stop);
      /** @type {Counts} */
      const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
      // Vitest may fail without a failed test: no counts, a leak at the end, a hang.
      const unsaid = code !== 0 && counts.failed === 0 ? 1 : 0;
      resolve({ ...counts, failed: counts.failed + unsaid });
    });
  });
}

/** What the server's version can make a difference to, on Debian's own PostgreSQL. @param {Manner} manner @returns {Promise<Counts>} */
async function onExternalPostgres(manner) {
  const postgres = await startExternalPostgres();
  if (!postgres) {
    console.log('- no PostgreSQL from Debian is installed here: skipped');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  console.log(`  on Debian’s PostgreSQL ${postgres.version}`);
  try {
    const gathered = readdirSync(statements).length > 0;
    if (!gathered)
      console.log('  without the statements that the behaviour tests gather: run `npm test -- unit external`');
    return await vitest(['external'], manner, {
      VIGIE_TEST_DATABASE_URL: postgres.url,
      ...(gathered && { VIGIE_TEST_STATEMENTS: statements }),
    });
  } finally {
    await postgres.stop();
  }
}

/**
 * Three lanes beside each other. One keeps the processors busy; the others mostly wait: one for the machines of the lab,
 * of which there is one, so its parts follow each other; one for restarts and browsers on this machine itself.
 * @type {{ nice: number, parts: Part[] }[]}
 */
const lanes = [
  {
    nice: 10,
    parts: [
      { name: 'check', minutes: 8, run: async () => ({ ...(await check()), skipped: 0 }) },
      {
        name: 'unit',
        minutes: 30,
        run: (manner) => vitest(['unit', 'behaviour'], manner, { VIGIE_TEST_STATEMENTS: statements }),
      },
      { name: 'external', minutes: 20, run: onExternalPostgres },
      { name: 'real', minutes: 15, run: (manner) => vitest(['real'], manner) },
    ],
  },
  {
    nice: 0,
    parts: [
      { name: 'lab', minutes: 15, run: (manner) => vitest(['lab'], manner) },
      { name: 'e2e', minutes: 30, run: (manner) => vitest(['e2e'], manner) },
      { name: 'crash', minutes: 30, run: (manner) => vitest(['crash'], manner) },
    ],
  },
  {
    nice: 0,
    parts: [
      { name: 'deaths', minutes: 30, run: (manner) => vitest(['deaths'], manner) },
      { name: 'screens', minutes: 30, run: (manner) => vitest(['screens'], manner) },
    ],
  },
];

const wanted = process.argv.slice(2);
const chosen = lanes
  .map(({ nice, parts }) => ({ nice, parts: parts.filter(({ name }) => wanted.length === 0 || wanted.includes(name)) }))
  .filter(({ parts }) => parts.length > 0);
const total = { passed: 0, failed: 0, skipped: 0 };
/** Said again at the end: the place where it happened is thousands of lines above. @type {string[]} */
const failures = [];

/** @param {Part} part @param {Omit<Manner, 'minutes'>} manner */
async function runPart({ name, minutes, run }, manner) {
  const started = performance.now();
  console.log(`\n── ${name}${manner.shown === 'now' ? '' : ' has begun beside it'}`);
  /** @type {Counts} */
  const counts = await run({ ...manner, minutes }).catch((error) => {
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

await Promise.all(
  chosen.map(async ({ nice, parts }, lane) => {
    for (const part of parts) {
      if (!interrupted)
        await runPart(part, { nice: chosen.length === 1 ? 0 : nice, shown: lane === 0 ? 'now' : 'after' });
    }
  }),
);
rmSync(folder, { recursive: true, force: true });
for (const failure of failures) console.log(`\n✗ ${failure}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
