import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { systemClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/database.ts';
import { startDuties } from '#platform/duties.ts';
import { openLiveLine } from '#platform/live-line.ts';
import { createLog } from '#platform/log.ts';
import { createTransact } from '#platform/outbox.ts';
import { createVault, loadVaultKey } from '#platform/vault.ts';
import { Ssh2Transport } from '#ssh/ssh2-transport.ts';
import { reactionsTo } from './reaction-names.ts';
import { createWatchModules } from './watch-modules.ts';

/**
 * The thread that watches: its own event loop and its own few connections, so that neither a thousand checks nor a
 * thousand readers wait for each other. It is told when to stop and how late the other loop is; all else travels by the database, as it
 * would between two servers.
 */

/** One holds the watch, one writes results, three write states, one is left for lists. */
const mostConnections = 6;

const { dataFolder, logLevel } = z.object({ dataFolder: z.string(), logLevel: z.string() }).parse(workerData);

const told = z.object({
  databaseUrl: z.string().optional(),
  stop: z.boolean().default(false),
  apiLoopMs: z.number().nullable().default(null),
});
const asked = new AbortController();
const ready = Promise.withResolvers<string>();
let noteApiLoop: (ms: number) => void = () => undefined;
parentPort?.on('message', (message: unknown) => {
  const { databaseUrl, stop, apiLoopMs } = told.parse(message);
  if (databaseUrl !== undefined) ready.resolve(databaseUrl);
  if (apiLoopMs !== null) noteApiLoop(apiLoopMs);
  if (!stop) return;
  asked.abort();
  parentPort?.unref();
});
const log = createLog(logLevel);
// The database may still be starting.
const url = await ready.promise;

await using ending = new AsyncDisposableStack();
const clock = systemClock;
const database = openDatabase(url, {
  maxConnections: mostConnections,
  onError: (error) => log.warn({ error: error.message }, 'a database connection was lost'),
});
ending.defer(database.close);
const live = await openLiveLine({ url, pool: database.pool, clock, log, wakesOnly: true });
ending.defer(live.stop);
const ssh = ending.use(new Ssh2Transport());
const vault = createVault(await loadVaultKey(dataFolder));
const { watch } = createWatchModules({ database, clock, log, vault, live, ssh }, () =>
  createTransact({ database, clock, reactionsTo }),
);
noteApiLoop = watch.noteApiLoop;
await startDuties([watch.watching], log, asked.signal);
