import { sql, type RawBuilder } from 'kysely';
import type { Database } from '#platform/database.ts';
import { wordsOf } from './fold-text.ts';

/** Text beyond this of one piece is not looked through. */
const mostLetters = 100_000;
/** A ticket with so many different words takes no further ones. */
const mostLexemes = 40_000;
const mostNewWords = 3_000;

/** The words worth remembering against slips: no numbers, no hashes. */
export function vocabularyOf(text: string): string[] {
  const words = wordsOf(text.slice(0, mostLetters)).filter((word) => /^\p{L}{4,30}$/u.test(word));
  // Always in one order, so that two transactions never wait for each other in a circle.
  return [...new Set(words)].toSorted().slice(0, mostNewWords);
}

/** A word of a search: itself, or what is taken for it; the last one may still be typed. */
export interface SearchWord {
  readonly any: readonly string[];
  readonly begun: boolean;
}

function wordQuery(word: string, begun: boolean): RawBuilder<unknown> {
  const typed = begun ? `${word}:*` : word;
  // What either language calls empty talk says nothing about a text in the other.
  return sql`(case when numnode(to_tsquery('pg_catalog.french', ${typed})) = 0
      or numnode(to_tsquery('pg_catalog.english', ${typed})) = 0 then ''::tsquery
    else to_tsquery('pg_catalog.french', ${typed}) || to_tsquery('pg_catalog.english', ${typed}) end)`;
}

function documentStore(db: Database<'desk'>) {
  async function learn(text: string): Promise<void> {
    const words = vocabularyOf(text);
    if (words.length === 0) return;
    await sql`insert into desk.word (word) select w from unnest(${words}::text[]) w
      where not exists (select from desk.word k where k.word = w) on conflict do nothing`.execute(db);
  }
  return {
    /** Writes the document of a ticket anew from all that it holds. */
    async rebuild(ticketIds: readonly string[]): Promise<void> {
      if (ticketIds.length === 0) return;
      const { rows } = await sql<{ words: string }>`
        with text as (
          select t.id, t.number, concat_ws(' ', t.title_en, nullif(t.title_fr, t.title_en), t.cause_name, t.cause_text,
            t.remedy_text, t.workaround, array_to_string(t.tags, ' '), r.name, r.mail,
            (select left(string_agg(left(m.body, ${mostLetters}), ' '), 200000) from desk.message m where m.ticket_id = t.id),
            (select left(string_agg(a.name || ' ' || b.words, ' '), 100000) from desk.attachment a
              join desk.blob b on b.id = a.blob_id join desk.message am on am.id = a.message_id where am.ticket_id = t.id)
          ) as words
          from desk.ticket t left join desk.requester r on r.id = t.requester_id
          where t.id = any(${[...ticketIds]}::uuid[])
        ), kept as (
          insert into desk.search_doc (ticket_id, number, doc)
          select id, number, desk.doc_of(words) from text
          on conflict (ticket_id) do update set doc = excluded.doc
        )
        select left(words, ${mostLetters}) as words from text`.execute(db);
      await learn(rows.map(({ words }) => words).join(' '));
    },
    /** Adds words to the document of a ticket, in the transaction in which they were written. */
    async append(ticketId: string, text: string): Promise<void> {
      await sql`update desk.search_doc set doc = doc || desk.doc_of(${text.slice(0, mostLetters)})
        where ticket_id = ${ticketId} and length(doc) < ${mostLexemes}`.execute(db);
      await learn(text);
    },
  };
}

function wordStore(db: Database<'desk'>) {
  return {
    /**
     * For words that stand nowhere: those known that are written nearly alike. Without trigrams nothing is nearly alike.
     */
    async instead(typed: readonly { word: string; begun: boolean }[]): Promise<ReadonlyMap<string, string[]>> {
      const found = new Map<string, string[]>();
      const asked = typed.filter(({ word }) => /^\p{L}{4,30}$/u.test(word));
      if (asked.length === 0) return found;
      const { rows: missing } = await sql<{ word: string }>`
        select w as word from unnest(${asked.map(({ word }) => word)}::text[], ${asked.map(({ begun }) => begun)}::boolean[]) as q(w, begun)
        where not exists (select from desk.word k where k.word >= w
          and k.word < w || case when begun then chr(1114111) else chr(1) end)`.execute(db);
      if (missing.length === 0) return found;
      const { rows: home } = await sql<{
        there: boolean;
      }>`select to_regproc('similarity') is not null as there`.execute(db);
      if (home[0]?.there !== true) return found;
      for (const { word } of missing) {
        const { rows } = await sql<{ word: string }>`select word from desk.word where word % ${word}
          order by similarity(word, ${word}) desc, word limit 3`.execute(db);
        found.set(
          word,
          rows.map((row) => row.word),
        );
      }
      return found;
    },
    /** The query for words that all have to be there; null when they say nothing. */
    async query(words: readonly SearchWord[]): Promise<string | null> {
      if (words.length === 0) return null;
      const parts = words.map(
        ({ any, begun }) =>
          sql`(${sql.join(
            any.map((word) => wordQuery(word, begun)),
            sql` || `,
          )})`,
      );
      const { rows } = await sql<{ query: string }>`select (${sql.join(parts, sql` && `)})::text as query`.execute(db);
      const query = rows[0]?.query ?? '';
      return query === '' ? null : query;
    },
  };
}

/** All SQL about finding tickets by what is written in them. */
export function searchStore(db: Database<'desk'>) {
  return { ...documentStore(db), ...wordStore(db) };
}
