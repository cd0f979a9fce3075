import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { found as foundShape } from '#contract/desk-words.ts';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { loosePattern } from './fold-text.ts';
import { hitStore } from './store-hits.ts';
import { conditionsOf, isWordsOnly, type Asked } from './store-rows.ts';

export type Found = z.infer<typeof foundShape>;

const candidate = foundShape
  .pick({ id: true, number: true, kind: true, title: true, state: true, requester: true })
  .extend({ updatedAt: z.date(), thing: z.string().nullable(), category: z.string().nullable() });
export type Candidate = z.infer<typeof candidate>;

/** So many of the newest hits are weighed against each other. */
const weighed = 200;
/** Among so many of the newest tickets. */
const lookedAtOneByOne = 2_500;

/** All SQL of the search as one types. */
export function findStore(db: Database<'desk'>) {
  async function newest(
    where: RawBuilder<unknown>,
    order: RawBuilder<unknown>,
    language: Language,
  ): Promise<Candidate[]> {
    const title = language === 'fr' ? sql`t.title_fr` : sql`t.title_en`;
    const category = language === 'fr' ? sql`c.name_fr` : sql`c.name_en`;
    const { rows } = await sql`
        with hit as (select t.* from desk.ticket t where ${where} order by ${order} desc limit ${weighed})
        select t.id, t.number, t.kind, ${title} as title, t.state, r.name as requester, t.updated_at as "updatedAt",
          t.cause_name as thing, ${category} as category
        from hit t left join desk.requester r on r.id = t.requester_id left join desk.category c on c.id = t.category_id`.execute(
      db,
    );
    return rows.map((row) => candidate.parse(row));
  }
  return {
    /**
     * The newest tickets that match. Where more than words is asked for, words that many tickets have are found among the
     * newest of these, one by one; where that does not give enough, by the index of words.
     */
    async candidates(asked: Asked, language: Language): Promise<Candidate[]> {
      const { query } = asked;
      const hits = hitStore(db);
      if (query !== null && isWordsOnly(asked)) {
        const ids = await hits.newest(query, weighed);
        return newest(sql`t.id = any(${ids}::uuid[])`, sql`t.number`, language);
      }
      const where = await conditionsOf(db, asked);
      if (query === null || asked.filter.exact.length > 0) return newest(where, sql`t.number`, language);
      if (await hits.isFrequent(query)) {
        const { rows } = await sql<{ number: number | null }>`select max(number) as number from desk.ticket`.execute(
          db,
        );
        const from = (rows[0]?.number ?? 0) - lookedAtOneByOne;
        const frequent = await newest(sql`${where} and t.number > ${from}`, sql`t.number`, language);
        if (frequent.length === weighed || from <= 0) return frequent;
      }
      return newest(where, sql`(t.number + 0)`, language);
    },
    /** For each ticket the newest message that has one of these beginnings of words, around the place where it stands. */
    async snippets(ticketIds: readonly string[], stems: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (ticketIds.length === 0 || stems.length === 0) return new Map();
      const pattern = String.raw`\m(?:${stems.map(loosePattern).join('|')})`;
      const { rows } = await sql<{ id: string; snippet: string }>`
        select i.id, x.snippet from unnest(${[...ticketIds]}::uuid[]) as i(id) cross join lateral (
          select substring(m.body from greatest(1, p.at - 70) for 220) as snippet
          from desk.message m cross join lateral (
            select regexp_instr(left(m.body, 20000), ${pattern}, 1, 1, 0, 'i') as at) p
          where m.ticket_id = i.id and p.at > 0 order by m.at desc, m.id desc limit 1) x`.execute(db);
      return new Map(rows.map((row) => [row.id, row.snippet]));
    },
  };
}
