import type { Team } from '#contract/on-call.ts';
import type { Database } from '#platform/database.ts';
import { isUniqueViolation } from '#platform/unique-violation.ts';

const nameIndex = 'team_name';

/** All SQL about teams. */
export function teamStore(db: Database<'people'>) {
  return {
    async list(): Promise<Team[]> {
      const teams = await db.selectFrom('people.team').selectAll().orderBy('name').limit(500).execute();
      const members = await db
        .selectFrom('people.team_member as member')
        .innerJoin('people.person as person', 'person.id', 'member.person_id')
        .select(['member.team_id', 'person.id', 'person.name', 'person.active'])
        .orderBy('person.name')
        .execute();
      return teams.map(({ id, name }) => ({
        id,
        name,
        members: members
          .filter((member) => member.team_id === id)
          .map((member) => ({ id: member.id, name: member.name, active: member.active })),
      }));
    },
    /** Adds a team, or gives one another name; false when the name is taken. */
    async put(id: string, name: string): Promise<boolean> {
      try {
        await db
          .insertInto('people.team')
          .values({ id, name })
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ name }))
          .execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error, nameIndex)) return false;
        throw error;
      }
    },
    async setMembers(id: string, personIds: readonly string[]): Promise<void> {
      await db.deleteFrom('people.team_member').where('team_id', '=', id).execute();
      const rows = [...new Set(personIds)].map((personId) => ({ team_id: id, person_id: personId }));
      if (rows.length > 0) await db.insertInto('people.team_member').values(rows).execute();
    },
    /** False when there was none. */
    async remove(id: string): Promise<boolean> {
      const row = await db.deleteFrom('people.team').where('id', '=', id).returning('id').executeTakeFirst();
      return row !== undefined;
    },
  };
}
