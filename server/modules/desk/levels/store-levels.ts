import { sql } from 'kysely';
import { z } from 'zod';
import {
  businessCalendar,
  levelPolicy,
  policyTerms,
  type BusinessCalendar,
  type LevelPolicy,
} from '#contract/desk-levels.ts';
import { goal } from '#contract/desk-promise.ts';
import { priority, ticketKind, ticketState } from '#contract/desk.ts';
import { inBoth } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import type { Clock, Past } from './clocks.ts';
import type { MatchedBy } from './policy.ts';

/** A policy with the moment since which it reads as it does. */
export type KeptPolicy = LevelPolicy & { readonly changedAt: Date };

/** So many words and steps of one ticket are looked at. */
const mostWords = 2_000;

const ms = (column: string) => sql.raw(`round(extract(epoch from ${column}) * 1000)::double precision`);

/** What the promises of a ticket hang on. */
export interface TicketFacts extends MatchedBy {
  readonly id: string;
  readonly number: number;
  readonly title: z.infer<typeof inBoth>;
  readonly assigneeId: string | null;
  readonly past: Past;
}

const factRow = z.object({
  id: z.string(),
  number: z.number(),
  title_en: z.string(),
  title_fr: z.string(),
  kind: ticketKind,
  priority,
  assigneeId: z.string().nullable(),
  categoryIds: z.array(z.string()),
  teamId: z.string().nullable(),
  requesterId: z.string().nullable(),
  domain: z.string().nullable(),
  state: ticketState,
  openedMs: z.number(),
  stretches: z.array(z.object({ atMs: z.number(), state: ticketState, waitingFor: z.string().nullable() })),
  words: z.array(z.object({ atMs: z.number(), by: z.enum(['requester', 'operator']) })),
});

function toFacts(raw: unknown): TicketFacts {
  const { title_en, title_fr, openedMs, stretches, words, state, ...rest } = factRow.parse(raw);
  const known = stretches.length > 0 ? stretches : [{ atMs: openedMs, state, waitingFor: null }];
  return {
    ...rest,
    title: { en: title_en, fr: title_fr },
    past: { openedMs, hasRequester: rest.requesterId !== null, stretches: known, words },
  };
}

function calendarStore(db: Database<'desk'>) {
  return {
    async calendars(): Promise<BusinessCalendar[]> {
      const { rows } =
        await sql`select id, json_build_object('en', name_en, 'fr', name_fr) as name, time_zone as "timeZone",
        week, holidays from desk.calendar order by lower(name_en), id limit 200`.execute(db);
      return rows.map((row) => businessCalendar.parse(row));
    },
    async putCalendar({ id, name, timeZone, week, holidays }: BusinessCalendar): Promise<void> {
      const values = {
        name_en: name.en,
        name_fr: name.fr,
        time_zone: timeZone,
        week: JSON.stringify(week),
        holidays: JSON.stringify(holidays),
      };
      await db
        .insertInto('desk.calendar')
        .values({ id, ...values })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
    },
    /** False when there is none. */
    async removeCalendar(id: string): Promise<boolean> {
      const gone = await db.deleteFrom('desk.calendar').where('id', '=', id).returning('id').executeTakeFirst();
      return gone !== undefined;
    },
  };
}

function policyStore(db: Database<'desk'>) {
  return {
    /** In the order in which they are tried. */
    async policies(): Promise<KeptPolicy[]> {
      const { rows } = await sql<{
        terms: unknown;
      }>`select id, json_build_object('en', name_en, 'fr', name_fr) as name, position, active,
        calendar_id as "calendarId", terms, changed_at as "changedAt" from desk.policy order by position, changed_at, id limit 200`.execute(
        db,
      );
      return rows.map(({ terms, ...row }) =>
        levelPolicy.extend({ changedAt: z.date() }).parse({ ...row, ...policyTerms.parse(terms) }),
      );
    },
    async putPolicy({ id, name, position, active, calendarId, ...rest }: LevelPolicy, at: Date): Promise<void> {
      const values = {
        name_en: name.en,
        name_fr: name.fr,
        position,
        active,
        calendar_id: calendarId,
        terms: JSON.stringify(policyTerms.parse(rest)),
        changed_at: at,
      };
      await db
        .insertInto('desk.policy')
        .values({ id, ...values })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
    },
    async removePolicy(id: string): Promise<boolean> {
      const gone = await db.deleteFrom('desk.policy').where('id', '=', id).returning('id').executeTakeFirst();
      return gone !== undefined;
    },
  };
}

