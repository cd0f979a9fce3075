import { v7 as uuid } from 'uuid';
import type { Runbook } from '#contract/upkeep.ts';
import type { Doer } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { runbookReader, runbookWriter, type RunbookFields } from './store-runbook.ts';

interface Parts {
  readonly transact: Transact<'upkeep'>;
  readonly clock: Clock;
}

/** Writes a runbook's first version. */
export function createRunbook({ transact, clock }: Parts, fields: RunbookFields, by: Doer): Promise<Runbook> {
  const id = uuid();
  return transact(async ({ db, live }) => {
    if (!(await runbookWriter(db).add(id, fields, clock.now(), by)))
      throw new Refusal('name_taken', { name: fields.name });
    await live('upkeep.runbook', id);
    return found(await runbookReader(db).get(id));
  });
}

/** Writes a new version. Runs that were proposed before keep the version they were proposed with. */
export function changeRunbook(
  { transact, clock }: Parts,
  id: string,
  fields: RunbookFields,
  by: Doer,
): Promise<Runbook> {
  return transact(async ({ db, live }) => {
    const changed = await runbookWriter(db).change(id, fields, clock.now(), by);
    if (changed === null) throw new Refusal('not_found');
    if (!changed) throw new Refusal('name_taken', { name: fields.name });
    await live('upkeep.runbook', id);
    return found(await runbookReader(db).get(id));
  });
}

/** Puts a runbook away. Its versions and runs stay. */
export function removeRunbook({ transact, clock }: Parts, id: string): Promise<void> {
  return transact(async ({ db, live }) => {
    if (!(await runbookWriter(db).remove(id, clock.now()))) throw new Refusal('not_found');
    await live('upkeep.runbook', id);
  });
}

function found(runbook: Runbook | null): Runbook {
  if (runbook === null) throw new Refusal('not_found');
  return runbook;
}
