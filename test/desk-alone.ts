import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Caller } from '#platform/caller.ts';
import { systemClock } from '#platform/clock.ts';
import { openDatabase, tablesOf } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { createTransact } from '#platform/outbox.ts';
import { createVault } from '#platform/vault.ts';
import { createDesk, type DeskModule } from '../server/modules/desk/module.ts';
import { createTestDatabase } from './database.ts';

export interface DeskAlone extends AsyncDisposable {
  readonly desk: DeskModule;
  readonly databaseUrl: string;
  /** An administrator who asks. */
  readonly caller: Caller;
}

const caller: Caller = {
  actor: { id: uuid(), name: 'Alice Martin', role: 'administrator', language: 'en', sessionId: uuid() },
  language: 'en',
  address: '127.0.0.1',
  keepSession: () => undefined,
};

/** The desk alone on its own database: what it publishes stays in the outbox, and a test hands it facts as it likes. */
export async function startDeskAlone(outside: { readonly tokenUrl?: string } = {}): Promise<DeskAlone> {
  const home = await createTestDatabase();
  const database = openDatabase(home.url, { onError: () => undefined });
  const desk = createDesk({
    db: tablesOf<'desk'>(database.kysely),
    transact: createTransact<'desk'>({ database, clock: systemClock, reactionsTo: () => [] }),
    clock: systemClock,
    needs: {
      importanceOfAffected: async () => [],
      namedThings: async () => [],
      holidaysBetween: async () => [],
      refuseUnknownRegion: async () => undefined,
      dependantsOf: async () => [],
      welcomeRequester: async () => null,
    },
    vault: createVault(randomBytes(32)),
    log: createLog('error'),
    onWake: () => undefined,
    demonstration: true,
    publicUrl: 'http://vigie.test',
    ...outside,
  });
  return {
    desk,
    databaseUrl: home.url,
    caller,
    async [Symbol.asyncDispose]() {
      await database.close();
      await home[Symbol.asyncDispose]();
    },
  };
}