function factStore(db: Database<'desk'>) {
  return {
    /** What the promises of tickets hang on; those that are gone are left out. */
    async facts(ids: readonly string[]): Promise<TicketFacts[]> {
      const { rows } = await sql`
        select t.id, t.number, t.title_en, t.title_fr, t.kind, t.priority, t.assignee_id as "assigneeId", t.team_id as "teamId",
          t.requester_id as "requesterId", lower(substring(r.mail from '@(.*)$')) as domain, t.state, ${ms('t.opened_at')} as "openedMs",
          (with recursive above as (select c.id, c.parent_id from desk.category c where c.id = t.category_id
              union select p.id, p.parent_id from desk.category p join above on p.id = above.parent_id)
            select coalesce(json_agg(id), '[]') from above) as "categoryIds",
          (select coalesce(json_agg(json_build_object('atMs', ${ms('s.at')}, 'state', s.state, 'waitingFor', s.waiting_for) order by s.at), '[]')
            from (select * from desk.stretch where ticket_id = t.id order by at desc limit ${mostWords}) s) as stretches,
          (select coalesce(json_agg(json_build_object('atMs', ${ms('m.at')}, 'by',
              case when m.requester_id is null then 'operator' else 'requester' end) order by m.at, m.id), '[]')
            from (select * from desk.message where ticket_id = t.id and visibility = 'public' order by at limit ${mostWords}) m) as words
        from desk.ticket t left join desk.requester r on r.id = t.requester_id where t.id = any(${[...ids]}::uuid[])`.execute(
        db,
      );
      return rows.map(toFacts);
    },
    /** Whether a ticket is to be reckoned again or a step is due. */
    async isAnyDue(now: Date): Promise<boolean> {
      const { rows } = await sql<{ due: boolean }>`select exists (select from desk.promise_stale)
        or exists (select from desk.promise where step_at <= ${now}) as due`.execute(db);
      return rows[0]?.due === true;
    },
    /** Tickets of which something changed. */
    async stale(limit: number): Promise<string[]> {
      const { rows } = await sql<{ id: string }>`select ticket_id as id from desk.promise_stale limit ${limit}`.execute(
        db,
      );
      return rows.map(({ id }) => id);
    },
    /** Holds tickets until the end of the transaction, in the order of their ids. */
    async hold(ids: readonly string[]): Promise<void> {
      await sql`select id from desk.ticket where id = any(${[...ids]}::uuid[]) order by id for no key update`.execute(
        db,
      );
    },
    /** Takes tickets that are held off the list of those. */
    async fresh(ids: readonly string[]): Promise<void> {
      await sql`delete from desk.promise_stale where ticket_id = any(${[...ids]}::uuid[])`.execute(db);
    },
    /** Every ticket that is not over is to be reckoned again. */
    async staleAll(): Promise<void> {
      await sql`insert into desk.promise_stale (ticket_id) select id from desk.ticket where state not in ('resolved', 'cancelled')
        on conflict do nothing`.execute(db);
    },
    async teamMembers(teamId: string): Promise<string[]> {
      const { rows } = await sql<{ id: string }>`select m.person_id as id from people.pub_team_member m
        join people.pub_person p on p.id = m.person_id and p.active where m.team_id = ${teamId} limit 200`.execute(db);
      return rows.map(({ id }) => id);
    },
  };
}

/** What is written of one ticket. */
export interface Reckoned {
  readonly ticketId: string;
  readonly policyId: string | null;
  readonly priority: string;
  readonly clocks: readonly (Clock & { readonly stepAtMs: number | null })[];
  readonly dueMs: number | null;
  readonly warnMs: number | null;
  readonly paused: boolean;
}

const date = (atMs: number | null): Date | null => (atMs === null ? null : new Date(atMs));

function promiseStore(db: Database<'desk'>) {
  return {
    /** Writes what was reckoned of tickets; returns those whose rows look different now. */
    async writeAll(all: readonly Reckoned[]): Promise<string[]> {
      if (all.length === 0) return [];
      const rows = all.flatMap(({ ticketId, policyId, priority: level, clocks }) =>
        clocks.map((clock) => ({
          ticket_id: ticketId,
          policy_id: policyId,
          priority: level,
          goal: clock.goal,
          started_at: date(clock.startedMs),
          target_seconds: clock.targetMs / 1_000,
          state: clock.state,
          due_at: date(clock.dueMs),
          ended_at: date(clock.endedMs),
          step_at: date(clock.stepAtMs),
        })),
      );
      const ids = all.map(({ ticketId }) => ticketId);
      await sql`delete from desk.promise where ticket_id = any(${ids}::uuid[]) and (ticket_id, goal, started_at) not in (
        select ticket_id, goal, started_at
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(ticket_id uuid, goal text, started_at timestamptz))`.execute(
        db,
      );
      if (rows.length > 0)
        await sql`insert into desk.promise (ticket_id, goal, started_at, policy_id, priority, target_seconds, state, due_at, ended_at, step_at)
          select x.ticket_id, x.goal, x.started_at, x.policy_id, x.priority, x.target_seconds, x.state, x.due_at, x.ended_at, x.step_at
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(ticket_id uuid, goal text, started_at timestamptz, policy_id uuid,
            priority text, target_seconds integer, state text, due_at timestamptz, ended_at timestamptz, step_at timestamptz)
          where x.policy_id is not null
          on conflict (ticket_id, goal, started_at) do update set policy_id = excluded.policy_id, priority = excluded.priority,
            target_seconds = excluded.target_seconds, state = excluded.state, due_at = excluded.due_at, ended_at = excluded.ended_at,
            step_at = excluded.step_at`.execute(db);
      const nearest = all.map(({ ticketId, dueMs, warnMs, paused }) => ({
        id: ticketId,
        due_at: date(dueMs),
        warn_at: date(warnMs),
        paused,
      }));
      const { rows: changed } = await sql<{ id: string }>`
        update desk.ticket t set promise_due_at = x.due_at, promise_warn_at = x.warn_at, promise_paused = x.paused
        from jsonb_to_recordset(${JSON.stringify(nearest)}::jsonb) as x(id uuid, due_at timestamptz, warn_at timestamptz, paused boolean)
        where t.id = x.id and (t.promise_due_at, t.promise_warn_at, t.promise_paused) is distinct from (x.due_at, x.warn_at, x.paused)
        returning t.id`.execute(db);
      return changed.map(({ id }) => id);
    },
  };
}

