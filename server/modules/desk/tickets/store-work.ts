import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { changePlan, linkKind, named, ticketLink, timeSpent, type TicketLink } from '#contract/desk-words.ts';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

export type Plan = z.infer<typeof changePlan>;
export type TimeSpent = z.infer<typeof timeSpent>;
export interface ChecklistItem {
  readonly id: string;
  readonly text: string;
  readonly doneAt: string | null;
  readonly doneBy: string | null;
}

const planRow = changePlan
  .omit({ startsAt: true, endsAt: true, approvedAt: true })
  .extend({ startsAt: z.date().nullable(), endsAt: z.date().nullable(), approvedAt: z.date().nullable() });
const timeRow = timeSpent.omit({ at: true }).extend({ at: z.date() });

/** So many links and times come with a ticket, and how many there are. */
const mostShown = 500;
const counted = z.object({ count: z.number() });
const countOf = (row: unknown): number => counted.safeParse(row).data?.count ?? 0;

function planStore(db: Database<'desk'>) {
  return {
    async plan(ticketId: string): Promise<Plan | null> {
      const { rows } =
        await sql`select emergency, risk, plan, way_back as "wayBack", starts_at as "startsAt", ends_at as "endsAt",
          approved_at as "approvedAt", approved_by_name as "approvedBy", reviewed_by_name as "reviewedBy", review
        from desk.change_plan where ticket_id = ${ticketId}`.execute(db);
      if (rows[0] === undefined) return null;
      const row = planRow.parse(rows[0]);
      return {
        ...row,
        startsAt: row.startsAt?.toISOString() ?? null,
        endsAt: row.endsAt?.toISOString() ?? null,
        approvedAt: row.approvedAt?.toISOString() ?? null,
      };
    },
    async putPlan(
      ticketId: string,
      plan: {
        emergency: boolean;
        risk: 'low' | 'normal' | 'high';
        plan: string;
        wayBack: string;
        startsAt: Date | null;
        endsAt: Date | null;
      },
    ): Promise<void> {
      const words = {
        emergency: plan.emergency,
        risk: plan.risk,
        plan: plan.plan,
        way_back: plan.wayBack,
        starts_at: plan.startsAt,
        ends_at: plan.endsAt,
      };
      await db
        .insertInto('desk.change_plan')
        .values({ ticket_id: ticketId, ...words })
        .onConflict((conflict) => conflict.column('ticket_id').doUpdateSet(words))
        .execute();
    },
    async approvePlan(ticketId: string, by: { id: string; name: string } | null, at: Date): Promise<void> {
      const words = {
        approved_at: by === null ? null : at,
        approved_by_id: by?.id ?? null,
        approved_by_name: by?.name ?? null,
      };
      await db
        .insertInto('desk.change_plan')
        .values({ ticket_id: ticketId, ...words })
        .onConflict((conflict) => conflict.column('ticket_id').doUpdateSet(words))
        .execute();
    },
    async reviewPlan(ticketId: string, by: string, review: string, at: Date): Promise<void> {
      await db
        .updateTable('desk.change_plan')
        .set({ reviewed_at: at, reviewed_by_name: by, review })
        .where('ticket_id', '=', ticketId)
        .execute();
    },
    /** Who asked for approval last. */
    async askedApproval(ticketId: string): Promise<string | null> {
      const { rows } = await sql<{
        who: string | null;
      }>`select who_id as who from desk.event where ticket_id = ${ticketId}
        and code = 'moved' and data ->> 'to' = 'approval' order by at desc, id desc limit 1`.execute(db);
      return rows[0]?.who ?? null;
    },
  };
}

