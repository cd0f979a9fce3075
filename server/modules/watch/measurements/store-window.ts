import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';
import type { Sample } from './pack-samples.ts';

/** A table of results, or of what was made of them, with the time it is for. */
export interface Part {
  readonly parent: string;
  readonly name: string;
  readonly from: Date;
  readonly until: Date;
}

/** Tables whose partitions are made and dropped. */
export type PartParent = 'result' | 'result_closing' | 'chunk' | 'five_minutes' | 'hours' | 'days';

/** A sample with the check that it belongs to. */
export interface CheckSample extends Sample {
  readonly checkNumber: number;
}

/** Results are packed by windows of so many milliseconds, which begin at even hours. */
export const windowMs = 7_200_000;

interface ResultRead {
  check_number: number;
  at_ms: number;
  verdict: number;
  confirming: boolean;
  duration_ms: number;
  values: (number | null)[];
  reason: string;
  output: string | null;
}

// The fields of a result as numbers: the driver would make a Date of every moment.
const fields = sql`check_number, (extract(epoch from at) * 1000)::float8 as at_ms, verdict, confirming, duration_ms, values, reason, output`;

function tellRow(row: ResultRead): CheckSample {
  return {
    checkNumber: row.check_number,
    atMs: Math.round(row.at_ms),
    verdict: row.verdict,
    confirming: row.confirming,
    durationMs: row.duration_ms,
    reason: row.reason,
    output: row.output,
    values: row.values,
  };
}

// Whoever writes results does not wait longer than this for a table to be moved or dropped; it is tried again.
const patience = sql`set local lock_timeout = '500ms'`;

function partSql(db: Database<'watch'>) {
  return {
    async parts(parent: PartParent): Promise<Part[]> {
      const rows = await db
        .selectFrom('watch.part')
        .selectAll()
        .where('parent', '=', parent)
        .orderBy('from_at')
        .execute();
      return rows.flatMap(({ name, from_at: from, until_at: until }) =>
        name === null || from === null || until === null ? [] : [{ parent, name, from, until }],
      );
    },
    /** False when there is one for that time, or when late results of that time wait to be packed. */
    async makePart(parent: PartParent, name: string, from: Date, until: Date): Promise<boolean> {
      const { rows } = await sql<{ made: boolean }>`
        select watch.make_part(${parent}, ${name}, ${from}, ${until}) as made`.execute(db);
      return rows[0]?.made === true;
    },
    /** Within a transaction. Throws when readers hold it for longer than half a second. */
    async dropPart({ name }: Part): Promise<void> {
      await patience.execute(db);
      await sql`drop table ${sql.table(`watch.${name}`)}`.execute(db);
    },
  };
}

function closingSql(db: Database<'watch'>) {
  return {
    /** The proof that lets a table change its parent without being read through; nobody waits for it. */
    async proveSpan({ name, from, until }: Part): Promise<void> {
      const table = sql.table(`watch.${name}`);
      const constraint = sql.ref(`${name}_span`);
      const { rows } = await sql<{ known: boolean }>`
        select exists (select from pg_constraint where conname = ${`${name}_span`}) as known`.execute(db);
      if (rows[0]?.known !== true)
        await sql`alter table ${table} add constraint ${constraint}
          check (at >= ${sql.lit(from.toISOString())} and at < ${sql.lit(until.toISOString())}) not valid`.execute(db);
      await sql`alter table ${table} validate constraint ${constraint}`.execute(db);
    },
    /** Within a transaction: nothing is written to the window any more, and it can still be read. An empty one is gone. */
    async close({ name, from, until }: Part): Promise<void> {
      await patience.execute(db);
      const table = sql.table(`watch.${name}`);
      await sql`alter table watch.result detach partition ${table}`.execute(db);
      const { rows } = await sql<{ empty: boolean }>`
        select not exists (select from ${table}) as empty`.execute(db);
      if (rows[0]?.empty === true) {
        await sql`drop table ${table}`.execute(db);
        return;
      }
      await sql`alter table watch.result_closing attach partition ${table}
        for values from (${sql.lit(from.toISOString())}) to (${sql.lit(until.toISOString())})`.execute(db);
    },
    async closingProgress(name: string): Promise<{ windowFrom: Date; afterCheck: number } | null> {
      const row = await db.selectFrom('watch.closing_progress').selectAll().where('name', '=', name).executeTakeFirst();
      return row === undefined ? null : { windowFrom: row.window_from, afterCheck: row.after_check };
    },
    async setClosingProgress(name: string, windowFrom: Date, afterCheck: number): Promise<void> {
      await db
        .insertInto('watch.closing_progress')
        .values({ name, window_from: windowFrom, after_check: afterCheck })
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet({ window_from: windowFrom, after_check: afterCheck }),
        )
        .execute();
    },
    async forgetClosing(name: string): Promise<void> {
      await db.deleteFrom('watch.closing_progress').where('name', '=', name).execute();
    },
  };
}

