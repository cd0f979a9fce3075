import { sql } from 'kysely';
import { importance, type Impact, type Service } from '#contract/estate.ts';
import { likePattern, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { isUniqueViolation } from '#platform/unique-violation.ts';
import { carries, tagsOf } from './store-tags.ts';

/** What people say about a service. */
export interface ServiceFields {
  readonly name: string;
  readonly summary: string;
  readonly importance: Service['importance'];
  readonly ownerId: string | null;
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly mail: string;
}

const serviceName = 'service_name';

interface ServiceRow {
  id: string;
  tags: string[];
  name: string;
  summary: string;
  importance: string;
  owner_id: string | null;
  owner_name: string | null;
  user_count: number;
  created_at: Date;
}

function toService(row: ServiceRow): Service {
  return {
    id: row.id,
    name: row.name,
    tags: row.tags,
    summary: row.summary,
    importance: importance.parse(row.importance),
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? '' },
    userCount: row.user_count,
    createdAt: row.created_at.toISOString(),
  };
}

function serviceReader(db: Database<'estate'>) {
  const whole = db
    .selectFrom('estate.service as service')
    .leftJoin('people.pub_person as owner', 'owner.id', 'service.owner_id')
    .select(['service.id', 'service.name', 'service.summary', 'service.importance', 'service.owner_id'])
    .select(['owner.name as owner_name', 'service.created_at'])
    .select(sql<number>`(select count(*) from estate.service_user u where u.service_id = service.id)`.as('user_count'))
    .select(tagsOf('service').as('tags'));
  return {
    async get(id: string): Promise<Service | null> {
      const row = await whole.where('service.id', '=', id).executeTakeFirst();
      return row === undefined ? null : toService(row);
    },
    async importanceOf(ids: readonly string[]): Promise<ReadonlyMap<string, Service['importance']>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('estate.service')
        .select(['id', 'importance'])
        .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
        .execute();
      return new Map(rows.map((row) => [row.id, importance.parse(row.importance)]));
    },
    async list(asked: {
      search?: string | undefined;
      tag?: string | undefined;
      after?: string | undefined;
      limit: number;
    }): Promise<{ items: Service[]; total: number }> {
      let all = whole;
      if (asked.search !== undefined && asked.search !== '') {
        const pattern = likePattern(asked.search);
        all = all.where((where) =>
          where.or([where('service.name', 'ilike', pattern), where('service.summary', 'ilike', pattern)]),
        );
      }
      if (asked.tag !== undefined) all = all.where(carries('service', asked.tag));
      const counted = await all
        .clearSelect()
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirstOrThrow();
      const rows = await all
        .orderBy('service.name')
        .orderBy('service.id')
        .limit(asked.limit)
        .offset(numberCursor(asked.after) ?? 0)
        .execute();
      return { items: rows.map(toService), total: counted.count };
    },
  };
}

function serviceWriter(db: Database<'estate'>) {
  return {
    /** Returns false when the name is taken. */
    async add(id: string, fields: ServiceFields, createdAt: Date): Promise<boolean> {
      const { ownerId, ...rest } = fields;
      const row = await db
        .insertInto('estate.service')
        .values({ id, ...rest, owner_id: ownerId, created_at: createdAt })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Returns false when the name is taken. */
    async change(id: string, set: Partial<ServiceFields>): Promise<boolean> {
      const { ownerId, ...rest } = set;
      try {
        await db
          .updateTable('estate.service')
          .set({ ...rest, ...(ownerId === undefined ? {} : { owner_id: ownerId }) })
          .where('id', '=', id)
          .execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error, serviceName)) return false;
        throw error;
      }
    },
    async remove(id: string): Promise<void> {
      await db.deleteFrom('estate.service').where('id', '=', id).execute();
    },
  };
}

function serviceUserStore(db: Database<'estate'>) {
  const usersOf = (id: string) =>
    db
      .selectFrom('estate.service_user as used')
      .innerJoin('people.pub_person as person', 'person.id', 'used.person_id')
      .where('used.service_id', '=', id);
  return {
    /** How many of these are persons that Vigie knows. */
    async countPersons(ids: readonly string[]): Promise<number> {
      const row = await db
        .selectFrom('people.pub_person')
        .select(sql<number>`count(*)`.as('count'))
        .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
        .executeTakeFirstOrThrow();
      return row.count;
    },
    async users(
      id: string,
      asked: { after?: string | undefined; limit: number },
    ): Promise<{ items: Named[]; total: number }> {
      const counted = await usersOf(id)
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirstOrThrow();
      const items = await usersOf(id)
        .select(['person.id', 'person.name', 'person.mail'])
        .orderBy('person.name')
        .orderBy('person.id')
        .limit(asked.limit)
        .offset(numberCursor(asked.after) ?? 0)
        .execute();
      return { items, total: counted.count };
    },
    async setUsers(id: string, personIds: readonly string[]): Promise<void> {
      await db.deleteFrom('estate.service_user').where('service_id', '=', id).execute();
      await sql`insert into estate.service_user (service_id, person_id)
        select ${id}::uuid, person from unnest(${[...personIds]}::uuid[]) as person on conflict do nothing`.execute(db);
    },
    /** Who uses any of these services, each once, through the first of them in the order given; at most `limit` are named. */
    async usersOfAll(
      serviceIds: readonly string[],
      limit: number,
    ): Promise<{ people: Impact['people']; peopleCount: number }> {
      const { rows } = await sql<Impact['people'][number] & { count: number }>`
        select id, name, mail, through, count(*) over () as count
        from (
          select distinct on (person.id) person.id, person.name, person.mail, service.name as through
          from unnest(${[...serviceIds]}::uuid[]) with ordinality as asked (id, place)
          join estate.service on service.id = asked.id
          join estate.service_user used on used.service_id = service.id
          join people.pub_person person on person.id = used.person_id
          order by person.id, asked.place
        ) everybody
        order by name, id
        limit ${limit}`.execute(db);
      return {
        people: rows.map(({ id, name, mail, through }) => ({ id, name, mail, through })),
        peopleCount: rows[0]?.count ?? 0,
      };
    },
  };
}

/** All SQL about services and who uses them. */
export function serviceStore(db: Database<'estate'>) {
  return { ...serviceReader(db), ...serviceWriter(db), ...serviceUserStore(db) };
}
