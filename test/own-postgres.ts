import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '#platform/database.ts';
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { createLog } from '#platform/log.ts';
import { migrate } from '#platform/migrate.ts';
import type { TestDatabase } from './database.ts';

/** A PostgreSQL with a migrated database for one test file, where no common one is started for all. */
export async function startOwnPostgres(): Promise<TestDatabase> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'vigie-own-'));
  const postgres = await startEmbeddedPostgres({ dataFolder, log: createLog('silent') });
  const database = openDatabase(postgres.url, { maxConnections: 2, onError: () => undefined });
  await migrate(database.pool);
  await database.close();
  return {
    url: postgres.url,
    async [Symbol.asyncDispose]() {
      await postgres.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
