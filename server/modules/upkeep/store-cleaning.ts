import type { Database } from '#platform/database.ts';
import { runTarget, type RunTarget } from './run.ts';

/** All SQL about what ended steps left on their hosts. */
export function cleaningStore(db: Database<'upkeep'>) {
  return {
    /** Steps that ended on a host since a moment and were not taken away there. */
    async left(
      runId: string | null,
      since: Date,
      limit: number,
    ): Promise<{ stepId: string; runId: string; target: RunTarget }[]> {
      let all = db
        .selectFrom('upkeep.run_step as step')
        .innerJoin('upkeep.run as run', 'run.id', 'step.run_id')
        .select(['step.id', 'step.run_id', 'run.target'])
        .where('step.launched_at', 'is not', null)
        .where('step.cleaned_at', 'is', null)
        .where('step.ended_at', '>', since)
        .where('run.ended_at', 'is not', null);
      if (runId !== null) all = all.where('step.run_id', '=', runId);
      const rows = await all.orderBy('step.ended_at').limit(limit).execute();
      return rows.map((row) => ({ stepId: row.id, runId: row.run_id, target: runTarget.parse(row.target) }));
    },
    async markCleaned(stepId: string, at: Date): Promise<void> {
      await db.updateTable('upkeep.run_step').set({ cleaned_at: at }).where('id', '=', stepId).execute();
    },
  };
}
