import { sql } from 'kysely';
import { thingKind } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import type { AdvisedCheck, RecurrentCause } from './finding.ts';

/** So much is looked at in one pass; more would be another product's matter. */
const mostChecks = 20_000;
const mostSeries = 6_000;
/** Incidents of one cause that are named, the newest first. */
const mostLinked = 10;

/** A series that recommenders look at. */
export interface LookedSeries {
  readonly id: number;
  readonly name: string;
  readonly unit: string;
  readonly checkId: string;
}

/** All SQL about what recommenders look at: what other modules publish. */
export function worldStore(db: Database<'advice'>) {
  return {
    async checks(changedSince: Date): Promise<AdvisedCheck[]> {
      const { rows } = await sql<{
        id: string;
        number: number;
        name: string;
        kind: string;
        interval_ms: number;
        created_at: Date;
        target_kind: string;
        target_id: string;
        target_name: string;
        changes: number;
      }>`
        select c.id, c.number, c.name, c.kind, c.interval_ms, c.created_at, c.target_kind, c.target_id, t.name as target_name,
          (select count(*)::int from watch.pub_change s where s.check_number = c.number and s.at >= ${changedSince}
            and s.from_state <> 'unknown') as changes
        from watch.pub_check c join estate.pub_thing t on t.kind = c.target_kind and t.id = c.target_id
        where not c.paused order by c.number limit ${mostChecks}`.execute(db);
      return rows.map((row) => ({
        id: row.id,
        number: row.number,
        name: row.name,
        kind: row.kind,
        intervalMs: row.interval_ms,
        createdAt: row.created_at,
        target: { kind: thingKind.parse(row.target_kind), id: row.target_id, name: row.target_name },
        changes: row.changes,
      }));
    },
    async series(metrics: readonly string[]): Promise<LookedSeries[]> {
      const { rows } = await sql<{ id: number; name: string; unit: string; check_id: string }>`
        select s.id, s.name, s.unit, s.check_id from watch.pub_series s join watch.pub_check c on c.id = s.check_id
        where not c.paused and split_part(s.name, ':', 1) = any(${[...metrics]}::text[])
          and (split_part(s.name, ':', 1) <> 'total' or c.kind = 'dns')
        order by s.id limit ${mostSeries}`.execute(db);
      return rows.map((row) => ({ id: row.id, name: row.name, unit: row.unit, checkId: row.check_id }));
    },
    async recurrent(since: Date, least: number): Promise<RecurrentCause[]> {
      const { rows } = await sql<{
        cause_key: string;
        cause_kind: string | null;
        cause_id: string | null;
        cause_name: string | null;
        count: number;
        seconds: number | null;
        ids: string[];
        numbers: number[];
      }>`
        select cause_key, max(cause_kind) as cause_kind, max(cause_id::text) as cause_id, max(cause_name) as cause_name,
          count(*)::int as count, sum(greatest(outage_seconds, 0)) as seconds,
          (array_agg(id order by opened_at desc))[1:${mostLinked}] as ids, (array_agg(number order by opened_at desc))[1:${mostLinked}] as numbers
        from desk.pub_ticket where opened_at >= ${since} and cause_key is not null
        group by cause_key having count(*) >= ${least} order by count(*) desc limit 200`.execute(db);
      return rows.map((row) => ({
        causeKey: row.cause_key,
        cause:
          row.cause_kind === null || row.cause_id === null
            ? null
            : { kind: thingKind.parse(row.cause_kind), id: row.cause_id, name: row.cause_name ?? '' },
        count: row.count,
        outageSeconds: row.seconds ?? 0,
        incidents: row.ids.map((id, at) => ({ id, number: row.numbers[at] ?? 0 })),
      }));
    },
  };
}