function resultSql(db: Database<'watch'>) {
  return {
    /** Results of some checks in a window that is closed, in the order of check and time. */
    async closedResults(checkNumbers: readonly number[], from: Date, until: Date): Promise<CheckSample[]> {
      const { rows } = await sql<ResultRead>`
        select ${fields} from watch.result_closing
        where check_number = any(${[...checkNumbers]}::integer[]) and at >= ${from} and at < ${until}
        order by check_number, at`.execute(db);
      return rows.map(tellRow);
    },
    /** Results that are not packed yet: of the windows that are written to, of those being packed, and late ones. */
    async openResults(checkNumbers: readonly number[], from: Date, until: Date): Promise<CheckSample[]> {
      const some = sql`check_number = any(${[...checkNumbers]}::integer[]) and at >= ${from} and at < ${until}`;
      const { rows } = await sql<ResultRead>`
        select ${fields} from watch.result where ${some}
        union all select ${fields} from watch.result_closing where ${some}
        order by check_number, at_ms`.execute(db);
      return rows.map(tellRow);
    },
    /** The newest results of a check that are not packed yet. */
    async newestOpen(checkNumber: number, before: Date | undefined, most: number): Promise<CheckSample[]> {
      const some =
        before === undefined
          ? sql`check_number = ${checkNumber}`
          : sql`check_number = ${checkNumber} and at < ${before}`;
      const { rows } = await sql<ResultRead>`
        (select ${fields} from watch.result where ${some} order by at desc limit ${most})
        union all (select ${fields} from watch.result_closing where ${some} order by at desc limit ${most})
        order by at_ms desc limit ${most}`.execute(db);
      return rows.map(tellRow);
    },
    /** Results of all checks that are not packed yet, in the order of time; an index of a few pages finds them. */
    async recentResults(from: Date, until: Date, most: number): Promise<CheckSample[]> {
      const { rows } = await sql<ResultRead>`
        select ${fields} from watch.result where at >= ${from} and at < ${until}
        union all select ${fields} from watch.result_closing where at >= ${from} and at < ${until}
        order by at_ms limit ${most}`.execute(db);
      return rows.map(tellRow);
    },
    /** Takes results that came late away to be packed, at most so many. */
    async takeLate(most: number): Promise<CheckSample[]> {
      const { rows } = await sql<ResultRead>`
        with taken as (
          delete from watch.result_late where ctid = any(array(select ctid from watch.result_late limit ${most})) returning *
        )
        select ${fields} from taken order by check_number, at`.execute(db);
      return rows.map(tellRow);
    },
  };
}

/** All SQL about the windows of results: those that are written to, those that are being packed, and what comes late. */
export function windowStore(db: Database<'watch'>) {
  return {
    ...closingSql(db),
    ...resultSql(db),
    ...partSql(db),
    /** The next checks by their numbers; those that were removed have nothing to be packed. */
    async checksAfter(number: number, most: number): Promise<number[]> {
      const rows = await db
        .selectFrom('watch.check')
        .select('number')
        .where('number', '>', number)
        .orderBy('number')
        .limit(most)
        .execute();
      return rows.map((row) => row.number);
    },
    /** Works while no other server process does the same; returns without it otherwise. */
    whileAlone(what: string, work: () => Promise<void>): Promise<void> {
      return db.connection().execute(async (line) => {
        const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(hashtext(${what})) as got`.execute(
          line,
        );
        if (rows[0]?.got !== true) return;
        try {
          await work();
        } finally {
          await sql`select pg_advisory_unlock(hashtext(${what}))`.execute(line).catch(() => undefined);
        }
      });
    },
    /** Within a transaction: true when no other server process does this work now. */
    async alone(): Promise<boolean> {
      const { rows } = await sql<{ got: boolean }>`
        select pg_try_advisory_xact_lock(hashtext('vigie watch measurements')) as got`.execute(db);
      return rows[0]?.got === true;
    },
  };
}
