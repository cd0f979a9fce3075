import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { advanceRun } from './advance-run.ts';
import { storeStepEnd } from './run-facts.ts';
import { runReader } from './store-run.ts';
import { stepWriter } from './store-run-write.ts';

/**
 * How runs that others carried out long ago are taken over. Their moves are decided as those of the present, at the time
 * that the clock says; only what their commands said comes from whoever tells of them, and no host is touched.
 */

interface Parts {
  readonly transact: Transact<'upkeep'>;
  readonly clock: Clock;
}

/** What a run of the past waits for. */
export type PastMove =
  | { readonly next: 'command'; readonly stepId: string; readonly title: string }
  /** For its checks' answer, a sign-off, or time. */
  | { readonly next: 'wait' }
  | { readonly next: 'end' };

export interface UpkeepHistory {
  /** Carries a run on until it waits for something. */
  readonly advance: (runId: string) => Promise<PastMove>;
  /** What a command said, and how it ended. */
  readonly endCommand: (
    runId: string,
    stepId: string,
    said: { readonly output: string; readonly exitCode: number },
  ) => Promise<void>;
}

// Steps, questions and ends of one run: far more moves than a runbook can hold.
const mostMoves = 500;

export function importHistory({ transact, clock }: Parts): UpkeepHistory {
  return {
    async advance(runId) {
      for (let moves = 0; moves < mostMoves; moves += 1) {
        const sequel = await transact((unit) => advanceRun(unit, runId, clock.now()));
        if (sequel.next === 'sleep') return { next: 'wait' };
        if (sequel.next === 'follow')
          return { next: 'command', stepId: sequel.step.id, title: sequel.step.definition.title };
        if (sequel.next !== 'again') return { next: 'end' };
      }
      return { next: 'wait' };
    },
    endCommand: (runId, stepId, { output, exitCode }) =>
      transact(async (unit) => {
        const run = await runReader(unit.db).get(runId);
        const step = run?.steps.find(({ id }) => id === stepId);
        if (run === null || step === undefined) return;
        const at = clock.now();
        await stepWriter(unit.db).change(stepId, { launchedAt: step.startedAt ?? at });
        if (output !== '') await stepWriter(unit.db).addOutput(stepId, 0, Buffer.from(output));
        const end =
          exitCode === 0
            ? ({ state: 'succeeded', note: null } as const)
            : ({ state: 'failed', note: { code: 'exit', detail: { code: exitCode } } } as const);
        await storeStepEnd(unit, run, step, { ...end, exitCode }, at);
      }),
  };
}
