import { sql } from 'kysely';
import type { Person } from '#contract/people.ts';
import { role } from '#contract/permission.ts';
import { language } from '#contract/words.ts';
import { likePattern, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';

export interface PersonRow {
  id: string;
  name: string;
  mail: string;
  role: string;
  language: string;
  active: boolean;
  created_at: Date;
  last_seen_at: Date | null;
}

export const personColumns = [
  'id',
  'name',
  'mail',
  'role',
  'language',
  'active',
  'created_at',
  'last_seen_at',
] as const;

/** A row as the contract tells it. */
export function toPerson(row: PersonRow): Person {
  return {
    id: row.id,
    name: row.name,
    mail: row.mail,
    role: role.parse(row.role),
    language: language.parse(row.language),
    active: row.active,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  };
}

export interface NewPerson {
  readonly id: string;
  readonly name: string;
  readonly mail: string;
  readonly role: Person['role'];
  readonly language: Person['language'];
  readonly passwordHash: string | null;
  readonly createdAt: Date;
}

/** Reading persons. */
export function personReader(db: Database<'people'>) {
  return {
    async count(): Promise<number> {
      const row = await db
        .selectFrom('people.person')
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirstOrThrow();
      return row.count;
    },
    async get(id: string): Promise<Person | null> {
      const row = await db.selectFrom('people.person').select(personColumns).where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toPerson(row);
    },
    async byMail(mail: string): Promise<{ person: Person; passwordHash: string | null } | null> {
      const row = await db
        .selectFrom('people.person')
        .select([...personColumns, 'password_hash'])
        .where(sql`lower(mail)`, '=', mail.toLowerCase())
        .executeTakeFirst();
      return row === undefined ? null : { person: toPerson(row), passwordHash: row.password_hash };
    },
    async passwordHash(id: string): Promise<string | null> {
      const row = await db.selectFrom('people.person').select('password_hash').where('id', '=', id).executeTakeFirst();
      return row?.password_hash ?? null;
    },
    async list(asked: {
      search?: string | undefined;
      after?: string | undefined;
      limit: number;
    }): Promise<{ items: Person[]; total: number }> {
      let all = db.selectFrom('people.person');
      if (asked.search !== undefined && asked.search !== '') {
        const pattern = likePattern(asked.search);
        all = all.where((where) => where.or([where('name', 'ilike', pattern), where('mail', 'ilike', pattern)]));
      }
      const counted = await all.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
      let rows = all.select(personColumns).orderBy('name').orderBy('id').limit(asked.limit);
      const from = numberCursor(asked.after);
      if (from !== null) rows = rows.offset(from);
      return { items: (await rows.execute()).map(toPerson), total: counted.count };
    },
  };
}

/** Changing persons, inside a transaction. */
export function personWriter(db: Database<'people'>) {
  return {
    /** Whether somebody else administers and can sign in: who was only invited yet may never come. */
    async otherAdministrators(id: string): Promise<boolean> {
      // Locked, so that two administrators cannot retire each other at the same moment.
      const rows = await db
        .selectFrom('people.person')
        .select(['id', 'password_hash'])
        .where('role', '=', 'administrator')
        .where('active', '=', true)
        .orderBy('id')
        .forUpdate()
        .execute();
      return rows.some((row) => row.id !== id && row.password_hash !== null);
    },
    /** Returns false when the mail address is taken. */
    async add(person: NewPerson): Promise<boolean> {
      const row = await db
        .insertInto('people.person')
        .values({
          id: person.id,
          name: person.name,
          mail: person.mail,
          role: person.role,
          language: person.language,
          password_hash: person.passwordHash,
          created_at: person.createdAt,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async change(
      id: string,
      change: {
        name?: string | undefined;
        mail?: string | undefined;
        role?: string | undefined;
        language?: string | undefined;
        active?: boolean | undefined;
      },
    ): Promise<void> {
      const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      if (Object.keys(set).length > 0) await db.updateTable('people.person').set(set).where('id', '=', id).execute();
    },
    async setPassword(id: string, passwordHash: string): Promise<void> {
      await db.updateTable('people.person').set({ password_hash: passwordHash }).where('id', '=', id).execute();
    },
  };
}
