import type { Doer } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { storeRunEnd, storeStepEnd } from './run-facts.ts';
import type { Run } from './run.ts';
import { runWriter } from './store-run-write.ts';
import { runReader } from './store-run.ts';

interface Parts {
  readonly transact: Transact<'upkeep'>;
  readonly clock: Clock;
}

async function again({ db }: Unit<'upkeep'>, id: string): Promise<Run> {
  const run = await runReader(db).get(id);
  if (run === null) throw new Refusal('not_found');
  return run;
}

/** Stops a run. What does not run yet is over at once; what runs is being stopped until its host has confirmed it. */
export function stopRun({ transact, clock }: Parts, id: string, by: Doer): Promise<Run> {
  return transact(async (unit) => {
    const run = await runReader(unit.db).hold(id);
    if (run === null) throw new Refusal('not_found');
    const at = clock.now();
    const writer = runWriter(unit.db);
    switch (run.state) {
      case 'waiting_approval':
      case 'queued':
        await writer.change(id, { stopRequestedBy: by, stopRequestedAt: at });
        await storeRunEnd(unit, run, 'stopped', at);
        break;
      case 'running':
      case 'waiting':
        await writer.change(id, {
          state: 'stopping',
          note: { code: 'stopping', detail: {} },
          stopRequestedBy: by,
          stopRequestedAt: at,
        });
        await unit.live('upkeep.run', id);
        await unit.wake('upkeep');
        break;
      default:
        throw new Refusal('not_in_this_state', { state: run.state });
    }
    return again(unit, id);
  });
}

/** A person says that a manual step was done, or could not be. */
export function signOff(
  { transact, clock }: Parts,
  asked: { id: string; stepId: string; done: boolean; note: string },
  by: Doer,
): Promise<Run> {
  return transact(async (unit) => {
    const run = await runReader(unit.db).hold(asked.id);
    const step = run?.steps.find(({ id }) => id === asked.stepId);
    if (run === null || step === undefined) throw new Refusal('not_found');
    if (run.state !== 'waiting' || step.state !== 'waiting' || step.definition.kind !== 'manual')
      throw new Refusal('not_in_this_state', { state: step.state });
    const detail = { note: asked.note };
    const note = asked.done ? { code: 'done', detail } : { code: 'not_done', detail };
    await storeStepEnd(
      unit,
      run,
      step,
      { state: asked.done ? 'succeeded' : 'failed', note, signedBy: by },
      clock.now(),
    );
    return again(unit, run.id);
  });
}
