import { v7 as uuid } from 'uuid';
import type { Doer } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { completeInputs, planHash } from './plan.ts';
import { factOf } from './run-facts.ts';
import type { Inputs, Run, RunTarget, StepDefinition } from './run.ts';
import { accessStore, targetReader } from './store-access.ts';
import { runWriter } from './store-run-write.ts';
import { runReader } from './store-run.ts';
import { runbookReader } from './store-runbook.ts';

interface Parts {
  readonly transact: Transact<'upkeep'>;
  readonly clock: Clock;
}

interface Asked {
  readonly runbookId: string;
  readonly hostId: string;
  readonly incidentId: string | null;
  readonly inputs: Inputs;
}

/** Proposes a run: takes a snapshot of the runbook, the inputs and the way to the host. A safe one is queued at once. */
export function proposeRun({ transact, clock }: Parts, asked: Asked, by: Doer): Promise<Run> {
  return transact(async ({ db, publish, live, wake }) => {
    const runbook = await runbookReader(db).get(asked.runbookId);
    const access = accessStore(db);
    const host = await access.host(asked.hostId);
    if (runbook === null || host === null) throw new Refusal('not_found');
    const inputs = completeInputs(runbook.parameters, asked.inputs);
    const target = (await targetReader(db).get(host.id)) ?? nowhere(runbook.steps, host);
    const id = uuid();
    await runWriter(db).add({
      id,
      runbook: { id: runbook.id, name: runbook.name, version: runbook.version },
      safe: runbook.safe,
      host: { id: host.id, name: host.name },
      incidentId: asked.incidentId,
      inputs,
      target,
      planHash: planHash({ steps: runbook.steps, inputs, hostId: host.id, target }),
      state: runbook.safe ? 'queued' : 'waiting_approval',
      proposedBy: by,
      at: clock.now(),
      steps: runbook.steps.map((definition) => ({ id: uuid(), definition })),
    });
    const run = await runReader(db).get(id);
    if (run === null) throw new Refusal('not_found');
    await publish('upkeep.runProposed', { ...factOf(run), byId: run.proposedBy.id });
    await live('upkeep.run', id);
    await wake('upkeep');
    return run;
  });
}

/** A runbook without commands needs no way to its host. */
function nowhere(steps: readonly StepDefinition[], host: { name: string; address: string }): RunTarget {
  if (steps.some(({ kind }) => kind === 'command')) throw new Refusal('ssh_access_missing', { host: host.name });
  return { address: host.address, port: 22, user: '', credentialId: '', hostKeys: [] };
}
