import { z } from 'zod';
import {
  cover as coverWords,
  holidays as holidaysWords,
  layer,
  type Cover,
  type Holidays,
  type Layer,
} from '#contract/on-call.ts';
import type { Database } from '#platform/database.ts';
import { isUniqueViolation } from '#platform/unique-violation.ts';
import { language } from '#contract/words.ts';
import type { Person } from '#contract/people.ts';

const nameIndex = 'rota_name';
const mostRotas = 200;
const mostCovers = 1_000;

export interface RotaRecord {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly layers: readonly Layer[];
  readonly holidays: Holidays;
}

export interface CoverRecord {
  readonly id: string;
  readonly rotaId: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly from: Date;
  readonly until: Date;
  readonly state: Cover['state'];
  readonly note: string;
  readonly askedBy: { readonly id: string | null; readonly name: string };
  readonly askedAt: Date;
}

const layers = z.array(layer);

function toRota(row: { id: string; name: string; time_zone: string; layers: unknown; holidays: unknown }): RotaRecord {
  return {
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    layers: layers.parse(row.layers),
    holidays: holidaysWords.parse(row.holidays),
  };
}

/** All SQL about rotas. */
export function rotaStore(db: Database<'people'>) {
  return {
    async list(): Promise<RotaRecord[]> {
      return (await db.selectFrom('people.rota').selectAll().orderBy('name').limit(mostRotas).execute()).map(toRota);
    },
    async get(id: string): Promise<RotaRecord | null> {
      const row = await db.selectFrom('people.rota').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toRota(row);
    },
    /** Adds a rota or puts it in place of the one with its id; false when the name is taken. */
    async put({ id, name, timeZone, ...rest }: RotaRecord): Promise<boolean> {
      const values = {
        name,
        time_zone: timeZone,
        layers: JSON.stringify(rest.layers),
        holidays: JSON.stringify(rest.holidays),
      };
      try {
        await db
          .insertInto('people.rota')
          .values({ id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error, nameIndex)) return false;
        throw error;
      }
    },
    /** False when there was none. */
    async remove(id: string): Promise<boolean> {
      const row = await db.deleteFrom('people.rota').where('id', '=', id).returning('id').executeTakeFirst();
      return row !== undefined;
    },
    /** Name, language and whether they may sign in, of these people; who is not there is left out. */
    async people(
      ids: readonly string[],
    ): Promise<ReadonlyMap<string, { id: string; name: string; active: boolean; language: Person['language'] }>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('people.person')
        .select(['id', 'name', 'active', 'language'])
        .where('id', 'in', [...new Set(ids)])
        .execute();
      return new Map(rows.map((row) => [row.id, { ...row, language: language.parse(row.language) }]));
    },
  };
}

/** All SQL about covers. */
export function coverStore(db: Database<'people'>) {
  const whole = db
    .selectFrom('people.rota_cover as cover')
    .innerJoin('people.person as person', 'person.id', 'cover.person_id')
    .selectAll('cover')
    .select('person.name as person_name');
  const toCover = (row: Awaited<ReturnType<typeof whole.executeTakeFirstOrThrow>>): CoverRecord => ({
    id: row.id,
    rotaId: row.rota_id,
    person: { id: row.person_id, name: row.person_name },
    from: row.starts_at,
    until: row.ends_at,
    state: coverWords.shape.state.parse(row.state),
    note: row.note,
    askedBy: { id: row.asked_by, name: row.asked_by_name },
    askedAt: row.asked_at,
  });
  return {
    /** Those that are not over at a moment, of one rota or of all, as they were asked. */
    async since(at: Date, rotaId: string | null = null): Promise<CoverRecord[]> {
      let rows = whole.where('cover.ends_at', '>', at).orderBy('cover.asked_at').orderBy('cover.id').limit(mostCovers);
      if (rotaId !== null) rows = rows.where('cover.rota_id', '=', rotaId);
      return (await rows.execute()).map(toCover);
    },
    async get(id: string): Promise<CoverRecord | null> {
      const row = await whole.where('cover.id', '=', id).executeTakeFirst();
      return row === undefined ? null : toCover(row);
    },
    async add(cover: CoverRecord): Promise<void> {
      await db
        .insertInto('people.rota_cover')
        .values({
          id: cover.id,
          rota_id: cover.rotaId,
          person_id: cover.person.id,
          starts_at: cover.from,
          ends_at: cover.until,
          state: cover.state,
          note: cover.note,
          asked_by: cover.askedBy.id,
          asked_by_name: cover.askedBy.name,
          asked_at: cover.askedAt,
        })
        .execute();
    },
    async answer(id: string, state: Cover['state']): Promise<void> {
      await db.updateTable('people.rota_cover').set({ state }).where('id', '=', id).execute();
    },
    async remove(id: string): Promise<void> {
      await db.deleteFrom('people.rota_cover').where('id', '=', id).execute();
    },
  };
}

/** All SQL about the secret links of calendars. */
export function calendarLinkStore(db: Database<'people'>) {
  return {
    /** The link of a person to a rota, or to their own shifts; an earlier one ends. */
    async put(link: { hash: Buffer; rotaId: string | null; personId: string; at: Date }): Promise<void> {
      let earlier = db.deleteFrom('people.calendar_link').where('person_id', '=', link.personId);
      earlier =
        link.rotaId === null ? earlier.where('rota_id', 'is', null) : earlier.where('rota_id', '=', link.rotaId);
      await earlier.execute();
      await db
        .insertInto('people.calendar_link')
        .values({ token_hash: link.hash, rota_id: link.rotaId, person_id: link.personId, created_at: link.at })
        .execute();
    },
    /** Whose link it is, while they may sign in. */
    async holder(hash: Buffer): Promise<{ rotaId: string | null; personId: string } | null> {
      const row = await db
        .selectFrom('people.calendar_link as link')
        .innerJoin('people.person as person', 'person.id', 'link.person_id')
        .select(['link.rota_id', 'link.person_id'])
        .where('link.token_hash', '=', hash)
        .where('person.active', '=', true)
        .executeTakeFirst();
      return row === undefined ? null : { rotaId: row.rota_id, personId: row.person_id };
    },
  };
}
