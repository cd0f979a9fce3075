import { sql } from 'kysely';
import type { State } from '#contract/alert.ts';
import type { ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

/** One turn of a maintenance window, as watch follows it. */
export interface Turn {
  readonly windowId: string;
  readonly name: string;
  readonly from: Date;
  readonly until: Date;
  readonly checkNumbers: readonly number[];
  readonly wellNumbers: readonly number[];
  readonly endedAt: Date | null;
}

function turnWriter(db: Database<'watch'>) {
  return {
    /** False when it was begun already. */
    async begin(turn: Omit<Turn, 'endedAt'>): Promise<boolean> {
      const row = await db
        .insertInto('watch.window_turn')
        .values({
          window_id: turn.windowId,
          name: turn.name,
          from_at: turn.from,
          until_at: turn.until,
          check_numbers: [...turn.checkNumbers],
          well_numbers: [...turn.wellNumbers],
        })
        .onConflict((on) => on.doNothing())
        .returning('window_id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async end(windowId: string, from: Date, at: Date): Promise<void> {
      await db
        .updateTable('watch.window_turn')
        .set({ ended_at: at })
        .where('window_id', '=', windowId)
        .where('from_at', '=', from)
        .where('ended_at', 'is', null)
        .execute();
    },
    async extend(windowId: string, from: Date, until: Date): Promise<void> {
      await db
        .updateTable('watch.window_turn')
        .set({ until_at: until })
        .where('window_id', '=', windowId)
        .where('from_at', '=', from)
        .execute();
    },
    async verify(
      windowId: string,
      from: Date,
      found: { readonly at: Date; readonly worse: readonly number[] },
    ): Promise<void> {
      await db
        .updateTable('watch.window_turn')
        .set({ verified_at: found.at, worse_numbers: [...found.worse] })
        .where('window_id', '=', windowId)
        .where('from_at', '=', from)
        .execute();
    },
  };
}

/** All SQL about turns of maintenance windows. */
export function turnStore(db: Database<'watch'>) {
  return {
    ...turnWriter(db),
    /** Turns that are not verified yet. */
    async open(): Promise<Turn[]> {
      const rows = await db.selectFrom('watch.window_turn').selectAll().where('verified_at', 'is', null).execute();
      return rows.map((row) => ({
        windowId: row.window_id,
        name: row.name,
        from: row.from_at,
        until: row.until_at,
        checkNumbers: row.check_numbers,
        wellNumbers: row.well_numbers,
        endedAt: row.ended_at,
      }));
    },
    /** By the id of each check on which work goes on: the window. */
    async coveredBy(now: Date): Promise<Map<string, string>> {
      const rows = await db
        .selectFrom('watch.window_turn as turn')
        .innerJoin('watch.check as check', (join) => join.on(sql<boolean>`"check".number = any(turn.check_numbers)`))
        .select(['check.id', 'turn.window_id'])
        .where('turn.ended_at', 'is', null)
        .where('turn.from_at', '<=', now)
        .where('turn.until_at', '>', now)
        .execute();
      return new Map(rows.map((row) => [row.id, row.window_id]));
    },
    /** Checks on things and on all that depends on them. */
    async checksBelow(targets: readonly ThingRef[]): Promise<{ id: string; number: number; state: State }[]> {
      const { rows } = await sql<{ id: string; number: number; state: State }>`
        with recursive below (kind, id) as (
          select * from unnest(${targets.map(({ kind }) => kind)}::text[], ${targets.map(({ id }) => id)}::uuid[])
          union
          select d.dependent_kind, d.dependent_id
          from below b join estate.pub_dependency d on d.on_kind = b.kind and d.on_id = b.id
        )
        select c.id, c.number, c.state from watch.check c join below b on b.kind = c.target_kind and b.id = c.target_id
        where not c.paused`.execute(db);
      return rows;
    },
    async statesOf(numbers: readonly number[]): Promise<{ id: string; number: number; state: State }[]> {
      if (numbers.length === 0) return [];
      const { rows } = await sql<{ id: string; number: number; state: State }>`
        select id, number, state from watch.check where number = any(${[...numbers]}::integer[]) and not paused`.execute(
        db,
      );
      return rows;
    },
    /** What came of the turns of windows, newest first. */
    async past(windowIds: readonly string[], limit: number) {
      if (windowIds.length === 0) return [];
      return db
        .selectFrom('watch.window_turn')
        .select(['window_id', 'from_at', 'until_at', 'ended_at', 'verified_at', 'check_numbers', 'worse_numbers'])
        .where('window_id', '=', sql<string>`any(${[...windowIds]}::uuid[])`)
        .orderBy('from_at', 'desc')
        .limit(limit)
        .execute();
    },
  };
}
