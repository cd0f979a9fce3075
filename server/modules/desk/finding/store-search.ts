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

/** Remembers those of these words that were never written before. */
function learning(text: string): RawBuilder<unknown> {
  return sql`insert into desk.word (word) select w from unnest(${vocabularyOf(text)}::text[]) w
    where not exists (select from desk.word k where k.word = w) on conflict do nothing`;
}

function documentStore(db: Database<'desk'>) {
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
      await learning(rows.map(({ words }) => words).join(' ')).execute(db);
    },
    /** Writes the document of a ticket that has just been opened and holds these words. */
    async begin({ id, number }: { readonly id: string; readonly number: number }, text: string): Promise<void> {
      await sql`with learned as (${learning(text)})
        insert into desk.search_doc (ticket_id, number, doc)
        values (${id}, ${number}, desk.doc_of(${text.slice(0, mostLetters)}))`.execute(db);
    },
    /** Adds words to the document of a ticket, in the transaction in which they were written. */
    async append(ticketId: string, text: string): Promise<void> {
      await sql`with learned as (${learning(text)})
        update desk.search_doc set doc = doc || desk.doc_of(${text.slice(0, mostLetters)})
        where ticket_id = ${ticketId} and length(doc) < ${mostLexemes}`.execute(db);
    },
    /**
     * Puts the words of documents that were changed in their places in the indexes. Until then PostgreSQL looks through
     * them one by one, which costs each search the more, the longer nobody does this.
     */
    async settle(): Promise<void> {
      await sql`select gin_clean_pending_list(i.oid) from pg_class i join pg_am m on m.oid = i.relam and m.amname = 'gin'
        where i.relkind = 'i' and i.relnamespace = 'desk'::regnamespace`.execute(db);
    },
  };
}

function wordStore(db: Database<'desk'>) {
  /**
   * Known words that are at least so alike, the most alike first. A high bound lets the index pass over words that share a
   * beginning and no more: a tenth of the time among thousands of these. It holds for this statement only.
   */
  async function alike(word: string, atLeast: number): Promise<string[]> {
    const { rows } = await sql<{ word: string }>`
      select w.word from (select set_config('pg_trgm.similarity_threshold', ${String(atLeast)}, true) as bound offset 0) b
      cross join lateral (select k.word, similarity(k.word, ${word}) as alike from desk.word k
        where k.word % (${word} || left(b.bound, 0)) order by 2 desc, 1 limit 3) w order by w.alike desc, w.word`.execute(
      db,
    );
    return rows.map((row) => row.word);
  }
  return {
    /**
     * For words that stand nowhere: those known that are written nearly alike. Without trigrams nothing is nearly alike.
     */
    async instead(typed: readonly { word: string; begun: boolean }[]): Promise<ReadonlyMap<string, string[]>> {
      const found = new Map<string, string[]>();
      const asked = typed.filter(({ word }) => /^\p{L}{4,30}$/u.test(word));
      if (asked.length === 0) return found;
      const { rows: missing } = await sql<{ word: string; there: boolean }>`
        select w as word, to_regproc('similarity') is not null as there from unnest(${asked.map(({ word }) => word)}::text[], ${asked.map(({ begun }) => begun)}::boolean[]) as q(w, begun)
        where not exists (select from desk.word k where k.word >= w
          and k.word < w || case when begun then chr(1114111) else chr(1) end)`.execute(db);
      if (missing.length === 0) return found;
      for (const { word, there } of missing) {
        if (!there) continue;
        const near = await alike(word, 0.45);
        found.set(word, near.length > 0 ? near : await alike(word, 0.3));
      }
      return found;
    },
    /** The query for words that all have to be there; null when they say nothing. */
    async query(words: readonly SearchWord[]): Promise<string | null> {
      if (words.length === 0) return null;
      const parts = words.map(
        ({ any, begun }) =>
          sql`(${sql.join(
            // What is taken for a word is a whole one: as a beginning it would stand for all that begins so.
            any.map((word, place) => wordQuery(word, begun && place === 0)),
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
