import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { anomalyMode, policyScope } from '#contract/advice-anomalies.ts';
import type { Database } from '#platform/database.ts';
import type { Policy } from './policy.ts';

/** A policy with who set it. */
export interface StoredPolicy extends Policy {
  readonly changedAt: Date;
  readonly changedBy: string;
  /** Of the profile or the check. */
  readonly name: string;
}

/** All SQL about policies. */
export function policyStore(db: Database<'advice'>) {
  return {
    async all(): Promise<StoredPolicy[]> {
      const rows = await db
        .selectFrom('advice.policy')
        .leftJoin('watch.pub_check as check', (join) =>
          join.on(sql<boolean>`scope = 'check' and "check".id::text = scope_key`),
        )
        .leftJoin('watch.pub_profile as profile', (join) =>
          join.on(sql<boolean>`scope = 'profile' and profile.id::text = scope_key`),
        )
        .select([
          'scope',
          'scope_key',
          'mode',
          'learning_hours',
          'least_share',
          'least_amount',
          'changed_at',
          'changed_by',
          'check.name as check_name',
          'profile.name as profile_name',
        ])
        .orderBy(sql`array_position(array['all', 'kind', 'profile', 'check'], scope)`)
        .orderBy('scope_key')
        .execute();
      return rows.map((row) => ({
        scope: policyScope.parse(row.scope),
        key: row.scope_key,
        mode: anomalyMode.parse(row.mode),
        learningHours: row.learning_hours,
        leastShare: Number(row.least_share.toPrecision(6)),
        leastAmount: row.least_amount,
        changedAt: row.changed_at,
        changedBy: row.changed_by,
        name: row.check_name ?? row.profile_name ?? row.scope_key,
      }));
    },
    /** True when there is such a profile or check. */
    async isThere(scope: 'profile' | 'check', key: string): Promise<boolean> {
      const from = scope === 'check' ? 'watch.pub_check' : 'watch.pub_profile';
      const { rows } = await sql<{ there: boolean }>`
        select exists (select from ${sql.table(from)} where id::text = ${key}) as there`.execute(db);
      return rows[0]?.there === true;
    },
    async set(policy: Policy, by: string, at: Date): Promise<void> {
      const values = {
        mode: policy.mode,
        learning_hours: policy.learningHours,
        least_share: policy.leastShare,
        least_amount: policy.leastAmount,
        changed_at: at,
        changed_by: by,
      };
      await db
        .insertInto('advice.policy')
        .values({ id: uuid(), scope: policy.scope, scope_key: policy.key, ...values })
        .onConflict((conflict) => conflict.columns(['scope', 'scope_key']).doUpdateSet(values))
        .execute();
    },
    async remove(scope: string, key: string): Promise<void> {
      await db.deleteFrom('advice.policy').where('scope', '=', scope).where('scope_key', '=', key).execute();
    },
  };
}
