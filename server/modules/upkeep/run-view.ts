import type { z } from 'zod';
import type { run as runSchema } from '#contract/upkeep.ts';
import type { Language } from '#contract/words.ts';
import { runNoteText, stepNoteText } from '#texts/upkeep-run-text.ts';
import type { Run, RunNote, RunStep } from './run.ts';

type RunView = z.infer<typeof runSchema>;

/** What a view of a run needs beside the run itself. */
export interface RunSurroundings {
  /** The run that holds this run's host now, if any. */
  readonly holder: { readonly runId: string; readonly runbook: string } | undefined;
  /** Hash of the plan as it would be carried out now. */
  readonly planHash: string;
}

/** Why the run stands as it does, where its rows do not say it themselves. */
function noteOf(run: Run, { holder }: RunSurroundings): RunNote | null {
  if (run.note !== null) return run.note;
  const waiting = run.steps.find(({ state }) => state === 'waiting');
  const detail = waiting === undefined ? {} : { title: waiting.definition.title };
  switch (run.state) {
    case 'waiting_approval':
      return { code: 'waits_approval', detail: {} };
    case 'queued':
      return holder === undefined || holder.runId === run.id
        ? { code: 'waits_turn', detail: {} }
        : { code: 'waits_host', detail: { runbook: holder.runbook } };
    case 'waiting':
      if (waiting?.definition.kind === 'check') return { code: 'waits_checks', detail };
      return { code: waiting?.definition.kind === 'wait' ? 'waits_time' : 'waits_sign_off', detail };
    default:
      return run.emergency !== null && run.emergency.reviewedBy === null && run.endedAt !== null
        ? { code: 'needs_review', detail: {} }
        : null;
  }
}

function stepView(step: RunStep, language: Language): RunView['steps'][number] {
  return {
    id: step.id,
    position: step.position,
    definition: step.definition,
    state: step.state,
    startedAt: step.startedAt?.toISOString() ?? null,
    endedAt: step.endedAt?.toISOString() ?? null,
    exitCode: step.exitCode,
    note: step.note === null ? '' : stepNoteText(step.note.code, step.note.detail, language),
    reattached: step.reattached,
    outputBytes: step.outputBytes,
    signedBy: step.signedBy,
  };
}

/** A run as the contract shows it, its notes in the reader's language. */
export function runView(run: Run, surroundings: RunSurroundings, language: Language): RunView {
  const note = noteOf(run, surroundings);
  return {
    id: run.id,
    runbook: run.runbook,
    host: { kind: 'host', ...run.host },
    incidentId: run.incidentId,
    inputs: run.inputs,
    state: run.state,
    note: note === null ? '' : runNoteText(note.code, note.detail, language),
    proposedBy: run.proposedBy,
    proposedAt: run.proposedAt.toISOString(),
    approvedBy: run.approvedBy,
    approvedAt: run.approvedAt?.toISOString() ?? null,
    refusedBy: run.refusedBy,
    refusedReason: run.refusedReason,
    emergency: run.emergency,
    startedAt: run.startedAt?.toISOString() ?? null,
    endedAt: run.endedAt?.toISOString() ?? null,
    steps: run.steps.map((step) => stepView(step, language)),
    planHash: surroundings.planHash,
  };
}
