import { sql } from 'kysely';
import { z } from 'zod';
import { policyStep, quietHours, target, type QuietHours } from '#contract/notify-routes.ts';
import { priority } from '#contract/desk.ts';
import { role as roleWords, type Role } from '#contract/permission.ts';
import { thingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { isUniqueViolation } from '#platform/unique-violation.ts';
import type { PolicyRecord, RouteRecord } from './audience.ts';

const most = 500;
const steps = z.array(policyStep);
const things = z.array(thingRef);
const targets = z.array(target);
const days = quietHours.shape.days;

/** False when a name is taken. */
async function unlessTaken(index: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isUniqueViolation(error, index)) return false;
    throw error;
  }
}

/** All SQL about escalation policies. */
export function policyStore(db: Database<'notify'>) {
  return {
    async list(): Promise<PolicyRecord[]> {
      const rows = await db.selectFrom('notify.policy').selectAll().orderBy('name').limit(most).execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        steps: steps.parse(row.steps),
        repeats: row.repeats,
        repeatMinutes: row.repeat_minutes,
      }));
    },
    /** Adds a policy or puts it in place of the one with its id; false when the name is taken. */
    put(policy: PolicyRecord): Promise<boolean> {
      const values = {
        name: policy.name,
        steps: JSON.stringify(policy.steps),
        repeats: policy.repeats,
        repeat_minutes: policy.repeatMinutes,
      };
      return unlessTaken('policy_name', () =>
        db
          .insertInto('notify.policy')
          .values({ id: policy.id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute(),
      );
    },
    async remove(id: string): Promise<void> {
      await db.deleteFrom('notify.policy').where('id', '=', id).execute();
    },
  };
}

/** All SQL about routes. */
export function routeStore(db: Database<'notify'>) {
  return {
    /** In their order. */
    async list(): Promise<(RouteRecord & { position: number })[]> {
      const rows = await db
        .selectFrom('notify.route')
        .selectAll()
        .orderBy('position')
        .orderBy('id')
        .limit(most)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        position: row.position,
        active: row.active,
        from: priority.parse(row.least_priority),
        things: things.parse(row.things),
        tags: row.tags,
        targets: targets.parse(row.targets),
        goesOn: row.goes_on,
      }));
    },
    /** Adds a route at the end, or puts it in place of the one with its id; false when the name is taken. */
    put(route: RouteRecord): Promise<boolean> {
      const values = {
        name: route.name,
        active: route.active,
        least_priority: route.from,
        things: JSON.stringify(route.things),
        tags: [...new Set(route.tags)],
        targets: JSON.stringify(route.targets),
        goes_on: route.goesOn,
      };
      return unlessTaken('route_name', () =>
        db
          .insertInto('notify.route')
          .values({
            id: route.id,
            position: sql<number>`(select coalesce(max(position), 0) + 1 from notify.route)`,
            ...values,
          })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute(),
      );
    },
    async place(id: string, position: number): Promise<void> {
      await db.updateTable('notify.route').set({ position }).where('id', '=', id).execute();
    },
    /** False when there was none. */
    async remove(id: string): Promise<boolean> {
      const row = await db.deleteFrom('notify.route').where('id', '=', id).returning('id').executeTakeFirst();
      return row !== undefined;
    },
  };
}

/** All SQL about quiet hours. */
export function quietHoursStore(db: Database<'notify'>) {
  return {
    async all(): Promise<ReadonlyMap<string, QuietHours>> {
      const rows = await db.selectFrom('notify.quiet_hours').selectAll().execute();
      return new Map(
        rows.map((row) => [
          row.person_id,
          {
            active: row.active,
            timeZone: row.time_zone,
            from: row.starts,
            until: row.ends,
            days: days.parse(row.days),
            through: row.through_priority === null ? null : priority.parse(row.through_priority),
            onCallThrough: row.on_call_through,
          },
        ]),
      );
    },
    async set(personId: string, hours: QuietHours): Promise<void> {
      const values = {
        active: hours.active,
        time_zone: hours.timeZone,
        starts: hours.from,
        ends: hours.until,
        days: JSON.stringify(hours.days),
        through_priority: hours.through,
        on_call_through: hours.onCallThrough,
      };
      await db
        .insertInto('notify.quiet_hours')
        .values({ person_id: personId, ...values })
        .onConflict((conflict) => conflict.column('person_id').doUpdateSet(values))
        .execute();
    },
  };
}

/** What other modules show of people, teams and rotas. */
export function peopleReader(db: Database<'notify'>) {
  return {
    async persons(): Promise<ReadonlyMap<string, { name: string; active: boolean; role: Role | null }>> {
      const rows = await db.selectFrom('people.pub_person').select(['id', 'name', 'active', 'role']).execute();
      return new Map(
        rows.flatMap(({ id, name, active, role }) =>
          id === null
            ? []
            : [[id, { name: name ?? '', active: active ?? false, role: roleWords.safeParse(role).data ?? null }]],
        ),
      );
    },
    async teams(): Promise<ReadonlyMap<string, { name: string; personIds: string[] }>> {
      const rows = await db.selectFrom('people.pub_team').selectAll().execute();
      const members = await db.selectFrom('people.pub_team_member').selectAll().execute();
      return new Map(
        rows.map(({ id, name }) => [
          id,
          { name, personIds: members.filter(({ team_id }) => team_id === id).map(({ person_id }) => person_id) },
        ]),
      );
    },
  };
}
