import type { StepFailure, StepReport } from '#ssh/step-report.ts';
import type { StepEnd } from './run-facts.ts';

/** Why we ended a command ourselves, if we did. */
export type EndedBy = { readonly why: 'timeout'; readonly seconds: number } | { readonly why: 'stop' } | null;

/** What a target's last report on a command means for its step. Null while it runs. */
export function outcomeOf(report: StepReport, by: EndedBy, survivors = 0): StepEnd | null {
  switch (report.state) {
    case 'running':
      return null;
    case 'ended': {
      const { exitCode, stopRequested } = report;
      const facts = { exitCode, outputTruncated: report.outputCut !== 'no' };
      // It may have ended by itself just before we asked; then its own code counts.
      if (by !== null && stopRequested) return { ...endedByUs(by, survivors), ...facts };
      if (exitCode === 0) return { state: 'succeeded', note: null, ...facts };
      return { state: 'failed', note: { code: 'exit', detail: { code: exitCode } }, ...facts };
    }
    case 'lost':
      return {
        state: 'lost',
        note: { code: lostCode(report), detail: {} },
        outputTruncated: report.outputCut !== 'no',
      };
    default:
      return by?.why === 'stop'
        ? { state: 'stopped', note: { code: 'stopped', detail: {} } }
        : { state: 'lost', note: { code: 'lost_removed', detail: {} } };
  }
}

function endedByUs(by: NonNullable<EndedBy>, survivors: number): StepEnd {
  if (survivors > 0) return { state: 'stopped', note: { code: 'survivors', detail: { count: survivors } } };
  return by.why === 'timeout'
    ? { state: 'failed', note: { code: 'timeout', detail: { seconds: by.seconds } } }
    : { state: 'stopped', note: { code: 'stopped', detail: {} } };
}

function lostCode(report: { readonly rebooted: boolean; readonly begun: boolean }): string {
  if (!report.begun) return 'lost_unbegun';
  return report.rebooted ? 'lost_rebooted' : 'lost_killed';
}

/** A target that could not take a step: nothing has run. */
export function refusedOutcome(failure: StepFailure): StepEnd {
  const code = failure.kind.replaceAll('-', '_');
  return { state: 'failed', note: { code, detail: { said: failure.reason ?? '' } } };
}
