import type { FactName, FactPayload } from '#contract/facts.ts';
import { systemClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/database.ts';
import { createTransact } from '#platform/outbox.ts';
import { reactionsTo } from '../server/app/reaction-names.ts';

export interface FactPublisher extends AsyncDisposable {
  /** Publishes a fact through the outbox, as its module would: the reactions come by themselves. */
  readonly publish: <Name extends FactName>(name: Name, payload: FactPayload<Name>) => Promise<void>;
  /** Asks the database directly, for what no request shows. */
  readonly query: (sql: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
}

/** Publishes facts into a house's database, for tests of what follows from them. */
export function openFactPublisher(databaseUrl: string): FactPublisher {
  const database = openDatabase(databaseUrl, { onError: () => undefined });
  const transact = createTransact({ database, clock: systemClock, reactionsTo });
  return {
    publish: (name, payload) => transact((unit) => unit.publish(name, payload)),
    query: async (sql, values = []) => (await database.pool.query<Record<string, unknown>>(sql, [...values])).rows,
    [Symbol.asyncDispose]: database.close,
  };
}
