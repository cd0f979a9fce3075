import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { inputs, runState, step, stepState, type RunState } from '#contract/upkeep.ts';
import { doer, type Doer } from '#contract/words.ts';
import { numberCursor } from '#platform/cursor.ts';
import type { Database, Rows } from '#platform/database.ts';
import { checkAnswer, runNote, runTarget, type Run, type RunStep } from './run.ts';

type RunRow = Selectable<Rows['upkeep.run']>;
type StepRow = Selectable<Rows['upkeep.run_step']>;

const someDoer = (value: unknown): Doer | null => (value === null ? null : doer.parse(value));

function toStep(row: StepRow): RunStep {
  return {
    id: row.id,
    position: row.position,
    definition: step.parse(row.definition),
    state: stepState.parse(row.state),
    startedAt: row.started_at,
    launchedAt: row.launched_at,
    endedAt: row.ended_at,
    exitCode: row.exit_code,
    note: row.note === null ? null : runNote.parse(row.note),
    reattached: row.reattached,
    outputBytes: row.output_bytes,
    outputTruncated: row.output_truncated,
    wakeAt: row.wake_at,
    requestId: row.request_id,
    askedAt: row.asked_at,
    answer: row.answer === null ? null : checkAnswer.parse(row.answer),
    signedBy: someDoer(row.signed_by),
  };
}

function emergencyOf(row: RunRow): Run['emergency'] {
  const by = someDoer(row.emergency_by);
  if (by === null) return null;
  return {
    reason: row.emergency_reason ?? '',
    by,
    reviewedBy: someDoer(row.reviewed_by),
    reviewNote: row.review_note,
  };
}

function toRun(row: RunRow, steps: readonly RunStep[]): Run {
  return {
    id: row.id,
    runbook: { id: row.runbook_id, name: row.runbook_name, version: row.runbook_version },
    safe: row.safe,
    host: { id: row.host_id, name: row.host_name },
    incidentId: row.incident_id,
    inputs: inputs.parse(row.inputs),
    target: runTarget.parse(row.target),
    planHash: row.plan_hash,
    state: runState.parse(row.state),
    note: row.note === null ? null : runNote.parse(row.note),
    proposedBy: doer.parse(row.proposed_by),
    proposedAt: row.proposed_at,
    approvedBy: someDoer(row.approved_by),
    approvedAt: row.approved_at,
    refusedBy: someDoer(row.refused_by),
    refusedReason: row.refused_reason,
    emergency: emergencyOf(row),
    queuedAt: row.queued_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    stopRequestedBy: someDoer(row.stop_requested_by),
    steps,
  };
}

/** What a list of runs may be narrowed by. */
export interface RunFilter {
  readonly incidentId?: string | undefined;
  readonly hostId?: string | undefined;
  readonly state?: RunState | undefined;
  /** Runs that wait for this person: another's approval, a review, a sign-off. */
  readonly waitingFor?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

function filtered(db: Database<'upkeep'>, asked: RunFilter) {
  let all = db.selectFrom('upkeep.run');
  if (asked.incidentId !== undefined) all = all.where('incident_id', '=', asked.incidentId);
  if (asked.hostId !== undefined) all = all.where('host_id', '=', asked.hostId);
  if (asked.state !== undefined) all = all.where('state', '=', asked.state);
  if (asked.waitingFor !== undefined) {
    const me = asked.waitingFor;
    all = all.where(
      sql<boolean>`(state = 'waiting_approval' and proposed_by->>'id' is distinct from ${me})
        or (emergency_by is not null and reviewed_by is null and ended_at is not null and emergency_by->>'id' is distinct from ${me})
        or (state = 'waiting' and exists (select from upkeep.run_step as s where s.run_id = run.id and s.state = 'waiting' and s.definition->>'kind' = 'manual'))`,
    );
  }
  return all;
}

/** Reading runs. */
export function runReader(db: Database<'upkeep'>) {
  const withSteps = async (rows: readonly RunRow[]): Promise<Run[]> => {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const steps = await db
      .selectFrom('upkeep.run_step')
      .selectAll()
      .where('run_id', '=', sql<string>`any(${ids}::uuid[])`)
      .orderBy('position')
      .execute();
    const byRun = Map.groupBy(steps, ({ run_id }) => run_id);
    return rows.map((row) => toRun(row, (byRun.get(row.id) ?? []).map(toStep)));
  };
  return {
    async get(id: string): Promise<Run | null> {
      const row = await db.selectFrom('upkeep.run').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : ((await withSteps([row]))[0] ?? null);
    },
    /** The same, keeping others from changing it until the transaction ends. */
    async hold(id: string): Promise<Run | null> {
      const row = await db.selectFrom('upkeep.run').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      return row === undefined ? null : ((await withSteps([row]))[0] ?? null);
    },
    async list(asked: RunFilter): Promise<{ items: Run[]; total: number }> {
      const all = filtered(db, asked);
      const counted = await all.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
      const rows = await all
        .selectAll()
        .orderBy('proposed_at', 'desc')
        .orderBy('id', 'desc')
        .limit(asked.limit)
        .offset(numberCursor(asked.after) ?? 0)
        .execute();
      return { items: await withSteps(rows), total: counted.count };
    },
    /** Runs that somebody must work on, first come first. */
    async active(limit: number): Promise<{ id: string; stopRequested: boolean }[]> {
      const rows = await db
        .selectFrom('upkeep.run')
        .select(['id', 'stop_requested_at'])
        .where('state', 'in', ['queued', 'running', 'waiting', 'stopping'])
        .orderBy('queued_at')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ id: row.id, stopRequested: row.stop_requested_at !== null }));
    },
  };
}

/** A piece of output, and where it stands. */
export interface OutputPiece {
  readonly atByte: number;
  readonly data: Buffer;
}

/** Reading what steps said. */
export function outputReader(db: Database<'upkeep'>) {
  return {
    async step(runId: string, stepId: string): Promise<RunStep | null> {
      const row = await db
        .selectFrom('upkeep.run_step')
        .selectAll()
        .where('id', '=', stepId)
        .where('run_id', '=', runId)
        .executeTakeFirst();
      return row === undefined ? null : toStep(row);
    },
    /** Pieces that reach beyond a byte, in order, up to about so many bytes. */
    async from(stepId: string, atByte: number, limitBytes: number): Promise<OutputPiece[]> {
      const rows = await db
        .selectFrom('upkeep.output')
        .select(['at_byte', 'data'])
        .where('step_id', '=', stepId)
        .where(sql<boolean>`at_byte + octet_length(data) > ${atByte}`)
        .where('at_byte', '<', atByte + limitBytes)
        .orderBy('at_byte')
        .execute();
      return rows.map((row) => ({ atByte: row.at_byte, data: row.data }));
    },
  };
}
