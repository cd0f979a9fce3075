import { fileURLToPath } from 'node:url';
import { systemClock } from '#platform/clock.ts';
import { ConfigFault, readConfig } from '#platform/config.ts';
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { createLog } from '#platform/log.ts';
import * as en from '#texts/en/start.ts';
import * as fr from '#texts/fr/start.ts';
import { watchBeside } from './app/watch-beside.ts';
import type { DemonstrationWithAccounts } from './demo/demonstration.ts';

/** `vigie start`: reads the settings, starts the database and the server, and stops both when asked. */

const french = (process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? '').startsWith('fr');
const texts = french ? fr.start : en.start;
// Whoever read what is said here may be gone, as when a pipe's reader ends first: nobody is left to tell, and the work, the
// orderly stop above all, goes on.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const databaseFaults = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', '28P01', '28000', '3D000']);

function faultSentence(error: unknown): string {
  if (error instanceof ConfigFault) return french ? error.sentence.fr : error.sentence.en;
  const message =
    error instanceof Error ? error.message || String('code' in error ? error.code : error.name) : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return databaseFaults.has(code) ? texts.noDatabase(message) : texts.unknownFault(message);
}

/** Read only when it is wanted: an ordinary start does not wait for an invented company. */
async function openDemonstration(dataFolder: string): Promise<DemonstrationWithAccounts> {
  const { createDemonstration } = await import('./demo/demonstration.ts');
  return createDemonstration({ dataFolder, clock: systemClock, onStage: (stage) => say(texts.inventing[stage]) });
}

let ready = false;

async function main(): Promise<void> {
  const config = readConfig(
    process.env,
    process.argv.slice(2),
    fileURLToPath(new URL('../web/dist/', import.meta.url)),
  );
  const log = createLog(config.logLevel);
  const demonstration = config.demonstration ? await openDemonstration(config.dataFolder) : null;
  const asked = new AbortController();
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      signals += 1;
      if (signals === 1) say(texts.stopping);
      asked.abort();
    });
  }
  await using ending = new AsyncDisposableStack();
  const { dataFolder, logLevel } = config;
  const beside = demonstration === null ? watchBeside({ dataFolder, logLevel, log }) : null;
  ending.defer(async () => beside?.stop());
  // Three things that take a second or two each, side by side: both threads read their program while the database starts.
  const reading = import('./app/lifecycle.ts');
  let lost = false;
  let databaseUrl = config.databaseUrl;
  if (databaseUrl === null) {
    const postgres = ending.use(
      await startEmbeddedPostgres({
        dataFolder: config.dataFolder,
        onProgress: (stage) => say(texts.stage[stage]),
        log,
      }),
    );
    databaseUrl = postgres.url;
    void postgres.lost.then(() => {
      lost = true;
      asked.abort();
    });
  }
  const { startVigie } = await reading;
  const vigie = ending.use(
    await startVigie({
      config,
      databaseUrl,
      log,
      onProgress: (name) => say(texts.step(name)),
      ...(demonstration === null ? { beside } : { demonstration }),
    }),
  );
  say(
    texts.ready(config.publicUrl, process.uptime().toLocaleString(french ? 'fr' : 'en', { maximumFractionDigits: 1 })),
  );
  if (demonstration !== null) say(texts.demonstration(demonstration.accounts, demonstration.password));
  if (vigie.welcomePath !== null) say(texts.welcome(`${config.publicUrl}${vigie.welcomePath}`));
  ready = true;
  say(texts.stopHint);
  if (!asked.signal.aborted)
    await new Promise((resolve) => asked.signal.addEventListener('abort', resolve, { once: true }));
  if (lost) throw new ConfigFault({ en: en.start.databaseLost, fr: fr.start.databaseLost });
}

try {
  await main();
  say(texts.stopped);
} catch (error) {
  process.stderr.write(`${ready ? faultSentence(error) : texts.failed(faultSentence(error))}\n`);
  if (!(error instanceof ConfigFault) && process.env['VIGIE_LOG'] === 'debug')
    process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : ''}\n`);
  process.exitCode = 1;
}
