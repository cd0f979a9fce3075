import { sql } from 'kysely';
import { state, type State } from '#contract/alert.ts';
import type { Database } from '#platform/database.ts';

/** A check as /metrics tells it. */
export interface MetricCheck {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly targetName: string;
  readonly state: State;
  readonly paused: boolean;
}

/** All SQL about what /metrics tells, and about its door. */
export function metricsStore(db: Database<'watch'>) {
  return {
    async tokenHash(): Promise<Buffer | null> {
      const row = await db.selectFrom('watch.metrics_door').select('token_hash').executeTakeFirst();
      return row?.token_hash ?? null;
    },
    async setTokenHash(hash: Buffer | null): Promise<void> {
      await db.updateTable('watch.metrics_door').set({ token_hash: hash }).execute();
    },
    async checks(most: number): Promise<MetricCheck[]> {
      const { rows } = await sql<{
        id: string;
        name: string;
        kind: string;
        target_name: string | null;
        state: string;
        paused: boolean;
      }>`
        select c.id, c.name, c.kind, t.name as target_name, c.state, c.paused
        from watch.check c left join estate.pub_thing t on t.kind = c.target_kind and t.id = c.target_id
        order by c.number limit ${most}`.execute(db);
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        kind: row.kind,
        targetName: row.target_name ?? '',
        state: state.parse(row.state),
        paused: row.paused,
      }));
    },
    async counts(): Promise<{ kind: string; state: string; checks: number }[]> {
      const { rows } = await sql<{ kind: string; state: string; checks: number }>`
        select kind, case when paused then 'paused' else state end as state, count(*)::int as checks
        from watch.check group by 1, 2 order by 1, 2`.execute(db);
      return rows;
    },
  };
}
