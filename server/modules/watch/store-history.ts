import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';

/** One hour of one measurement. */
export interface HourRow {
  readonly checkNumber: number;
  readonly position: number;
  readonly at: Date;
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

// Numbers joined to an array's text: the driver's own way quotes each, which takes longer than storing it.
function list(numbers: readonly number[]): string {
  return `{${numbers.join(',')}}`;
}

/** All SQL about hours that were brought along. */
export function historyStore(db: Database<'watch'>) {
  return {
    async addHours(rows: readonly HourRow[]): Promise<void> {
      if (rows.length === 0) return;
      await sql`
        insert into watch.rollup_hour (check_number, position, hour, count, min, max, mean)
        select check_number, position, to_timestamp(hour), count, min, max, mean
        from unnest(
          ${list(rows.map((row) => row.checkNumber))}::integer[], ${list(rows.map((row) => row.position))}::smallint[],
          ${list(rows.map((row) => row.at.getTime() / 1_000))}::float8[], ${list(rows.map((row) => row.count))}::integer[],
          ${list(rows.map((row) => row.min))}::real[], ${list(rows.map((row) => row.max))}::real[],
          ${list(rows.map((row) => row.mean))}::real[]
        ) as n (check_number, position, hour, count, min, max, mean)
        on conflict do nothing`.execute(db);
    },
    /** Hours before this are not made from results any more. */
    async setProgress(until: Date): Promise<void> {
      await sql`
        insert into watch.rollup_progress (until) values (${until})
        on conflict (only_row) do update set until = excluded.until`.execute(db);
    },
  };
}
