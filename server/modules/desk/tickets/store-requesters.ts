import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { requester as requesterShape, type Requester } from '#contract/desk-words.ts';
import { language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { likePattern } from '#platform/cursor.ts';
import { isUniqueViolation } from '#platform/unique-violation.ts';
import { foldText, wordsOf } from '../finding/fold-text.ts';

const columns = sql`r.id, r.person_id as "personId", r.name, r.mail, r.phone, r.language, r.note`;
const mailIndex = 'requester_mail';

function reader(db: Database<'desk'>) {
  return {
    async get(id: string): Promise<Requester | null> {
      const { rows } = await sql`select ${columns} from desk.requester r where r.id = ${id}`.execute(db);
      return rows[0] === undefined ? null : requesterShape.parse(rows[0]);
    },
    async some(ids: readonly string[]): Promise<Requester[]> {
      if (ids.length === 0) return [];
      const { rows } =
        await sql`select ${columns} from desk.requester r where r.id = any(${[...ids]}::uuid[]) order by r.name`.execute(
          db,
        );
      return rows.map((row) => requesterShape.parse(row));
    },
    async byMail(mail: string): Promise<Requester | null> {
      const { rows } =
        await sql`select ${columns} from desk.requester r where lower(r.mail) = lower(${mail}) and r.mail is not null`.execute(
          db,
        );
      return rows[0] === undefined ? null : requesterShape.parse(rows[0]);
    },
    async ofPerson(personId: string): Promise<string | null> {
      const row = await db
        .selectFrom('desk.requester')
        .select('id')
        .where('person_id', '=', personId)
        .executeTakeFirst();
      return row?.id ?? null;
    },
    /** People who are helped and people with an account who never were, whose name or address has every word. */
    async search(search: string, limit: number): Promise<(Omit<Requester, 'id'> & { id: string | null })[]> {
      const words = wordsOf(search);
      const fits = (text: ReturnType<typeof sql>) =>
        words.length === 0
          ? sql`true`
          : sql.join(
              words.map((word) => sql`${text} like ${likePattern(word)}`),
              sql` and `,
            );
      const { rows } = await sql`
        (select ${columns} from desk.requester r
          where ${fits(sql`desk.fold(r.name || ' ' || coalesce(r.mail, ''))`)} order by r.name limit ${limit})
        union all
        (select null::uuid as id, p.id as "personId", p.name, p.mail, '' as phone, p.language, '' as note
          from people.pub_person p where p.active and ${fits(sql`desk.fold(p.name || ' ' || p.mail)`)}
            and not exists (select from desk.requester r where r.person_id = p.id) order by p.name limit ${limit})`.execute(
        db,
      );
      const shape = requesterShape.extend({ id: requesterShape.shape.id.nullable() });
      const start = words[0] ?? '';
      // Who is called so comes before who has it somewhere in the address.
      const rank = (name: string): number => (wordsOf(name).some((word) => word.startsWith(start)) ? 0 : 1);
      return rows
        .map((row) => shape.parse(row))
        .toSorted((a, b) => rank(a.name) - rank(b.name) || (foldText(a.name) < foldText(b.name) ? -1 : 1))
        .slice(0, limit);
    },
  };
}

function writer(db: Database<'desk'>) {
  return {
    /** Keeps somebody; false when the address is another's. */
    async put(one: Requester, at: Date): Promise<boolean> {
      const { id, personId, name, mail, phone, note } = one;
      const values = { person_id: personId, name, mail, phone, language: one.language, note };
      try {
        await db
          .insertInto('desk.requester')
          .values({ id, ...values, created_at: at })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error, mailIndex) || isUniqueViolation(error, 'requester_person_id_key')) return false;
        throw error;
      }
    },
    /** The requester that a person with an account is, made when there is none; null when there is no such person. */
    async ensurePerson(personId: string, at: Date): Promise<string | null> {
      const person = await db
        .selectFrom('people.pub_person')
        .select(['id', 'name', 'mail', 'language'])
        .where('id', '=', personId)
        .executeTakeFirst();
      if (person === undefined) return null;
      // Somebody known by the address alone until now is the same person.
      const { rows } = await sql<{ id: string }>`
        update desk.requester set person_id = ${personId}, name = ${person.name}
        where (person_id = ${personId} or (person_id is null and lower(mail) = lower(${person.mail})))
        returning id`.execute(db);
      if (rows[0] !== undefined) return rows[0].id;
      const made = await db
        .insertInto('desk.requester')
        .values({
          id: uuid(),
          person_id: personId,
          name: person.name,
          mail: person.mail,
          language: language.parse(person.language),
          created_at: at,
        })
        .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ name: person.name }))
        .returning('id')
        .executeTakeFirst();
      return made?.id ?? null;
    },
  };
}

/** All SQL about those who are helped. */
export function requesterStore(db: Database<'desk'>) {
  return { ...reader(db), ...writer(db) };
}
