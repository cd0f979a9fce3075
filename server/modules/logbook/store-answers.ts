import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';

/** The text of a solution, as it is looked through. */
export interface AnswerText {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly at: Date;
}

/** More than these are not kept in memory. */
const most = 50_000;

/** All SQL about solutions as texts. */
export function answerStore(db: Database<'logbook'>) {
  return {
    /** Which version of each solution is stored: a row that was changed has another. */
    async versions(): Promise<Map<string, string>> {
      const { rows } = await sql<{ id: string; version: string }>`
        select id, xmin::text as version from logbook.solution where state <> 'withdrawn' order by id limit ${most}`.execute(
        db,
      );
      return new Map(rows.map(({ id, version }) => [id, version]));
    },
    async texts(ids: readonly string[]): Promise<AnswerText[]> {
      const rows = await db
        .selectFrom('logbook.solution')
        .select(['id', 'title', 'symptom', 'cause', 'remedy', 'created_at'])
        .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
        .execute();
      return rows.map(({ id, title, symptom, cause, remedy, created_at: at }) => ({
        id,
        title,
        text: [symptom, cause, remedy].filter((part) => part !== '').join('\n'),
        at,
      }));
    },
  };
}
