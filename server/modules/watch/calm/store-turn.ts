import { sql } from 'kysely';
import { state, type State } from '#contract/alert.ts';
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
  /** Those that were degraded when it began. */
  readonly degradedNumbers: readonly number[];
  readonly endedAt: Date | null;
}

/** A check that does not stand as it stood before the turn. */
export interface Worse {
  readonly number: number;
  readonly before: State;
  readonly after: State;
}

/** What came of a turn. */
export interface PastTurn extends Turn {
  readonly verifiedAt: Date | null;
  readonly worse: readonly Worse[];
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
          degraded_numbers: [...turn.degradedNumbers],
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
    /** What was agreed on changed while it goes on: its end, its name, or what it covers. */
    async follow(turn: Omit<Turn, 'endedAt'>): Promise<void> {
      await db
        .updateTable('watch.window_turn')
        .set({
          until_at: turn.until,
          name: turn.name,
          check_numbers: [...turn.checkNumbers],
          well_numbers: [...turn.wellNumbers],
          degraded_numbers: [...turn.degradedNumbers],
        })
        .where('window_id', '=', turn.windowId)
        .where('from_at', '=', turn.from)
        .execute();
    },
    async verify(
      windowId: string,
      from: Date,
      found: { readonly at: Date; readonly worse: readonly Worse[] },
    ): Promise<void> {
      await db
        .updateTable('watch.window_turn')
        .set({
          verified_at: found.at,
          worse_numbers: found.worse.map(({ number }) => number),
          worse_before: found.worse.map(({ before }) => before),
          worse_after: found.worse.map(({ after }) => after),
        })
        .where('window_id', '=', windowId)
        .where('from_at', '=', from)
        .execute();
    },
  };
}

function turnRows(db: Database<'watch'>) {
  return db.selectFrom('watch.window_turn').selectAll();
}

function toTurn(row: Awaited<ReturnType<ReturnType<typeof turnRows>['executeTakeFirstOrThrow']>>): PastTurn {
  return {
    windowId: row.window_id,
    name: row.name,
    from: row.from_at,
    until: row.until_at,
    checkNumbers: row.check_numbers,
    wellNumbers: row.well_numbers,
    degradedNumbers: row.degraded_numbers,
    endedAt: row.ended_at,
    verifiedAt: row.verified_at,
    worse: row.worse_numbers.map((number, place) => ({
      number,
      // Turns of an earlier version kept their numbers only: those were well, and are told as not known.
      before: state.parse(row.worse_before[place] ?? 'up'),
      after: state.parse(row.worse_after[place] ?? 'unknown'),
    })),
  };
}

/** All SQL about turns of maintenance windows. */
export function turnStore(db: Database<'watch'>) {
  return {
    ...turnWriter(db),
    /** Turns that are not verified yet. */
    async open(): Promise<Turn[]> {
      return (await turnRows(db).where('verified_at', 'is', null).execute()).map(toTurn);
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
    /** The turns of a window that have begun, newest first. */
    async past(windowId: string, limit: number): Promise<PastTurn[]> {
      const rows = await turnRows(db)
        .where('window_id', '=', windowId)
        .orderBy('from_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toTurn);
    },
    /** Checks by their numbers, with the names of what they look at. */
    async named(numbers: readonly number[]): Promise<{ id: string; number: number; name: string; target: string }[]> {
      if (numbers.length === 0) return [];
      const { rows } = await sql<{ id: string; number: number; name: string; target: string }>`
        select c.id, c.number, c.name, coalesce(t.name, '') as target
        from watch.check c left join estate.pub_thing t on t.kind = c.target_kind and t.id = c.target_id
        where c.number = any(${[...numbers]}::integer[]) order by t.name, c.name`.execute(db);
      return rows;
    },
  };
}
