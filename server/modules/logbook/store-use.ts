import { sql } from 'kysely';
import { foldText } from '#analyse/solutions/fold-text.ts';
import { isFunctionWord } from '#analyse/solutions/function-words.ts';
import type { Solution } from '#contract/logbook.ts';
import type { Database } from '#platform/database.ts';
import type { KnownSolution } from './lesson.ts';
import type { Candidate, Word } from './rank-solutions.ts';
import { toSolution, wholeSolutions } from './store-solution.ts';

const mostCandidates = 50;
const mostWords = 300;

/** All SQL about the uses of solutions, and about which of them may be of use. */
export function useStore(db: Database<'logbook'>) {
  return {
    /** Counts a use in an incident once; of two, the later one holds. */
    async countUse(solutionId: string, use: { ticketId: string; worked: boolean; at: Date }): Promise<void> {
      await db
        .insertInto('logbook.solution_use')
        .values({ solution_id: solutionId, ticket_id: use.ticketId, worked: use.worked, at: use.at })
        .onConflict((conflict) =>
          conflict.columns(['solution_id', 'ticket_id']).doUpdateSet({ worked: use.worked, at: use.at }),
        )
        .execute();
    },
    /** Notes further kinds of check whose failure a solution mended. */
    async addKinds(id: string, kinds: readonly string[]): Promise<void> {
      await db
        .updateTable('logbook.solution')
        .set({
          check_kinds: sql<
            string[]
          >`array(select distinct kind from unnest(check_kinds || ${[...kinds]}::text[]) as kind order by kind)`,
        })
        .where('id', '=', id)
        .execute();
    },
    /** The solutions that a resolution may count: the named one, and those whose runbooks ran. */
    async known(solutionId: string | null, runbookIds: readonly string[]): Promise<KnownSolution[]> {
      const rows = await db
        .selectFrom('logbook.solution')
        .select(['id', 'runbook_id', 'thing_id'])
        .where('state', '<>', 'withdrawn')
        .where(sql<boolean>`(id = ${solutionId}::uuid or runbook_id = any(${[...runbookIds]}::uuid[]))`)
        .orderBy('created_at')
        .limit(500)
        .execute();
      return rows.map((row) => ({ id: row.id, runbookId: row.runbook_id, thingId: row.thing_id }));
    },
    /**
     * Solutions that have anything in common with a ticket: those that the index of known answers found, the newest about
     * the same thing and the newest for the same kinds of check.
     */
    async candidates(picture: {
      readonly causeId: string | null;
      readonly checkKinds: readonly string[];
      readonly alike: readonly string[];
    }): Promise<{ solution: Solution; candidate: Candidate }[]> {
      const rows = await wholeSolutions(db)
        .select(sql<string[]>`tsvector_to_array(solution.search)`.as('stems'))
        .where('solution.state', '<>', 'withdrawn')
        .where(
          sql<boolean>`solution.id in (
            select unnest(${[...picture.alike]}::uuid[])
            union (select id from logbook.solution where thing_id = ${picture.causeId}::uuid
              order by created_at desc limit ${mostCandidates})
            union (select id from logbook.solution where check_kinds && ${[...picture.checkKinds]}::text[]
              order by created_at desc limit ${mostCandidates}))`,
        )
        .execute();
      return rows.map((row) => {
        const solution = toSolution(row);
        const { id, worked, failed, thing } = solution;
        const candidate = { id, worked, failed, thingId: thing?.id ?? null, checkKinds: row.check_kinds };
        return { solution, candidate: { ...candidate, stems: new Set(row.stems) } };
      });
    },
  };
}

/** The different words of a text with their stems in both languages. */
export async function wordsOf(db: Database<'logbook'>, text: string): Promise<Word[]> {
  const found = await sql<Word>`
    select word, tsvector_to_array(logbook.words_of(word)) as stems
    from (
      select distinct lower(word) as word
      from regexp_split_to_table(${text}, '[^[:alnum:]]+') as word
      where length(word) between 2 and 60
      order by 1
      limit ${mostWords}
    ) as words`.execute(db);
  // What only holds others together in one language has a stem in the other.
  return found.rows.filter(({ word }) => !isFunctionWord(foldText(word)));
}
