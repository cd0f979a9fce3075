import { v7 as uuid } from 'uuid';
import { openDatabase, tablesOf } from '#platform/database.ts';
import { epochStore, openOwnershipLine, type OwnershipLine } from '../server/modules/upkeep/store-ownership.ts';
import { runWriter } from '../server/modules/upkeep/store-run-write.ts';
import { runbookWriter } from '../server/modules/upkeep/store-runbook.ts';

/** The ledger of runs without a server: who owns them, and who may write. */
export interface UpkeepLedger extends AsyncDisposable {
  /** Adds a queued run. */
  readonly addRun: () => Promise<string>;
  readonly endRun: (runId: string) => Promise<void>;
  readonly openLine: () => Promise<OwnershipLine>;
  /** Begins an ownership; null when the run is over. */
  readonly begin: (runId: string) => Promise<number | null>;
  /** Whether an owner of that count may still write. */
  readonly mayWrite: (runId: string, epoch: number | null) => Promise<boolean>;
  /** Ends all lines of ownership from the database's side. */
  readonly cutLines: () => Promise<void>;
}

const at = new Date('2026-11-22T10:00:00Z');

/** Opens it on a test's database. */
export function openUpkeepLedger(databaseUrl: string): UpkeepLedger {
  const parts = openDatabase(databaseUrl, { onError: () => undefined });
  const db = tablesOf<'upkeep'>(parts.kysely);
  const by = { kind: 'person', id: uuid(), name: 'Bob' } as const;
  return {
    async addRun() {
      const runbook = { id: uuid(), name: `book ${uuid()}`, version: 1 };
      const steps = [{ kind: 'wait', title: 'w', onFailure: 'stop', seconds: 1 } as const];
      const fields = { name: runbook.name, summary: '', safe: true, symptoms: [], parameters: [], steps };
      await runbookWriter(db).add(runbook.id, fields, at, by);
      const id = uuid();
      await runWriter(db).add({
        id,
        runbook,
        safe: true,
        host: { id: uuid(), name: 'h' },
        incidentId: null,
        inputs: {},
        target: { address: '192.0.2.1', port: 22, user: 'root', credentialId: '', hostKeys: [] },
        planHash: '',
        state: 'queued',
        proposedBy: by,
        at,
        steps: steps.map((definition) => ({ id: uuid(), definition })),
      });
      return id;
    },
    endRun: (runId) => runWriter(db).change(runId, { state: 'succeeded', endedAt: at }),
    openLine: () => openOwnershipLine(databaseUrl),
    begin: (runId) => epochStore(db).next(runId),
    mayWrite: (runId, epoch) =>
      epochStore(db)
        .hold(runId, epoch ?? 0)
        .then(
          () => true,
          (error: unknown) => {
            if (error instanceof Error && error.name === 'OwnershipLost') return false;
            throw error;
          },
        ),
    async cutLines() {
      await parts.pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'vigie runs' and datname = current_database()",
      );
    },
    [Symbol.asyncDispose]: parts.close,
  };
}
