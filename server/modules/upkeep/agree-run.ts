import type { Doer } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { planHash } from './plan.ts';
import { factOf } from './run-facts.ts';
import { isOver, type Run, type RunTarget } from './run.ts';
import { targetReader } from './store-access.ts';
import { runWriter, type RunChange } from './store-run-write.ts';
import { runReader } from './store-run.ts';

interface Parts {
  readonly transact: Transact<'upkeep'>;
  readonly clock: Clock;
}

/** The run, held against others, in one of the states in which this may be done. */
async function held(unit: Unit<'upkeep'>, id: string, allows: (run: Run) => boolean): Promise<Run> {
  const run = await runReader(unit.db).hold(id);
  if (run === null) throw new Refusal('not_found');
  if (!allows(run)) throw new Refusal('not_in_this_state', { state: run.state });
  return run;
}

async function changed({ db, live, wake }: Unit<'upkeep'>, id: string, change: RunChange): Promise<Run> {
  await runWriter(db).change(id, change);
  await live('upkeep.run', id);
  await wake('upkeep');
  const run = await runReader(db).get(id);
  if (run === null) throw new Refusal('not_found');
  return run;
}

const awaitsReview = (run: Run): boolean =>
  isOver(run.state) && run.emergency !== null && run.emergency.reviewedBy === null;

const waits = (run: Run): boolean => run.state === 'waiting_approval';

/** The plan as it would be carried out now: the way to the host may have changed since it was proposed. */
export function planNow(run: Run, target: RunTarget | null): { target: RunTarget; hash: string } {
  const now = target ?? run.target;
  const steps = run.steps.map(({ definition }) => definition);
  return { target: now, hash: planHash({ steps, inputs: run.inputs, hostId: run.host.id, target: now }) };
}

/** Another person agrees to exactly the plan they saw. */
export function approveRun(
  { transact, clock }: Parts,
  asked: { id: string; planHash: string },
  by: Doer,
): Promise<Run> {
  return transact(async (unit) => {
    const run = await held(unit, asked.id, waits);
    if (run.proposedBy.id === by.id) throw new Refusal('own_approval');
    const plan = planNow(run, await targetReader(unit.db).get(run.host.id));
    if (plan.hash !== asked.planHash) throw new Refusal('changed_since_approval');
    const at = clock.now();
    const approved = await changed(unit, run.id, {
      state: 'queued',
      note: null,
      target: plan.target,
      planHash: plan.hash,
      approvedBy: by,
      approvedAt: at,
      queuedAt: at,
    });
    await unit.publish('upkeep.runApproved', { ...factOf(approved), approvedBy: by.name });
    return approved;
  });
}

/** Somebody says no; the run is over. */
export function refuseRun({ transact, clock }: Parts, asked: { id: string; reason: string }, by: Doer): Promise<Run> {
  return transact(async (unit) => {
    const run = await held(unit, asked.id, waits);
    const refused = await changed(unit, run.id, {
      state: 'refused',
      note: null,
      refusedBy: by,
      refusedReason: asked.reason,
      endedAt: clock.now(),
    });
    await unit.publish('upkeep.runRefused', { ...factOf(refused), by: by.name, reason: asked.reason });
    return refused;
  });
}

/** It cannot wait: it runs without approval, loudly, and is reviewed afterwards. */
export function declareEmergency(
  { transact, clock }: Parts,
  asked: { id: string; reason: string },
  by: Doer,
): Promise<Run> {
  return transact(async (unit) => {
    const run = await held(unit, asked.id, waits);
    const plan = planNow(run, await targetReader(unit.db).get(run.host.id));
    const declared = await changed(unit, run.id, {
      state: 'queued',
      note: null,
      target: plan.target,
      planHash: plan.hash,
      emergencyBy: by,
      emergencyReason: asked.reason,
      queuedAt: clock.now(),
    });
    await unit.publish('upkeep.emergencyDeclared', { ...factOf(declared), by: by.name, reason: asked.reason });
    return declared;
  });
}

/** Another person than the one who declared it looks at an emergency run after its end. */
export function reviewRun({ transact }: Parts, asked: { id: string; note: string }, by: Doer): Promise<Run> {
  return transact(async (unit) => {
    const run = await held(unit, asked.id, awaitsReview);
    if (run.emergency?.by.id === by.id) throw new Refusal('own_approval');
    const reviewed = await changed(unit, run.id, { reviewedBy: by, reviewNote: asked.note });
    await unit.publish('upkeep.emergencyReviewed', { ...factOf(reviewed), by: by.name, note: asked.note });
    return reviewed;
  });
}
