import { removeStep } from '#ssh/detached-step.ts';
import { SshFailure } from '#ssh/ssh-failure.ts';
import { StepFailure } from '#ssh/step-report.ts';
import type { SshTarget, SshTransport } from '#ssh/transport.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { RunTarget } from './run.ts';
import { cleaningStore } from './store-cleaning.ts';

interface Parts {
  readonly db: Database<'upkeep'>;
  readonly clock: Clock;
  readonly transport: SshTransport;
  readonly reach: (target: RunTarget) => Promise<SshTarget | null>;
}

/** After that, what is left on a host that could not be reached is left there. */
const triedDays = 7;
const mostAtOnce = 50;

/** Takes away what ended steps left on their hosts: of one run, or of all. What cannot be reached now is tried again later. */
export async function cleanSteps({ db, clock, transport, reach }: Parts, runId: string | null): Promise<void> {
  const store = cleaningStore(db);
  const since = new Date(clock.now().getTime() - triedDays * 86_400_000);
  for (const left of await store.left(runId, since, mostAtOnce)) {
    const target = await reach(left.target);
    if (target === null) continue;
    try {
      const report = await removeStep({ transport, target, step: { runId: left.runId, stepId: left.stepId } });
      if (report.state === 'absent') await store.markCleaned(left.stepId, clock.now());
    } catch (error) {
      if (!(error instanceof SshFailure) && !(error instanceof StepFailure)) throw error;
    }
  }
}
