import type { Transact, Unit } from '#platform/outbox.ts';
import { epochStore } from './store-ownership.ts';
import type { WakeBell } from './wake-bell.ts';

/** A run that this process owns, for as long as `signal` is not aborted. */
export interface OwnedRun {
  readonly runId: string;
  readonly epoch: number;
  /** Aborted when the ownership is lost, or the process is about to end. The work on the host goes on. */
  readonly signal: AbortSignal;
  /** Aborted when somebody asked for the run to be stopped. */
  readonly stopAsked: AbortSignal;
  /** Rings when something about runs changed. */
  readonly bell: WakeBell;
}

/** Writes as the owner of a run. @throws OwnershipLost when another process owns it by now: nothing was written */
export function writeAsOwner<Answer>(
  transact: Transact<'upkeep'>,
  { runId, epoch }: Pick<OwnedRun, 'runId' | 'epoch'>,
  work: (unit: Unit<'upkeep'>) => Promise<Answer>,
): Promise<Answer> {
  return transact(async (unit) => {
    await epochStore(unit.db).hold(runId, epoch);
    return work(unit);
  });
}
