import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';

/** So many documents are looked at to learn how frequent words are: some from everywhere, some of the newest. */
const sampled = 200;
/** A table whose size nobody has counted yet would be sampled whole. */
const mostSampled = 2_000;
/**
 * Words that a greater share of these has are found by going through the newest documents: there are enough among some
 * thousand. Others are found by the index of words, whose hits are then put in order. Left to itself the planner takes rare
 * words for frequent ones and reads all documents.
 */
const frequentShare = 0.08;
/** So many documents are gone through at most. */
const mostGoneThrough = 10_000;

/** All SQL about which tickets have words, whatever else is asked of them. */
export function hitStore(db: Database<'desk'>) {
  async function amongNewest(query: string, most: number): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`select s.ticket_id as id from (
        select ticket_id, doc from desk.search_doc order by number desc limit ${mostGoneThrough}) s
      where s.doc @@ ${query}::tsquery limit ${most}`.execute(db);
    return rows.map(({ id }) => id);
  }
  /**
   * Whether so many tickets have the words that going through the newest finds enough. The same places are looked at each
   * time, so that they are at hand.
   */
  async function isFrequent(query: string): Promise<boolean> {
    const { rows } = await sql<{ everywhere: number; newest: number }>`
      select (select avg((s.doc @@ ${query}::tsquery)::integer)::double precision
          from (select doc from desk.search_doc tablesample system (greatest(0.0001, least(100,
            100.0 * ${sampled} / greatest(1, (select reltuples from pg_class where oid = 'desk.search_doc'::regclass)))))
            repeatable (1) limit ${mostSampled}) s) as everywhere,
        (select avg((s.doc @@ ${query}::tsquery)::integer)::double precision
          from (select doc from desk.search_doc order by number desc limit ${sampled}) s) as newest`.execute(db);
    return Math.max(rows[0]?.everywhere ?? 0, rows[0]?.newest ?? 0) >= frequentShare;
  }
  return {
    isFrequent,
    /** The newest tickets that have the words of a query, newest first. */
    async newest(query: string, most: number): Promise<string[]> {
      if (await isFrequent(query)) {
        const found = await amongNewest(query, most);
        if (found.length === most) return found;
      }
      const { rows } = await sql<{ id: string }>`select s.ticket_id as id from desk.search_doc s
        where s.doc @@ ${query}::tsquery order by (s.number + 0) desc limit ${most}`.execute(db);
      return rows.map(({ id }) => id);
    },
  };
}
