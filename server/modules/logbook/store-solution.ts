import { sql } from 'kysely';
import type { Solution } from '#contract/logbook.ts';
import { language, type NamedThing } from '#contract/words.ts';
import { numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { doerOf, thingOf } from './store-entry.ts';

/** A solution that is not stored yet. */
export interface NewSolution extends Omit<
  Solution,
  'worked' | 'failed' | 'lastWorkedAt' | 'createdAt' | 'thing' | 'state'
> {
  readonly thing: NamedThing | null;
  readonly state: Solution['state'];
  readonly createdAt: Date;
  readonly checkKinds: readonly string[];
}

type Change = {
  readonly [Field in 'title' | 'symptom' | 'cause' | 'remedy' | 'runbookId' | 'state']?: Solution[Field] | undefined;
};

/** Solutions with how often each worked and failed. */
export function wholeSolutions(db: Database<'logbook'>) {
  return db
    .selectFrom('logbook.solution as solution')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('logbook.solution_use as use')
          .select([
            sql<number>`count(*) filter (where use.worked)`.as('worked'),
            sql<number>`count(*) filter (where not use.worked)`.as('failed'),
            sql<Date | null>`max(use.at) filter (where use.worked)`.as('last_worked_at'),
          ])
          .whereRef('use.solution_id', '=', 'solution.id')
          .as('uses'),
      (join) => join.onTrue(),
    )
    .select([
      'solution.id',
      'solution.title',
      'solution.symptom',
      'solution.cause',
      'solution.remedy',
      'solution.language',
      'solution.runbook_id',
      'solution.thing_kind',
      'solution.thing_id',
      'solution.thing_name',
      'solution.state',
      'solution.created_at',
      'solution.created_by_kind',
      'solution.created_by_id',
      'solution.created_by_name',
      'solution.from_ticket_id',
      'solution.check_kinds',
      'uses.worked',
      'uses.failed',
      'uses.last_worked_at',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof wholeSolutions>['executeTakeFirstOrThrow']>>;

/** A solution from its row. */
export function toSolution(row: Row): Solution {
  return {
    id: row.id,
    title: row.title,
    symptom: row.symptom,
    cause: row.cause,
    remedy: row.remedy,
    language: language.parse(row.language),
    runbookId: row.runbook_id,
    thing: thingOf(row),
    state: row.state === 'kept' || row.state === 'withdrawn' ? row.state : 'draft',
    worked: row.worked ?? 0,
    failed: row.failed ?? 0,
    lastWorkedAt: row.last_worked_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    createdBy: doerOf(row.created_by_kind, row.created_by_id, row.created_by_name),
    fromTicketId: row.from_ticket_id,
  };
}

/** All SQL about solutions by themselves; their uses are in store-use.ts. */
export function solutionStore(db: Database<'logbook'>) {
  return {
    async get(id: string): Promise<Solution | null> {
      const row = await wholeSolutions(db).where('solution.id', '=', id).executeTakeFirst();
      return row === undefined ? null : toSolution(row);
    },
    /** With a search, whatever shares a word with it, best first; else the newest first. */
    async list(asked: {
      readonly search?: string | undefined;
      readonly state?: Solution['state'] | undefined;
      readonly after?: string | undefined;
      readonly limit: number;
    }): Promise<{ items: Solution[]; total: number }> {
      const search = asked.search?.trim() ?? '';
      const alike = sql`logbook.alike(${search})`;
      let count = db.selectFrom('logbook.solution as solution');
      let rows = wholeSolutions(db);
      if (asked.state !== undefined) {
        count = count.where('solution.state', '=', asked.state);
        rows = rows.where('solution.state', '=', asked.state);
      }
      if (search !== '') {
        count = count.where(sql<boolean>`solution.search @@ ${alike}`);
        rows = rows.where(sql<boolean>`solution.search @@ ${alike}`);
        // Divided by the logarithm of the length, so that long texts do not win by length alone.
        rows = rows.orderBy(sql`ts_rank(solution.search, ${alike}, 1)`, 'desc');
      }
      const counted = await count.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
      const found = await rows
        .orderBy('solution.created_at', 'desc')
        .orderBy('solution.id', 'desc')
        .limit(asked.limit)
        .offset(numberCursor(asked.after) ?? 0)
        .execute();
      return { items: found.map(toSolution), total: counted.count };
    },
    /** False when a solution was drafted from that ticket before. */
    async add(solution: NewSolution): Promise<boolean> {
      const row = await db
        .insertInto('logbook.solution')
        .values({
          id: solution.id,
          title: solution.title,
          symptom: solution.symptom,
          cause: solution.cause,
          remedy: solution.remedy,
          language: solution.language,
          runbook_id: solution.runbookId,
          thing_kind: solution.thing?.kind ?? null,
          thing_id: solution.thing?.id ?? null,
          thing_name: solution.thing?.name ?? null,
          check_kinds: [...solution.checkKinds],
          state: solution.state,
          created_at: solution.createdAt,
          created_by_kind: solution.createdBy.kind,
          created_by_id: solution.createdBy.id,
          created_by_name: solution.createdBy.name,
          from_ticket_id: solution.fromTicketId,
        })
        .onConflict((conflict) => conflict.column('from_ticket_id').doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async change(id: string, { runbookId, ...texts }: Change): Promise<void> {
      const set = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined));
      const all = runbookId === undefined ? set : { ...set, runbook_id: runbookId };
      if (Object.keys(all).length > 0) await db.updateTable('logbook.solution').set(all).where('id', '=', id).execute();
    },
  };
}
