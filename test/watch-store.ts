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
} from '../server/modules/watch/measurements/read-measurements.ts';
import { dropOld, rollUpDays } from '../server/modules/watch/measurements/roll-up-days.ts';
import { sealMeasurements, type KeepingParts } from '../server/modules/watch/measurements/seal-measurements.ts';
import { readRemote } from '../server/modules/watch/measurements/read-remote.ts';
import { sendMeasurements } from '../server/modules/watch/measurements/send-measurements.ts';
import {
  remoteStore,
  type RemoteSettings,
  type StoredRemote,
} from '../server/modules/watch/measurements/store-remote.ts';
import { seriesStore } from '../server/modules/watch/measurements/store-series.ts';
import { rollStore } from '../server/modules/watch/measurements/store-roll.ts';
import { windowStore, type CheckSample, type PartParent } from '../server/modules/watch/measurements/store-window.ts';
import { chunkStore } from '../server/modules/watch/measurements/store-chunk.ts';
import { checkStore } from '../server/modules/watch/checks/store-check.ts';
import { resultStore } from '../server/modules/watch/running/store-result.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

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
  /** Where measurements are sent on to, as it is set. */
  readonly sendTo: (settings: Partial<RemoteSettings> & { readonly url: string }) => Promise<void>;
  readonly remote: () => Promise<StoredRemote | null>;
  /** One turn of sending on, at that moment. */
  readonly send: (at: Date) => Promise<void>;
  /** The first two series of a span as the other store tells them; null when it cannot be asked. */
  readonly readBack: (from: Date, until: Date, stepS: number) => Promise<Measured | null>;
  /** What a chart of the first two series says, in so many points. */
  readonly chart: (from: Date, until: Date, points?: number) => Promise<ChartPlan & { measured: Measured | undefined }>;
  readonly checkNumber: number;
  /** Adds so many checks more; the numbers of all there are. */
  readonly addChecks: (count: number) => Promise<number[]>;
  /** What is packed of some checks, sample by sample. */
  readonly packed: (numbers: readonly number[], from: Date, until: Date) => Promise<readonly CheckSample[]>;
}

/** @param database the one to use; a copy of the template when it is left out */
export async function openWatchStore(now: Date, given?: TestDatabase): Promise<WatchStore> {
  const database = given ?? (await createTestDatabase());
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
  const sending = sendMeasurements(parts);
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
    async sendTo(settings) {
      const usual = { active: true, queryUrl: '', readBack: false, userName: '', secretSealed: null };
      const rest = { labels: { site: 'lyon' }, kinds: [], specialAllowed: true };
      await remoteStore(db).set({ ...usual, ...rest, ...settings }, clock.at);
    },
    remote: () => remoteStore(db).get(),
    async send(at) {
      clock.at = at;
      await sending(new AbortController().signal);
    },
    async readBack(from, until, stepS) {
      const remote = await remoteStore(db).get();
      if (remote === null) return null;
      const { items: members } = await seriesStore(db).list({ limit: 2 });
      const span = { from, until };
      return (await readRemote({ ...parts, remote }, [{ members }], span, stepS))?.[0] ?? null;
    },
    async chart(from, until, points = 300) {
      const series = [{ checkNumber, intervalMs: 60_000, positions: [1, 2] }];
      const span = { from, until, points };
      const plan = planChart(span, series, { retention: await rollStore(db).retention(), now: clock.at });
      const [measured] = await readMeasurements(db, series, span, plan);
      return { ...plan, measured };
    },
    checkNumber,
    async addChecks(count) {
      for (let i = 1; i <= count; i += 1)
        await checkStore(db).add(uuid(), { ...fields, kind: 'http', target: { kind: 'host', id: uuid() } }, now);
      return (await db.selectFrom('watch.check').select('number').orderBy('number').execute()).map(
        ({ number }) => number,
      );
    },
    packed: (numbers, from, until) => chunkStore(db).samples(numbers, from, until),
    async [Symbol.asyncDispose]() {
      await opened.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
