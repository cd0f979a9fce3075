import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { openDatabase, tablesOf } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { createTransact } from '#platform/outbox.ts';
import { createVault, type Vault } from '#platform/vault.ts';
import {
  planChart,
  readMeasurements,
  type ChartPlan,
  type Measured,
} from '../server/modules/watch/read-measurements.ts';
import { dropOld, rollUpDays } from '../server/modules/watch/roll-up-days.ts';
import { sealMeasurements, type KeepingParts } from '../server/modules/watch/seal-measurements.ts';
import { rollStore } from '../server/modules/watch/store-roll.ts';
import { windowStore, type PartParent } from '../server/modules/watch/store-window.ts';
import { checkStore } from '../server/modules/watch/store-check.ts';
import { resultStore } from '../server/modules/watch/store-result.ts';
import { createTestDatabase } from './database.ts';

/** Watch's stores on a database of their own, with one check. */
export interface WatchStore extends AsyncDisposable {
  readonly results: ReturnType<typeof resultStore>;
  /** What keeping measurements needs, with a clock that stands where the test puts it. */
  readonly parts: KeepingParts & { readonly vault: Vault };
  readonly clock: { at: Date };
  /** One turn of keeping measurements, at that moment. */
  readonly turn: (at: Date) => Promise<void>;
  /** The tables that are there, by their parent. */
  readonly tables: (parent: PartParent) => Promise<string[]>;
  /** Until when days are rolled up. */
  readonly rolledUntil: () => Promise<Date | null>;
  /** What a chart of the first two series says, in so many points. */
  readonly chart: (from: Date, until: Date, points?: number) => Promise<ChartPlan & { measured: Measured | undefined }>;
  readonly checkNumber: number;
}

export async function openWatchStore(now: Date): Promise<WatchStore> {
  const database = await createTestDatabase();
  const opened = openDatabase(database.url, { onError: () => undefined });
  const db = tablesOf<'watch'>(opened.kysely);
  const clock = { at: now };
  const parts = {
    db,
    clock: { now: () => clock.at },
    transact: createTransact<'watch'>({ database: opened, clock: { now: () => clock.at }, reactionsTo: () => [] }),
    log: createLog('silent'),
    vault: createVault(randomBytes(32)),
  };
  const id = uuid();
  const fields = { name: 'a', settings: {}, intervalMs: 5_000, paused: false, specialAllowed: false };
  await checkStore(db).add(id, { ...fields, kind: 'http', target: { kind: 'host', id: uuid() } }, now);
  const checkNumber = (await checkStore(db).get(id))?.number ?? 0;
  return {
    results: resultStore(db),
    parts,
    clock,
    async turn(at) {
      clock.at = at;
      const { signal } = new AbortController();
      await sealMeasurements(parts, signal);
      await rollUpDays(parts, signal);
      await dropOld(parts);
    },
    tables: async (parent) => (await windowStore(db).parts(parent)).map(({ name }) => name),
    rolledUntil: async () => (await rollStore(db).rolled())?.until ?? null,
    async chart(from, until, points = 300) {
      const series = [{ checkNumber, intervalMs: 60_000, positions: [1, 2] }];
      const span = { from, until, points };
      const plan = planChart(span, series, { retention: await rollStore(db).retention(), now: clock.at });
      const [measured] = await readMeasurements(db, series, span, plan);
      return { ...plan, measured };
    },
    checkNumber,
    async [Symbol.asyncDispose]() {
      await opened.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
