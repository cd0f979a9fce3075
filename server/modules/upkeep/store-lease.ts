import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';
import { doer } from '#contract/words.ts';

/** Who holds a host, since when, and how many wait for it. */
export interface LeaseLine {
  readonly hostId: string;
  readonly hostName: string;
  readonly runId: string;
  readonly runbook: string;
  readonly since: Date;
  readonly by: string;
  readonly waiting: number;
}

/** All SQL about which run holds which host. */
export function leaseStore(db: Database<'upkeep'>) {
  return {
    /** Takes the host for a run, unless another run holds it or came first. */
    async take(hostId: string, runId: string, at: Date): Promise<boolean> {
      const { rows } = await sql<{ run_id: string }>`
        insert into upkeep.lease (host_id, run_id, since)
        select ${hostId}, ${runId}, ${at}
        where not exists (
          select from upkeep.run as other, upkeep.run as this
          where this.id = ${runId} and other.host_id = this.host_id and other.state = 'queued'
            and (other.queued_at, other.id) < (this.queued_at, this.id)
        )
        on conflict (host_id) do nothing
        returning run_id`.execute(db);
      if (rows.length > 0) return true;
      const held = await db
        .selectFrom('upkeep.lease')
        .select('run_id')
        .where('host_id', '=', hostId)
        .where('run_id', '=', runId)
        .executeTakeFirst();
      return held !== undefined;
    },
    async give(runId: string): Promise<void> {
      await db.deleteFrom('upkeep.lease').where('run_id', '=', runId).execute();
    },
    async list(): Promise<LeaseLine[]> {
      const rows = await db
        .selectFrom('upkeep.lease as lease')
        .innerJoin('upkeep.run as run', 'run.id', 'lease.run_id')
        .select([
          'lease.host_id',
          'run.host_name',
          'lease.run_id',
          'run.runbook_name',
          'lease.since',
          'run.proposed_by',
        ])
        .select(
          sql<number>`(select count(*) from upkeep.run as w where w.host_id = lease.host_id and w.state = 'queued')`.as(
            'waiting',
          ),
        )
        .orderBy('lease.since')
        .limit(500)
        .execute();
      return rows.map((row) => ({
        hostId: row.host_id,
        hostName: row.host_name,
        runId: row.run_id,
        runbook: row.runbook_name,
        since: row.since,
        by: doer.parse(row.proposed_by).name,
        waiting: row.waiting,
      }));
    },
    /** The runs that hold these hosts now, by host. */
    async holders(hostIds: readonly string[]): Promise<ReadonlyMap<string, { runId: string; runbook: string }>> {
      if (hostIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('upkeep.lease as lease')
        .innerJoin('upkeep.run as run', 'run.id', 'lease.run_id')
        .select(['lease.host_id', 'lease.run_id', 'run.runbook_name'])
        .where('lease.host_id', '=', sql<string>`any(${[...hostIds]}::uuid[])`)
        .execute();
      return new Map(rows.map((row) => [row.host_id, { runId: row.run_id, runbook: row.runbook_name }]));
    },
  };
}
