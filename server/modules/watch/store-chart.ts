import { sql, type RawBuilder } from 'kysely';
import type { Database } from '#platform/database.ts';

/** One step of a chart: means and maxima in the order of the positions asked for; null where nothing was measured. */
export interface ChartStep {
  /** Start of the step in epoch seconds. */
  readonly time: number;
  readonly mean: readonly (number | null)[];
  readonly max: readonly (number | null)[];
}

export interface ChartQuery {
  readonly checkNumber: number;
  readonly positions: readonly number[];
  readonly from: Date;
  readonly until: Date;
  readonly stepSeconds: number;
}

interface StepRow {
  time: number;
  mean: (number | null)[];
  max: (number | null)[];
}

/** All SQL about measurements over time. Downsampling happens in the database: a chart never carries more than its points. */
export function chartStore(db: Database<'watch'>) {
  return {
    async fromResults({ checkNumber, positions, from, until, stepSeconds }: ChartQuery): Promise<ChartStep[]> {
      if (positions.length === 0) return [];
      const each = (fold: 'avg' | 'max'): RawBuilder<unknown> =>
        sql.join(positions.map((position) => sql`${sql.raw(fold)}(values[${sql.lit(position)}])::float8`));
      const { rows } = await sql<StepRow>`
        select (floor(extract(epoch from at) / ${stepSeconds}) * ${stepSeconds})::float8 as time,
          array[${each('avg')}] as mean, array[${each('max')}] as max
        from watch.result
        where check_number = ${checkNumber} and at >= ${from} and at < ${until}
        group by 1 order by 1`.execute(db);
      return rows;
    },
    async fromHours({ checkNumber, positions, from, until, stepSeconds }: ChartQuery): Promise<ChartStep[]> {
      if (positions.length === 0) return [];
      const each = (fold: 'mean' | 'max'): RawBuilder<unknown> =>
        sql.join(
          positions.map((position) =>
            fold === 'mean'
              ? sql`sum(mean::float8 * count) filter (where position = ${sql.lit(position)}) / nullif(sum(count) filter (where position = ${sql.lit(position)}), 0)`
              : sql`max(max) filter (where position = ${sql.lit(position)})::float8`,
          ),
        );
      const { rows } = await sql<StepRow>`
        select (floor(extract(epoch from hour) / ${stepSeconds}) * ${stepSeconds})::float8 as time,
          array[${each('mean')}] as mean, array[${each('max')}] as max
        from watch.rollup_hour
        where check_number = ${checkNumber} and hour >= ${from} and hour < ${until}
        group by 1 order by 1`.execute(db);
      return rows;
    },
    /**
     * Rolls up whole hours that have ended, at most `mostHours` at once; returns until when it is done. Run again after a
     * crash it finds the same place.
     */
    async rollUp(now: Date, mostHours: number): Promise<Date> {
      const row = await db.selectFrom('watch.rollup_progress').select('until').executeTakeFirst();
      const hourMs = 3_600_000;
      // Results are written within a second; a minute is plenty for the last of an hour to arrive.
      const end = Math.floor((now.getTime() - 60_000) / hourMs) * hourMs;
      const begin = row?.until.getTime() ?? (await this.firstHour(end));
      const until = new Date(Math.min(end, begin + mostHours * hourMs));
      if (until.getTime() <= begin) return until;
      await sql`
        insert into watch.rollup_hour (check_number, position, hour, count, min, max, mean)
        select r.check_number, v.position, date_trunc('hour', r.at, 'UTC'), count(v.value), min(v.value), max(v.value), avg(v.value)
        from watch.result r
        join watch.check on "check".number = r.check_number
        cross join unnest(r.values) with ordinality as v (value, position)
        where r.at >= ${new Date(begin)} and r.at < ${until} and v.value is not null
        group by 1, 2, 3
        on conflict do nothing`.execute(db);
      await sql`
        insert into watch.rollup_progress (until) values (${until})
        on conflict (only_row) do update set until = excluded.until`.execute(db);
      return until;
    },
    async firstHour(fallbackMs: number): Promise<number> {
      const { rows } = await sql<{ first: Date | null }>`
        select date_trunc('hour', min(at), 'UTC') as first from watch.result`.execute(db);
      return rows[0]?.first?.getTime() ?? fallbackMs;
    },
  };
}