function stepStore(db: Database<'desk'>) {
  return {
    /** Tickets of which a step of an escalation is due. */
    async stepsDue(now: Date, limit: number): Promise<string[]> {
      const { rows } = await sql<{ id: string }>`select distinct ticket_id as id from (
        select ticket_id from desk.promise where step_at <= ${now} order by step_at limit ${limit}) p`.execute(db);
      return rows.map(({ id }) => id);
    },
    async stepsTaken(ticketId: string): Promise<ReadonlyMap<string, Date>> {
      const { rows } = await sql<{
        key: string;
        at: Date;
      }>`select goal || ' ' || ${ms('started_at')} || ' ' || step_id as key, at
        from desk.promise_step where ticket_id = ${ticketId}`.execute(db);
      return new Map(rows.map(({ key, at }) => [key, at]));
    },
    /** The steps that were taken of each of these tickets, as `stepKey` names them. */
    async allStepsTaken(ticketIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
      const taken = new Map<string, Set<string>>();
      if (ticketIds.length === 0) return taken;
      const { rows } = await sql<{ id: string; key: string }>`
        select ticket_id as id, goal || ' ' || ${ms('started_at')} || ' ' || step_id as key
        from desk.promise_step where ticket_id = any(${[...ticketIds]}::uuid[])`.execute(db);
      for (const { id, key } of rows) taken.set(id, (taken.get(id) ?? new Set()).add(key));
      return taken;
    },
    async takeStep(
      ticketId: string,
      clock: Pick<Clock, 'goal' | 'startedMs'>,
      stepId: string,
      at: Date,
    ): Promise<void> {
      await db
        .insertInto('desk.promise_step')
        .values({ ticket_id: ticketId, goal: clock.goal, started_at: new Date(clock.startedMs), step_id: stepId, at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}

function figureStore(db: Database<'desk'>) {
  return {
    async figures(from: Date, until: Date, policyId: string | null) {
      const { rows } = await sql`select goal, priority, count(*) filter (where state = 'met')::integer as met,
          count(*) filter (where state = 'missed')::integer as missed
        from desk.promise where ended_at >= ${from} and ended_at < ${until} and state in ('met', 'missed')
          and (${policyId}::uuid is null or policy_id = ${policyId})
        group by grouping sets ((goal), (goal, priority))`.execute(db);
      return rows.map((row) =>
        z.object({ goal, priority: priority.nullable(), met: z.number(), missed: z.number() }).parse(row),
      );
    },
    async figuresByTeam(from: Date, until: Date, policyId: string | null) {
      const { rows } = await sql`select t.team_id as "teamId", coalesce(g.name, '') as team, p.goal,
          count(*) filter (where p.state = 'met')::integer as met, count(*) filter (where p.state = 'missed')::integer as missed
        from desk.promise p join desk.ticket t on t.id = p.ticket_id left join people.pub_team g on g.id = t.team_id
        where p.ended_at >= ${from} and p.ended_at < ${until} and p.state in ('met', 'missed')
          and (${policyId}::uuid is null or p.policy_id = ${policyId})
        group by 1, 2, 3 order by 2, 3 limit 1000`.execute(db);
      return rows.map((row) =>
        z
          .object({ teamId: z.string().nullable(), team: z.string(), goal, met: z.number(), missed: z.number() })
          .parse(row),
      );
    },
  };
}

/** By what a step that was taken is known. */
export function stepKey(clock: Pick<Clock, 'goal' | 'startedMs'>, stepId: string): string {
  return `${clock.goal} ${clock.startedMs} ${stepId}`;
}

/** All SQL about what is promised. */
export function levelStore(db: Database<'desk'>) {
  return {
    ...calendarStore(db),
    ...policyStore(db),
    ...factStore(db),
    ...promiseStore(db),
    ...stepStore(db),
    ...figureStore(db),
  };
}
