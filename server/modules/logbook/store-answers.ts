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
     * How far the database is: `snapshot` stays the same only while nothing was written at all, and what the transaction
     * `horizon` or a later one writes has to be read again, for it may still be at work.
     */
    async horizon(): Promise<{ readonly horizon: string; readonly snapshot: string }> {
      const { rows } = await sql<{ horizon: string; snapshot: string }>`
        select pg_snapshot_xmin(now)::text as horizon, now::text as snapshot from pg_current_snapshot() now`.execute(
        db,
      );
      return rows[0] ?? { horizon: '0', snapshot: '' };
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
