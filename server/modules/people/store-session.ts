import { sql } from 'kysely';
import type { Person } from '#contract/people.ts';
import { role } from '#contract/permission.ts';
import type { Database } from '#platform/database.ts';
import { personColumns, toPerson } from './store-person.ts';

/** What sessions, tokens and links say about whom they belong to. */
export interface Holder {
  readonly person: Person;
  readonly sessionId: string;
  readonly lastUsedAt: Date | null;
}

/** Sessions and API tokens. */
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
    /** The role of a session's person; null when it has ended. */
    async roleOf(sessionId: string, now: Date): Promise<Person['role'] | null> {
      const row = await db
        .selectFrom('people.session as session')
        .innerJoin('people.person as person', 'person.id', 'session.person_id')
        .select('person.role')
        .where('session.id', '=', sessionId)
        .where('person.active', '=', true)
        .where((where) => where.or([where('session.expires_at', 'is', null), where('session.expires_at', '>', now)]))
        .executeTakeFirst();
      return row === undefined ? null : role.parse(row.role);
    },
    async touch(sessionId: string, personId: string, now: Date): Promise<void> {
      await db.updateTable('people.session').set({ last_used_at: now }).where('id', '=', sessionId).execute();
      await db.updateTable('people.person').set({ last_seen_at: now }).where('id', '=', personId).execute();
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
  };
}

/** API tokens as their owner sees them. */
export function tokenReader(db: Database<'people'>) {
  return {
    async list(
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
  };
}

type LinkPurpose = 'welcome' | 'invitation' | 'sign_in';

/** One-time links. */
export function linkStore(db: Database<'people'>) {
  return {
    async addLink(link: {
      hash: Buffer;
      purpose: LinkPurpose;
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
    /** Whether a link could be used now. */
    async isOpen(hash: Buffer, purpose: LinkPurpose, now: Date): Promise<boolean> {
      const row = await db
        .selectFrom('people.one_time_link')
        .select('token_hash')
        .where('token_hash', '=', hash)
        .where('purpose', '=', purpose)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Uses a link up; null when it is unknown, used or expired. */
    async useLink(hash: Buffer, purpose: LinkPurpose, now: Date): Promise<{ personId: string | null } | null> {
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
    async dropLinks(purpose: LinkPurpose, personId: string | null): Promise<void> {
      await db
        .deleteFrom('people.one_time_link')
        .where('purpose', '=', purpose)
        .where('person_id', personId === null ? 'is' : '=', personId)
        .where('used_at', 'is', null)
        .execute();
    },
  };
}

/** Wrong passwords, remembered for a while. */
export function attemptStore(db: Database<'people'>) {
  return {
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
    /** Takes one attempt back; others of the same moment stay. */
    async forgetOne(key: string, at: Date): Promise<void> {
      await sql`delete from people.failed_attempt where ctid = (
        select ctid from people.failed_attempt where key = ${key} and at = ${at} limit 1 for update skip locked)`.execute(
        db,
      );
    },
  };
}

/** Forgets what has ended: old attempts, sessions and links. */
export async function sweepSessions(db: Database<'people'>, now: Date, attemptsBefore: Date): Promise<void> {
  await db.deleteFrom('people.failed_attempt').where('at', '<', attemptsBefore).execute();
  await db.deleteFrom('people.session').where('expires_at', '<', now).execute();
  await db.deleteFrom('people.one_time_link').where('expires_at', '<', attemptsBefore).execute();
}
