import { openDatabase, tablesOf } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { createTransact } from '#platform/outbox.ts';
import { sealMeasurements } from '../server/modules/watch/measurements/seal-measurements.ts';

/** A program that packs measurements turn by turn, as if it were `now`, until it is killed. */

const [url = '', now = ''] = process.argv.slice(2);
const clock = { now: () => new Date(now) };
const database = openDatabase(url, { onError: () => undefined });
const parts = {
  db: tablesOf<'watch'>(database.kysely),
  clock,
  transact: createTransact<'watch'>({ database, clock, reactionsTo: () => [] }),
  log: createLog('silent'),
};
process.stdout.write('packing\n');
for (;;) await sealMeasurements(parts, new AbortController().signal);
