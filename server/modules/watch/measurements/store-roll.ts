import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';
import type { Point } from './step-fold.ts';

/** How far days are rolled up. */
export interface Rolled {
  /** Days before this are rolled up. */
  readonly until: Date;
  /** Of the day that begins there, the checks up to this number. */
  readonly afterCheck: number;
}

/** A day of a check that is to be rolled up again. */
export interface DayAgain {
  readonly checkNumber: number;
  readonly day: Date;
}

/** Days for which measurements are kept, by their grain. */
export interface Retention {
  readonly rawDays: number;
  readonly fiveMinuteDays: number;
  readonly hourDays: number;
  readonly dayDays: number;
}

function rolledSql(db: Database<'watch'>) {
  return {
    async rolled(): Promise<Rolled | null> {
      const row = await db.selectFrom('watch.rolled').selectAll().executeTakeFirst();
      return row === undefined ? null : { until: row.until, afterCheck: row.after_check };
    },
    async setRolled({ until, afterCheck }: Rolled): Promise<void> {
      await db
        .insertInto('watch.rolled')
        .values({ until, after_check: afterCheck })
        .onConflict((conflict) => conflict.column('only_row').doUpdateSet({ until, after_check: afterCheck }))
        .execute();
    },
    async again(days: readonly DayAgain[]): Promise<void> {
      await sql`
        insert into watch.roll_again (check_number, day)
        select * from unnest(
          ${days.map(({ checkNumber }) => checkNumber)}::integer[], ${days.map(({ day }) => day)}::timestamptz[]
        )
        on conflict do nothing`.execute(db);
    },
    /** Takes days that are over and were rolled up before; the others come with their day. */
    async takeAgain(before: Date, most: number): Promise<DayAgain[]> {
      const { rows } = await sql<{ check_number: number; day: Date }>`
        delete from watch.roll_again
        where (check_number, day) in (select check_number, day from watch.roll_again where day < ${before} limit ${most})
        returning check_number, day`.execute(db);
      return rows.map((row) => ({ checkNumber: row.check_number, day: row.day }));
    },
  };
}

function carrySql(db: Database<'watch'>) {
  return {
    /** The check up to which hours of before are carried over; null when all are. */
    async carriedOver(): Promise<number | null> {
      const row = await db.selectFrom('watch.carry_over').select('after_check').executeTakeFirst();
      return row?.after_check ?? null;
    },
    async setCarriedOver(afterCheck: number): Promise<void> {
      await db.updateTable('watch.carry_over').set({ after_check: afterCheck }).execute();
    },
    async nextToCarry(after: number): Promise<number | null> {
      const { rows } = await sql<{ number: number | null }>`
        select min(check_number) as number from watch.rollup_hour where check_number > ${after}`.execute(db);
      return rows[0]?.number ?? null;
    },
    /** The hours of one check as they were kept before. */
    async hoursOfBefore(checkNumber: number): Promise<Map<number, Point[]>> {
      const { rows } = await sql<{
        position: number;
        time: number;
        count: number;
        min: number;
        max: number;
        mean: number;
      }>`
        select position, extract(epoch from hour)::float8 as time, count, min, max, mean
        from watch.rollup_hour where check_number = ${checkNumber} order by position, hour`.execute(db);
      const all = new Map<number, Point[]>();
      for (const { position, ...point } of rows) {
        const known = all.get(position) ?? [];
        all.set(position, known);
        known.push({ ...point, p95: Number.NaN });
      }
      return all;
    },
    /** Ends the carrying over: the table of before is emptied at once. */
    async endCarryOver(): Promise<void> {
      await sql`set local lock_timeout = '500ms'`.execute(db);
      await sql`truncate watch.rollup_hour`.execute(db);
      await db.deleteFrom('watch.carry_over').execute();
    },
  };
}

/** All SQL about how far rolling up is, and for how long measurements are kept. */
export function rollStore(db: Database<'watch'>) {
  return {
    ...rolledSql(db),
    ...carrySql(db),
    async retention(): Promise<Retention> {
      const row = await db.selectFrom('watch.retention').selectAll().executeTakeFirstOrThrow();
      return {
        rawDays: row.raw_days,
        fiveMinuteDays: row.five_minute_days,
        hourDays: row.hour_days,
        dayDays: row.day_days,
      };
    },
    async setRetention(retention: Retention): Promise<void> {
      await db
        .updateTable('watch.retention')
        .set({
          raw_days: retention.rawDays,
          five_minute_days: retention.fiveMinuteDays,
          hour_days: retention.hourDays,
          day_days: retention.dayDays,
        })
        .execute();
    },
    /** Before this nothing is kept at all. */
    async firstKept(): Promise<Date | null> {
      const { rows } = await sql<{ first: Date | null }>`select min(from_at) as first from watch.part`.execute(db);
      return rows[0]?.first ?? null;
    },
    /** The bytes of each grain with its indexes, what is not packed yet apart. */
    async sizes(): Promise<{ parent: string; bytes: number; parts: number; first: Date | null }[]> {
      const { rows } = await sql<{ parent: string; bytes: number; parts: number; first: Date | null }>`
        select parent, sum(pg_total_relation_size(('watch.' || quote_ident(name))::regclass))::float8 as bytes,
          count(*)::int as parts, min(from_at) as first
        from watch.part group by parent`.execute(db);
      return rows;
    },
  };
}
