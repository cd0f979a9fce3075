import type { FactPayload } from '#contract/facts.ts';
import type { Doer } from '#contract/words.ts';
import type { Unit } from '#platform/outbox.ts';
import type { Run, RunNote, RunStep } from './run.ts';
import { leaseStore } from './store-lease.ts';
import { runWriter, stepWriter } from './store-run-write.ts';

/** What every fact about a run says. */
export function factOf(run: Run): FactPayload<'upkeep.runProposed'> {
  return {
    runId: run.id,
    runbookId: run.runbook.id,
    runbookName: run.runbook.name,
    host: { kind: 'host', ...run.host },
    incidentId: run.incidentId,
    by: run.proposedBy.name,
    safe: run.safe,
  };
}

/** How a step ended. */
export interface StepEnd {
  readonly state: 'succeeded' | 'failed' | 'stopped' | 'lost';
  readonly note: RunNote | null;
  readonly exitCode?: number | null;
  readonly outputTruncated?: boolean;
  readonly signedBy?: Doer;
}

/** Stores the end of a step and publishes it. */
export async function storeStepEnd(
  { db, publish, live, wake }: Unit<'upkeep'>,
  run: Run,
  step: RunStep,
  end: StepEnd,
  at: Date,
): Promise<void> {
  await stepWriter(db).change(step.id, { ...end, endedAt: at });
  await publish('upkeep.stepEnded', {
    ...factOf(run),
    stepId: step.id,
    position: step.position,
    title: step.definition.title,
    state: end.state,
    exitCode: end.exitCode ?? null,
  });
  await live('upkeep.run', run.id);
  await wake('upkeep');
}

/** Ends a run: closes its steps, gives its host free and publishes it. */
export async function storeRunEnd(
  { db, publish, live, wake }: Unit<'upkeep'>,
  run: Run,
  state: 'succeeded' | 'failed' | 'stopped' | 'lost',
  at: Date,
): Promise<void> {
  await stepWriter(db).close(run.id, state === 'stopped' ? 'stopped' : 'skipped', at);
  await runWriter(db).change(run.id, { state, endedAt: at, note: null });
  await leaseStore(db).give(run.id);
  await publish('upkeep.runEnded', {
    ...factOf(run),
    state,
    startedAt: (run.startedAt ?? at).toISOString(),
    endedAt: at.toISOString(),
  });
  await live('upkeep.run', run.id);
  await live('upkeep.lease', run.host.id);
  await wake('upkeep');
}
