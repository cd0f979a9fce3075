import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';

/** The text of a solution, as it is looked through. */
export interface AnswerText {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly at: Date;
}

/** A solution that was written since; null in place of its text: it is suggested no more. */
export interface WrittenAnswer {
  readonly id: string;
  /** The transaction that wrote it; empty: nobody knows any more. */
  readonly by: string;
  readonly answer: AnswerText | null;
}

/** How many are read at once, in their order. */
const readAtOnce = 200;

/** All SQL about solutions as texts. */
export function answerStore(db: Database<'logbook'>) {
  return {
    /**
     * The oldest transaction that may still write now, as the database counts them: what is written by it or by a later
     * one has to be read again.
     */
    async horizon(): Promise<string> {
      const { rows } = await sql<{ horizon: string }>`
        select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`.execute(db);
      return rows[0]?.horizon ?? '0';
    },
    /** Solutions written by that transaction or later, some after `after`; all of them without one. */
    async written(since: string | null, after: string | null): Promise<WrittenAnswer[]> {
      let rows = db
        .selectFrom('logbook.solution')
        .select(['id', 'title', 'symptom', 'cause', 'remedy', 'created_at', 'state', 'written_in'])
        .orderBy('id')
        .limit(readAtOnce);
      if (since !== null) rows = rows.where('written_in', '>=', sql<string>`${since}::xid8`);
      if (after !== null) rows = rows.where('id', '>', after);
      return (await rows.execute()).map(({ id, title, symptom, cause, remedy, created_at: at, state, ...row }) => ({
        id,
        by: row.written_in ?? '',
        answer:
          state === 'withdrawn'
            ? null
            : { id, title, text: [symptom, cause, remedy].filter((part) => part !== '').join('\n'), at },
      }));
    },
  };
}
