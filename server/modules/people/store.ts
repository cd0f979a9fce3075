import { sql } from 'kysely';
import type { AuditLine, Person } from '#contract/people.ts';
import { role } from '#contract/permission.ts';
import { language } from '#contract/words.ts';
import { likePattern, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';

interface PersonRow {
  id: string;
  name: string;
  mail: string;
  role: string;
  language: string;
  active: boolean;
  created_at: Date;
  last_seen_at: Date | null;
}

const personColumns = ['id', 'name', 'mail', 'role', 'language', 'active', 'created_at', 'last_seen_at'] as const;

function toPerson(row: PersonRow): Person {
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

/** What sessions, tokens and links say about whom they belong to. */
export interface Holder {
  readonly person: Person;
  readonly sessionId: string;
  readonly lastUsedAt: Date | null;
}

/** All SQL about persons. */
export function personStore(db: Database<'people'>) {
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
    async activeAdministrators(): Promise<number> {
      // Locked, so that two administrators cannot retire each other at the same moment.
      const rows = await db
        .selectFrom('people.person')
        .select('id')
        .where('role', '=', 'administrator')
        .where('active', '=', true)
        .forUpdate()
        .execute();
      return rows.length;
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

/** All SQL about sessions, API tokens, one-time links and failed attempts. */
export function sessionStore(db: Database<'people'>) {
  return {
    async add(session: {
      id: string;
      personId: string;
      kind: 'session' | 'token';
      hash: Buffer;
      name: string;
      createdAt: Date;
      expiresAt: Date | null;
    }): Promise<void> {
      await db
        .insertInto('people.session')
        .values({
          id: session.id,
          person_id: session.personId,
          kind: session.kind,
          token_hash: session.hash,
          name: session.name,
          created_at: session.createdAt,
          last_used_at: session.createdAt,
          expires_at: session.expiresAt,
        })
        .execute();
    },
    async holder(hash: Buffer, now: Date): Promise<Holder | null> {
      const row = await db
        .selectFrom('people.session as session')
        .innerJoin('people.person as person', 'person.id', 'session.person_id')
        .select(personColumns.map((column) => `person.${column}` as const))
        .select(['session.id as session_id', 'session.last_used_at'])
        .where('session.token_hash', '=', hash)
        .where('person.active', '=', true)
        .where((where) => where.or([where('session.expires_at', 'is', null), where('session.expires_at', '>', now)]))
        .executeTakeFirst();
      return row === undefined
        ? null
        : { person: toPerson(row), sessionId: row.session_id, lastUsedAt: row.last_used_at };
    },
    async touch(sessionId: string, personId: string, now: Date): Promise<void> {
      await db.updateTable('people.session').set({ last_used_at: now }).where('id', '=', sessionId).execute();
      await db.updateTable('people.person').set({ last_seen_at: now }).where('id', '=', personId).execute();
    },
    async tokens(
      personId: string,
    ): Promise<{ id: string; name: string; createdAt: string; lastUsedAt: string | null }[]> {
      const rows = await db
        .selectFrom('people.session')
        .select(['id', 'name', 'created_at', 'last_used_at'])
        .where('person_id', '=', personId)
        .where('kind', '=', 'token')
        .orderBy('created_at', 'desc')
        .limit(200)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        createdAt: row.created_at.toISOString(),
        lastUsedAt: row.last_used_at?.toISOString() ?? null,
      }));
    },
    /** Ends one session or token of a person; false when there is none. */
    async end(sessionId: string, personId: string): Promise<boolean> {
      const row = await db
        .deleteFrom('people.session')
        .where('id', '=', sessionId)
        .where('person_id', '=', personId)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async endAll(personId: string, except: string | null): Promise<void> {
      let all = db.deleteFrom('people.session').where('person_id', '=', personId);
      if (except !== null) all = all.where('id', '<>', except);
      await all.execute();
    },
    async addLink(link: {
      hash: Buffer;
      purpose: 'welcome' | 'invitation';
      personId: string | null;
      createdAt: Date;
      expiresAt: Date;
    }): Promise<void> {
      await db
        .insertInto('people.one_time_link')
        .values({
          token_hash: link.hash,
          purpose: link.purpose,
          person_id: link.personId,
          created_at: link.createdAt,
          expires_at: link.expiresAt,
        })
        .execute();
    },
    /** Uses a link up; null when it is unknown, used or expired. */
    async useLink(
      hash: Buffer,
      purpose: 'welcome' | 'invitation',
      now: Date,
    ): Promise<{ personId: string | null } | null> {
      const row = await db
        .updateTable('people.one_time_link')
        .set({ used_at: now })
        .where('token_hash', '=', hash)
        .where('purpose', '=', purpose)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .returning('person_id')
        .executeTakeFirst();
      return row === undefined ? null : { personId: row.person_id };
    },
    async dropLinks(purpose: 'welcome' | 'invitation', personId: string | null): Promise<void> {
      await db
        .deleteFrom('people.one_time_link')
        .where('purpose', '=', purpose)
        .where('person_id', personId === null ? 'is' : '=', personId)
        .where('used_at', 'is', null)
        .execute();
    },
    async failures(key: string, since: Date): Promise<number> {
      const row = await db
        .selectFrom('people.failed_attempt')
        .select(sql<number>`count(*)`.as('count'))
        .where('key', '=', key)
        .where('at', '>', since)
        .executeTakeFirstOrThrow();
      return row.count;
    },
    async addFailures(keys: readonly string[], at: Date): Promise<void> {
      await db
        .insertInto('people.failed_attempt')
        .values(keys.map((key) => ({ key, at })))
        .execute();
    },
    async forgetFailures(key: string): Promise<void> {
      await db.deleteFrom('people.failed_attempt').where('key', '=', key).execute();
    },
    async sweep(now: Date, attemptsBefore: Date): Promise<void> {
      await db.deleteFrom('people.failed_attempt').where('at', '<', attemptsBefore).execute();
      await db.deleteFrom('people.session').where('expires_at', '<', now).execute();
      await db.deleteFrom('people.one_time_link').where('expires_at', '<', attemptsBefore).execute();
    },
  };
}

/** Reading the audit trail, which the platform writes. */
export function auditStore(db: Database<'people'>) {
  const columns = [
    'sequence',
    'at',
    'who_kind',
    'who_id',
    'who_name',
    'request',
    'outcome',
    'subject',
    'detail',
    'hash',
  ] as const;
  const toLine = (row: {
    sequence: number;
    at: Date;
    who_kind: string;
    who_id: string | null;
    who_name: string;
    request: string;
    outcome: string;
    subject: string | null;
    detail: unknown;
    hash: string;
  }): AuditLine => ({
    sequence: Number(row.sequence),
    at: row.at.toISOString(),
    who: {
      kind: row.who_kind === 'person' || row.who_kind === 'outside' ? row.who_kind : 'vigie',
      id: row.who_id,
      name: row.who_name,
    },
    request: row.request,
    outcome: row.outcome,
    subject: row.subject,
    detail: row.detail !== null && typeof row.detail === 'object' ? { ...row.detail } : {},
    hash: row.hash,
  });
  return {
    async list(asked: {
      after?: string | undefined;
      limit: number;
      personId?: string | undefined;
      search?: string | undefined;
    }): Promise<{ items: AuditLine[]; total: number }> {
      let all = db.selectFrom('platform.pub_audit');
      if (asked.personId !== undefined) all = all.where('who_id', '=', asked.personId);
      if (asked.search !== undefined && asked.search !== '') {
        const pattern = likePattern(asked.search);
        all = all.where((where) =>
          where.or([
            where('request', 'ilike', pattern),
            where('who_name', 'ilike', pattern),
            where('outcome', 'ilike', pattern),
          ]),
        );
      }
      const counted = await all.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
      let rows = all.select(columns).orderBy('sequence', 'desc').limit(asked.limit);
      const before = numberCursor(asked.after);
      if (before !== null) rows = rows.where('sequence', '<', before);
      return { items: (await rows.execute()).map(toLine), total: counted.count };
    },
    /** The next lines of the chain after a sequence, in order. */
    async chain(after: number, limit: number): Promise<AuditLine[]> {
      const rows = await db
        .selectFrom('platform.pub_audit')
        .select(columns)
        .where('sequence', '>', after)
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return rows.map(toLine);
    },
  };
}
