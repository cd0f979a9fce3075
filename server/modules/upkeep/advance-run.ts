import { v7 as uuid } from 'uuid';
import type { Unit } from '#platform/outbox.ts';
import { planNow } from './agree-run.ts';
import { failingNames, nextMove, type CheckVerdict, type Move } from './next-move.ts';
import { factOf, storeRunEnd, storeStepEnd, type StepEnd } from './run-facts.ts';
import { isActive, type Run, type RunStep } from './run.ts';
import { targetReader } from './store-access.ts';
import { leaseStore } from './store-lease.ts';
import { runWriter, stepWriter } from './store-run-write.ts';
import { runReader } from './store-run.ts';

/** What is left to do outside the database after a move was stored. */
export type Sequel =
  /** `begun` is the step that this owner began, so that nobody before it can have started it. */
  | { readonly next: 'again'; readonly begun?: string }
  | { readonly next: 'sleep'; readonly until: Date | null }
  | { readonly next: 'follow' | 'stop'; readonly run: Run; readonly step: RunStep }
  | { readonly next: 'end' };

/** Decides and stores a run's next move, in the transaction that holds the run's row. */
export async function advanceRun(unit: Unit<'upkeep'>, runId: string, now: Date): Promise<Sequel> {
  const run = await runReader(unit.db).get(runId);
  if (run === null || !isActive(run.state)) return { next: 'end' };
  const move = nextMove(run, now);
  switch (move.do) {
    case 'takeHost':
      return takeHost(unit, run, now);
    case 'beginStep':
      await beginStep(unit, run, move.step, now);
      return { next: 'again', begun: move.step.id };
    case 'askChecks':
      await askChecks(unit, run, move.step, now);
      return { next: 'again' };
    case 'followCommand':
      return { next: 'follow', run, step: move.step };
    case 'stopCommand':
      return { next: 'stop', run, step: move.step };
    case 'sleep':
      return { next: 'sleep', until: move.until };
    default:
      return end(unit, run, move, now);
  }
}

async function end(
  unit: Unit<'upkeep'>,
  run: Run,
  move: Extract<Move, { do: 'endWait' | 'endCheck' | 'finish' }>,
  now: Date,
): Promise<Sequel> {
  if (move.do === 'finish') {
    await storeRunEnd(unit, run, move.state, now);
    return { next: 'end' };
  }
  const how: StepEnd = move.do === 'endWait' ? { state: 'succeeded', note: null } : checkEnd(move.verdict);
  await storeStepEnd(unit, run, move.step, how, now);
  return { next: 'again' };
}

function checkEnd(verdict: CheckVerdict): StepEnd {
  if (verdict.good) return { state: 'succeeded', note: null };
  const detail = verdict.why === 'failing' ? { names: verdict.names } : {};
  return { state: 'failed', note: { code: `checks_${verdict.why}`, detail } };
}

/** Takes the host and begins, if it is free and the plan is still the approved one; else the approval must be given again. */
async function takeHost(unit: Unit<'upkeep'>, run: Run, now: Date): Promise<Sequel> {
  const { db, publish, live } = unit;
  const plan = planNow(run, await targetReader(db).get(run.host.id));
  if (run.approvedBy !== null && plan.hash !== run.planHash) {
    const note = { code: 'target_changed', detail: {} };
    await runWriter(db).change(run.id, { state: 'waiting_approval', note, approvedBy: null, approvedAt: null });
    await publish('upkeep.runProposed', { ...factOf(run), byId: run.proposedBy.id });
    await live('upkeep.run', run.id);
    return { next: 'end' };
  }
  if (!(await leaseStore(db).take(run.host.id, run.id, now))) return { next: 'sleep', until: null };
  await runWriter(db).change(run.id, {
    state: 'running',
    note: null,
    target: plan.target,
    planHash: plan.hash,
    startedAt: now,
  });
  await publish('upkeep.runStarted', factOf(run));
  await live('upkeep.run', run.id);
  await live('upkeep.lease', run.host.id);
  return { next: 'again' };
}

/** Written before the side effect: whoever finds the step running knows that it may have begun. */
async function beginStep({ db, live }: Unit<'upkeep'>, run: Run, step: RunStep, now: Date): Promise<void> {
  const { definition } = step;
  const command = definition.kind === 'command';
  await runWriter(db).change(run.id, { state: command ? 'running' : 'waiting', note: null });
  await stepWriter(db).change(step.id, {
    state: command ? 'running' : 'waiting',
    startedAt: now,
    ...(definition.kind === 'wait' ? { wakeAt: after(now, definition.seconds) } : {}),
    ...(definition.kind === 'check' ? { wakeAt: after(now, definition.timeoutSeconds) } : {}),
  });
  await live('upkeep.run', run.id);
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}

/** Upkeep may not ask the module that watches: it publishes that it wants to know, and is answered by a fact. */
async function askChecks({ db, publish, live }: Unit<'upkeep'>, run: Run, step: RunStep, now: Date): Promise<void> {
  const requestId = uuid();
  const names = step.answer === null ? '' : failingNames(step.answer);
  await stepWriter(db).change(step.id, {
    requestId,
    askedAt: now,
    answer: null,
    ...(names === '' ? {} : { note: { code: 'checks_failing', detail: { names } } }),
  });
  await publish('upkeep.checkRequested', {
    requestId,
    runId: run.id,
    stepId: step.id,
    hostId: run.host.id,
    incidentId: run.incidentId,
  });
  await live('upkeep.run', run.id);
}
