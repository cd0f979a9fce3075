import type { FactName, FactPayload } from '#contract/facts.ts';
import { systemClock, type Clock } from '#platform/clock.ts';
import { openDatabase } from '#platform/database.ts';
import { createTransact } from '#platform/outbox.ts';
import { reactionsTo } from '../server/app/reaction-names.ts';

/** Publishes facts into a running house, as one of its modules would. */
export interface Outbox extends AsyncDisposable {
  readonly publish: <Name extends FactName>(name: Name, payload: FactPayload<Name>) => Promise<void>;
}

/** Opens the outbox of a house by its database. */
export function openOutbox(databaseUrl: string, clock: Clock = systemClock): Outbox {
  const database = openDatabase(databaseUrl, { maxConnections: 2, onError: () => undefined });
  const transact = createTransact<'platform'>({ database, clock, reactionsTo });
  return {
    publish: (name, payload) => transact((unit) => unit.publish(name, payload)),
    [Symbol.asyncDispose]: database.close,
  };
}
