import { v7 as uuid } from 'uuid';
import { openDatabase, tablesOf } from '#platform/database.ts';
import { chartStore } from '../server/modules/watch/store-chart.ts';
import { checkStore } from '../server/modules/watch/store-check.ts';
import { resultStore } from '../server/modules/watch/store-result.ts';
import { createTestDatabase } from './database.ts';

/** Watch's stores on a database of their own, with one check. */
export interface WatchStore extends AsyncDisposable {
  readonly results: ReturnType<typeof resultStore>;
  readonly charts: ReturnType<typeof chartStore>;
  readonly checkNumber: number;
}

export async function openWatchStore(now: Date): Promise<WatchStore> {
  const database = await createTestDatabase();
  const opened = openDatabase(database.url, { onError: () => undefined });
  const db = tablesOf<'watch'>(opened.kysely);
  const id = uuid();
  const fields = { name: 'a', settings: {}, intervalMs: 5_000, paused: false, specialAllowed: false };
  await checkStore(db).add(id, { ...fields, kind: 'http', target: { kind: 'host', id: uuid() } }, now);
  return {
    results: resultStore(db),
    charts: chartStore(db),
    checkNumber: (await checkStore(db).get(id))?.number ?? 0,
    async [Symbol.asyncDispose]() {
      await opened.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