function linkStore(db: Database<'desk'>) {
  return {
    async links(ticketId: string, language: Language): Promise<{ links: TicketLink[]; linkCount: number }> {
      const title = language === 'fr' ? sql`o.title_fr` : sql`o.title_en`;
      const { rows } = await sql`
        with linked as (
          select kind, other_id as id from desk.link where one_id = ${ticketId}
          union all
          select case kind when 'blocks' then 'blocked_by' when 'duplicates' then 'duplicated_by'
            when 'caused_by' then 'causes' else kind end, one_id from desk.link where other_id = ${ticketId}
          union all
          select 'child', id from desk.ticket where parent_id = ${ticketId}
          union all
          select 'parent', parent_id from desk.ticket where id = ${ticketId} and parent_id is not null
        )
        select l.kind, json_build_object('id', o.id, 'number', o.number, 'title', ${title}, 'state', o.state, 'kind', o.kind) as ticket, count(*) over ()::integer as count
        from linked l join desk.ticket o on o.id = l.id order by o.number limit ${mostShown}`.execute(db);
      return { links: rows.map((row) => ticketLink.parse(row)), linkCount: countOf(rows[0]) };
    },
    /** True when that changed anything. */
    async link(oneId: string, kind: z.infer<typeof linkKind>, otherId: string, on: boolean): Promise<boolean> {
      if (!on) {
        const both = kind === 'related' ? sql`or (one_id = ${otherId} and other_id = ${oneId})` : sql``;
        const { rows } =
          await sql`delete from desk.link where kind = ${kind} and ((one_id = ${oneId} and other_id = ${otherId}) ${both})
          returning one_id`.execute(db);
        return rows.length > 0;
      }
      const { rows } = await sql`insert into desk.link (one_id, kind, other_id)
        select ${oneId}::uuid, ${kind}, ${otherId}::uuid where not exists (
          select from desk.link where kind = 'related' and ${kind} = 'related' and one_id = ${otherId} and other_id = ${oneId})
        on conflict do nothing returning one_id`.execute(db);
      return rows.length > 0;
    },
    /** Whether a ticket lies on the way from another up to its highest parent. */
    async liesAbove(ticketId: string, otherId: string): Promise<boolean> {
      const { rows } = await sql`with recursive up as (
          select id, parent_id, 1 as depth from desk.ticket where id = ${otherId}
          union all select t.id, t.parent_id, depth + 1 from desk.ticket t join up on t.id = up.parent_id where depth < 100)
        select 1 as one from up where id = ${ticketId}`.execute(db);
      return rows.length > 0;
    },
    async watchers(ticketId: string) {
      const { rows } = await sql`select p.id, p.name from desk.watcher w join people.pub_person p on p.id = w.person_id
        where w.ticket_id = ${ticketId} order by p.name limit 200`.execute(db);
      return rows.map((row) => named.parse(row));
    },
    async watch(ticketId: string, personIds: readonly string[], on: boolean): Promise<string[]> {
      if (personIds.length === 0) return [];
      const { rows } = on
        ? await sql<{ id: string }>`insert into desk.watcher (ticket_id, person_id) select ${ticketId}::uuid, p.id
            from people.pub_person p where p.id = any(${[...personIds]}::uuid[]) and p.active and p.role in ('administrator', 'operator', 'auditor')
            on conflict do nothing returning person_id as id`.execute(db)
        : await sql<{
            id: string;
          }>`delete from desk.watcher where ticket_id = ${ticketId} and person_id = any(${[...personIds]}::uuid[])
            returning person_id as id`.execute(db);
      return rows.map(({ id }) => id);
    },
  };
}

function checklistStore(db: Database<'desk'>) {
  return {
    async checklist(ticketId: string): Promise<ChecklistItem[]> {
      const rows = await db
        .selectFrom('desk.checklist_item')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .orderBy('position')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        text: row.text,
        doneAt: row.done_at?.toISOString() ?? null,
        doneBy: row.done_by_name,
      }));
    },
    async putChecklist(
      ticketId: string,
      items: readonly (ChecklistItem & { readonly doneOn: Date | null })[],
    ): Promise<void> {
      await db.deleteFrom('desk.checklist_item').where('ticket_id', '=', ticketId).execute();
      if (items.length === 0) return;
      await db
        .insertInto('desk.checklist_item')
        .values(
          items.map(({ id, text, doneBy, doneOn }, position) => ({
            id,
            ticket_id: ticketId,
            position,
            text,
            done_at: doneOn,
            done_by_name: doneBy,
          })),
        )
        .execute();
    },
  };
}

function timeStore(db: Database<'desk'>) {
  return {
    async times(ticketId: string): Promise<{ times: TimeSpent[]; timeCount: number; minutes: number }> {
      const { rows } =
        await sql`select id, person_name as person, minutes, note, at, count(*) over ()::integer as count,
          sum(minutes) over ()::integer as sum
        from desk.time_spent where ticket_id = ${ticketId} order by at desc, id desc limit ${mostShown}`.execute(db);
      const times = rows.toReversed().map((row) => {
        const time = timeRow.parse(row);
        return { ...time, at: time.at.toISOString() };
      });
      return {
        times,
        timeCount: countOf(rows[0]),
        minutes: z.object({ sum: z.number() }).safeParse(rows[0]).data?.sum ?? 0,
      };
    },
    async spend(
      ticketId: string,
      time: { personId: string; personName: string; minutes: number; note: string; at: Date },
    ): Promise<void> {
      await db
        .insertInto('desk.time_spent')
        .values({
          id: uuid(),
          ticket_id: ticketId,
          person_id: time.personId,
          person_name: time.personName,
          minutes: time.minutes,
          note: time.note,
          at: time.at,
        })
        .execute();
    },
    async unspend(ticketId: string, id: string, personId: string): Promise<boolean> {
      const row = await db
        .deleteFrom('desk.time_spent')
        .where('id', '=', id)
        .where('ticket_id', '=', ticketId)
        .where('person_id', '=', personId)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

/** All SQL about the work on a ticket: plan, links, watchers, checklist, time. */
export function workStore(db: Database<'desk'>) {
  return { ...planStore(db), ...linkStore(db), ...checklistStore(db), ...timeStore(db) };
}
