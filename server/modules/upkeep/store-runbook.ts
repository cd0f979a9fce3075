import { sql } from 'kysely';
import { z } from 'zod';
import { parameter, step, type Runbook } from '#contract/upkeep.ts';
import { doer, type Doer } from '#contract/words.ts';
import { likePattern, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { isUniqueViolation } from '#platform/unique-violation.ts';

/** What people write about a runbook. */
export type RunbookFields = Pick<Runbook, 'name' | 'summary' | 'safe' | 'symptoms' | 'parameters' | 'steps'>;

/** Runs of a runbook that ended, and those that succeeded. */
interface Counts {
  readonly run_count: number;
  readonly success_count: number;
}

const symptoms = z.array(z.string());
const parameters = z.array(parameter);
const steps = z.array(step);

/** Runbooks that were not put away, in their present version, with how often they ran. */
function present(db: Database<'upkeep'>) {
  return db
    .selectFrom('upkeep.runbook as runbook')
    .innerJoin('upkeep.runbook_version as version', (join) =>
      join.onRef('version.runbook_id', '=', 'runbook.id').onRef('version.version', '=', 'runbook.version'),
    )
    .where('runbook.removed_at', 'is', null);
}

const columns = [
  'runbook.id',
  'runbook.version',
  'version.name',
  'version.summary',
  'version.safe',
  'version.symptoms',
  'version.parameters',
  'version.steps',
  'version.changed_at',
  'version.changed_by',
] as const;

const counts = [
  // What was refused, or stopped before it began, says nothing about how well the runbook works.
  sql<number>`(select count(*) from upkeep.run where run.runbook_id = runbook.id and run.started_at is not null and run.ended_at is not null)`.as(
    'run_count',
  ),
  sql<number>`(select count(*) from upkeep.run where run.runbook_id = runbook.id and run.state = 'succeeded')`.as(
    'success_count',
  ),
] as const;

interface RunbookRow extends Counts {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly summary: string;
  readonly safe: boolean;
  readonly symptoms: unknown;
  readonly parameters: unknown;
  readonly steps: unknown;
  readonly changed_at: Date;
  readonly changed_by: unknown;
}

function toRunbook(row: RunbookRow): Runbook {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    summary: row.summary,
    safe: row.safe,
    symptoms: symptoms.parse(row.symptoms),
    parameters: parameters.parse(row.parameters),
    steps: steps.parse(row.steps),
    changedAt: row.changed_at.toISOString(),
    changedBy: doer.parse(row.changed_by),
    runCount: row.run_count,
    successCount: row.success_count,
  };
}

/** Reading runbooks. */
export function runbookReader(db: Database<'upkeep'>) {
  return {
    async get(id: string): Promise<Runbook | null> {
      const row = await present(db).select(columns).select(counts).where('runbook.id', '=', id).executeTakeFirst();
      return row === undefined ? null : toRunbook(row);
    },
    async list(asked: {
      search?: string | undefined;
      after?: string | undefined;
      limit: number;
    }): Promise<{ items: Runbook[]; total: number }> {
      let all = present(db);
      if (asked.search !== undefined && asked.search !== '') {
        const pattern = likePattern(asked.search);
        all = all.where((where) =>
          where.or([
            where('version.name', 'ilike', pattern),
            where('version.summary', 'ilike', pattern),
            where(sql`version.symptoms::text`, 'ilike', pattern),
          ]),
        );
      }
      const counted = await all.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
      const rows = await all
        .select(columns)
        .select(counts)
        .orderBy(sql`lower(version.name)`)
        .orderBy('runbook.id')
        .limit(asked.limit)
        .offset(numberCursor(asked.after) ?? 0)
        .execute();
      return { items: rows.map(toRunbook), total: counted.count };
    },
  };
}

/** Writing runbooks; both return false when the name is taken. */
export function runbookWriter(db: Database<'upkeep'>) {
  const addVersion = async (id: string, version: number, fields: RunbookFields, at: Date, by: Doer): Promise<void> => {
    await db
      .insertInto('upkeep.runbook_version')
      .values({
        runbook_id: id,
        version,
        name: fields.name,
        summary: fields.summary,
        safe: fields.safe,
        symptoms: JSON.stringify(fields.symptoms),
        parameters: JSON.stringify(fields.parameters),
        steps: JSON.stringify(fields.steps),
        changed_at: at,
        changed_by: JSON.stringify(by),
      })
      .execute();
  };
  return {
    async add(id: string, fields: RunbookFields, at: Date, by: Doer): Promise<boolean> {
      const row = await db
        .insertInto('upkeep.runbook')
        .values({ id, name: fields.name, version: 1, created_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      if (row === undefined) return false;
      await addVersion(id, 1, fields, at, by);
      return true;
    },
    /** Null when there is no such runbook (any more). */
    async change(id: string, fields: RunbookFields, at: Date, by: Doer): Promise<boolean | null> {
      try {
        const row = await db
          .updateTable('upkeep.runbook')
          .set({ name: fields.name, version: sql<number>`version + 1` })
          .where('id', '=', id)
          .where('removed_at', 'is', null)
          .returning('version')
          .executeTakeFirst();
        if (row === undefined) return null;
        await addVersion(id, row.version, fields, at, by);
        return true;
      } catch (error) {
        if (isUniqueViolation(error, 'runbook_name')) return false;
        throw error;
      }
    },
    async remove(id: string, at: Date): Promise<boolean> {
      const row = await db
        .updateTable('upkeep.runbook')
        .set({ removed_at: at })
        .where('id', '=', id)
        .where('removed_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
