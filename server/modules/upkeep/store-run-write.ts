import { sql, type Updateable } from 'kysely';
import type { Doer } from '#contract/words.ts';
import type { Database, Rows } from '#platform/database.ts';
import type { CheckAnswer, Run, RunNote, RunTarget, StepDefinition } from './run.ts';

type RunSet = Updateable<Rows['upkeep.run']>;
type StepSet = Updateable<Rows['upkeep.run_step']>;

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** A run that is only proposed yet. */
export interface NewRun {
  readonly id: string;
  readonly runbook: { readonly id: string; readonly name: string; readonly version: number };
  readonly safe: boolean;
  readonly host: { readonly id: string; readonly name: string };
  readonly incidentId: string | null;
  readonly inputs: Run['inputs'];
  readonly target: RunTarget;
  readonly planHash: string;
  readonly state: 'waiting_approval' | 'queued';
  readonly proposedBy: Doer;
  readonly at: Date;
  readonly steps: readonly { readonly id: string; readonly definition: StepDefinition }[];
}

/** What may change about a run. */
export interface RunChange {
  readonly state?: Run['state'];
  readonly note?: RunNote | null;
  readonly target?: RunTarget;
  readonly planHash?: string;
  readonly approvedBy?: Doer | null;
  readonly approvedAt?: Date | null;
  readonly refusedBy?: Doer;
  readonly refusedReason?: string;
  readonly emergencyBy?: Doer;
  readonly emergencyReason?: string;
  readonly reviewedBy?: Doer;
  readonly reviewNote?: string;
  readonly queuedAt?: Date | null;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  readonly stopRequestedBy?: Doer;
  readonly stopRequestedAt?: Date;
}

/** What may change about a step. */
export interface StepChange {
  readonly state?: Run['steps'][number]['state'];
  readonly startedAt?: Date;
  readonly launchedAt?: Date;
  readonly endedAt?: Date;
  readonly exitCode?: number | null;
  readonly note?: RunNote | null;
  readonly reattached?: number;
  readonly outputTruncated?: boolean;
  readonly wakeAt?: Date;
  readonly requestId?: string;
  readonly askedAt?: Date;
  readonly answer?: CheckAnswer | null;
  readonly signedBy?: Doer;
}

function columnName(field: string): string {
  return field.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}

/** Fields by their columns; what is not a moment, a number or a word is kept as JSON. */
function columnsOf(change: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(change)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [
        columnName(field),
        typeof value === 'object' && !(value instanceof Date) ? json(value) : value,
      ]),
  );
}

/** Writing runs. */
export function runWriter(db: Database<'upkeep'>) {
  return {
    async add(run: NewRun): Promise<void> {
      await db
        .insertInto('upkeep.run')
        .values({
          id: run.id,
          runbook_id: run.runbook.id,
          runbook_version: run.runbook.version,
          runbook_name: run.runbook.name,
          safe: run.safe,
          host_id: run.host.id,
          host_name: run.host.name,
          incident_id: run.incidentId,
          inputs: JSON.stringify(run.inputs),
          target: JSON.stringify(run.target),
          plan_hash: run.planHash,
          state: run.state,
          proposed_by: JSON.stringify(run.proposedBy),
          proposed_at: run.at,
          queued_at: run.state === 'queued' ? run.at : null,
        })
        .execute();
      await db
        .insertInto('upkeep.run_step')
        .values(
          run.steps.map(({ id, definition }, position) => ({
            id,
            run_id: run.id,
            position,
            definition: JSON.stringify(definition),
            state: 'pending',
          })),
        )
        .execute();
    },
    async change(id: string, change: RunChange): Promise<void> {
      const set: RunSet = columnsOf(change);
      await db.updateTable('upkeep.run').set(set).where('id', '=', id).execute();
    },
  };
}

/** Writing steps and what they said. */
export function stepWriter(db: Database<'upkeep'>) {
  return {
    async change(id: string, change: StepChange): Promise<void> {
      const set: StepSet = columnsOf(change);
      await db.updateTable('upkeep.run_step').set(set).where('id', '=', id).execute();
    },
    /** All steps that did not begin, or wait for something that will not come any more. */
    async close(runId: string, state: 'skipped' | 'stopped', at: Date): Promise<void> {
      await db
        .updateTable('upkeep.run_step')
        .set({ state, ended_at: at })
        .where('run_id', '=', runId)
        .where('state', 'in', ['pending', 'waiting', 'running'])
        .execute();
    },
    /** Adds a piece of output; one that came before changes nothing. */
    async addOutput(stepId: string, atByte: number, data: Buffer): Promise<void> {
      await db
        .insertInto('upkeep.output')
        .values({ step_id: stepId, at_byte: atByte, data })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await db
        .updateTable('upkeep.run_step')
        .set({ output_bytes: sql<number>`greatest(output_bytes, ${atByte + data.length})` })
        .where('id', '=', stepId)
        .execute();
    },
    /** Gives a check step its answer; returns the run when somebody still waits for it. */
    async takeAnswer(requestId: string, answer: CheckAnswer): Promise<string | null> {
      const row = await db
        .updateTable('upkeep.run_step')
        .set({ answer: JSON.stringify(answer) })
        .where('request_id', '=', requestId)
        .where('state', '=', 'waiting')
        .returning('run_id')
        .executeTakeFirst();
      return row?.run_id ?? null;
    },
  };
}
