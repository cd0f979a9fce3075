import { z } from 'zod';
import { step, stepState, type inputs, type RunState } from '#contract/upkeep.ts';
import type { Doer } from '#contract/words.ts';

/** What a run reaches, and as whom: part of what is agreed upon. */
export const runTarget = z.object({
  address: z.string(),
  port: z.number().int(),
  user: z.string(),
  credentialId: z.string(),
  /** Pinned keys in OpenSSH form. */
  hostKeys: z.array(z.string()),
});
export type RunTarget = z.infer<typeof runTarget>;
export type Inputs = z.infer<typeof inputs>;
export type StepDefinition = z.infer<typeof step>;

/** Why something stands as it does: a code of the texts, and what its sentence needs. */
export const runNote = z.object({ code: z.string(), detail: z.record(z.string(), z.union([z.string(), z.number()])) });
export type RunNote = z.infer<typeof runNote>;

export type RunStepState = z.infer<typeof stepState>;

/** What a check step got as answer. */
export const checkAnswer = z.array(z.object({ checkName: z.string(), verdict: z.string() }));
export type CheckAnswer = z.infer<typeof checkAnswer>;

/** One step of a run, with the definition it had when the run was proposed. */
export interface RunStep {
  readonly id: string;
  readonly position: number;
  readonly definition: StepDefinition;
  readonly state: RunStepState;
  readonly startedAt: Date | null;
  /** When the target confirmed that it runs; it is never started again after that. */
  readonly launchedAt: Date | null;
  readonly endedAt: Date | null;
  readonly exitCode: number | null;
  readonly note: RunNote | null;
  readonly reattached: number;
  readonly outputBytes: number;
  readonly outputTruncated: boolean;
  readonly wakeAt: Date | null;
  readonly requestId: string | null;
  readonly askedAt: Date | null;
  readonly answer: CheckAnswer | null;
  readonly signedBy: Doer | null;
}

/** A run: a snapshot of its runbook and inputs, where it goes, and how far it is. */
export interface Run {
  readonly id: string;
  readonly runbook: { readonly id: string; readonly name: string; readonly version: number };
  readonly safe: boolean;
  readonly host: { readonly id: string; readonly name: string };
  readonly incidentId: string | null;
  readonly inputs: Inputs;
  readonly target: RunTarget;
  readonly planHash: string;
  readonly state: RunState;
  readonly note: RunNote | null;
  readonly proposedBy: Doer;
  readonly proposedAt: Date;
  readonly approvedBy: Doer | null;
  readonly approvedAt: Date | null;
  readonly refusedBy: Doer | null;
  readonly refusedReason: string | null;
  readonly emergency: {
    readonly reason: string;
    readonly by: Doer;
    readonly reviewedBy: Doer | null;
    readonly reviewNote: string | null;
  } | null;
  readonly queuedAt: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly stopRequestedBy: Doer | null;
  readonly steps: readonly RunStep[];
}

const active: ReadonlySet<RunState> = new Set(['queued', 'running', 'waiting', 'stopping']);
const over: ReadonlySet<RunState> = new Set(['refused', 'succeeded', 'failed', 'stopped', 'lost']);

/** Whether somebody must work on it. */
export function isActive(state: RunState): boolean {
  return active.has(state);
}

/** Whether nothing can change any more, but for a review. */
export function isOver(state: RunState): boolean {
  return over.has(state);
}
