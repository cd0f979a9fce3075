import { sql } from 'kysely';
import type { Language } from '#contract/words.ts';
import { likePattern } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { wordsOf } from './fold-text.ts';
import type { QuickName } from './quick-entry.ts';

const most = 200;

/** Patterns that a name fits in spite of a slip: its first letters, or its last ones. */
function patternsOf(words: readonly string[]): string[] {
  const parts = words.flatMap((word) => (word.length <= 3 ? [word] : [word.slice(0, 3), word.slice(-3)]));
  return [...new Set(parts)].map((part) => likePattern(part));
}

/** The words that stand behind one of these signs. */
function wordsBehind(line: string, sign: RegExp): string[] {
  return wordsOf((line.match(/\S{1,100}/gu) ?? []).filter((typed) => sign.test(typed)).join(' ')).slice(0, 40);
}

/** All SQL about what the words of a quick entry may name. */
export function catalogStore(db: Database<'desk'>) {
  return {
    /** Everything that any word of a line might mean, roughly; what fits is decided afterwards. */
    async names(line: string, language: Language): Promise<QuickName[]> {
      // Nothing is looked for that its sign does not stand before: most lines name nobody, and then nobody is read.
      const requesters = patternsOf(wordsBehind(line, /^@/u));
      const assignees = patternsOf(wordsBehind(line, /^>/u));
      const things = patternsOf(wordsBehind(line, /^[^@>!/]/u));
      const category = language === 'fr' ? sql`name_fr` : sql`name_en`;
      const { rows } = await sql<QuickName>`
        (select 'requester' as field, r.id::text as value, r.name as label, coalesce(r.mail, r.phone) as detail,
            coalesce(r.mail, '') as words
          from desk.requester r where desk.fold(r.name || ' ' || coalesce(r.mail, '')) like any(${requesters}) limit ${most})
        union all
        (select 'requester', 'person:' || p.id, p.name, p.mail, p.mail from people.pub_person p
          where p.active and desk.fold(p.name || ' ' || p.mail) like any(${requesters})
            and not exists (select from desk.requester r where r.person_id = p.id) limit ${most})
        union all
        (select 'assignee', p.id::text, p.name, p.mail, p.mail from people.pub_person p
          where p.active and p.role in ('administrator', 'operator') and desk.fold(p.name || ' ' || p.mail) like any(${assignees})
          limit ${most})
        union all
        (select 'thing', t.kind || ':' || t.id, t.name, t.kind, '' from estate.pub_thing t
          where desk.fold(t.name) like any(${things}) limit ${most})
        union all
        (select 'category', c.id::text, ${category}, '', c.name_en || ' ' || c.name_fr || ' ' || c.words from desk.category c
          where c.active limit 1000)
        union all
        (select 'team', g.id::text, g.name, '', '' from people.pub_team g limit 500)`.execute(db);
      return rows;
    },
  };
}
