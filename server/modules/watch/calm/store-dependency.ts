import { sql } from 'kysely';
import type { Language, NamedThing, ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import type { GuardSpan, PastAlert } from '../states/held-alerts.ts';
import { namedThing } from '../checks/store-check.ts';

/** An alert that was told, with the incident that came of it. */
export interface ToldAlert extends PastAlert {
  readonly id: string;
  readonly checkId: string;
  readonly checkName: string;
  readonly target: NamedThing;
  readonly ticket: { readonly id: string; readonly number: number; readonly title: string } | null;
  /** Whether somebody took, worked on or explained that incident. */
  readonly mattered: boolean;
}

const kindsOf = (things: readonly ThingRef[]) => things.map(({ kind }) => kind);
const idsOf = (things: readonly ThingRef[]) => things.map(({ id }) => id);

interface AlertRead {
  id: string;
  check_id: string;
  check_name: string;
  target_kind: string;
  target_id: string;
  target_name: string;
  failing_since: Date;
  raised_at: Date;
  good_since: Date | null;
  ticket_id: string | null;
  number: number | null;
  title: string | null;
  mattered: boolean | null;
}

function tellRow(row: AlertRead): ToldAlert[] {
  const target = namedThing(row.target_kind, row.target_id, row.target_name);
  if (target === null) return [];
  const { ticket_id: ticketId, number, title } = row;
  return [
    {
      id: row.id,
      checkId: row.check_id,
      checkName: row.check_name,
      target,
      failingSinceMs: row.failing_since.getTime(),
      raisedMs: row.raised_at.getTime(),
      goodSinceMs: row.good_since?.getTime() ?? null,
      ticket: ticketId === null || number === null ? null : { id: ticketId, number, title: title ?? '' },
      mattered: row.mattered ?? false,
    },
  ];
}

function guardReader(db: Database<'watch'>) {
  return {
    /** How many checks watch these things, and since when the first of them has. */
    async guards(things: readonly ThingRef[]): Promise<{ count: number; since: Date | null }> {
      const { rows } = await sql<{ count: number; since: Date | null }>`
        select count(*)::int as count, min(c.created_at) as since
        from watch.check c join unnest(${kindsOf(things)}::text[], ${idsOf(things)}::uuid[]) as t (kind, id)
          on t.kind = c.target_kind and t.id = c.target_id
        where not c.paused`.execute(db);
      return rows[0] ?? { count: 0, since: null };
    },
    /** When checks on these things were down or unreachable since a moment, oldest first. */
    async spans(things: readonly NamedThing[], since: Date): Promise<GuardSpan[]> {
      const { rows } = await sql<{ target_id: string; from_at: Date; until_at: Date | null }>`
        with guard as (
          select c.number, c.target_id from watch.check c
          join unnest(${kindsOf(things)}::text[], ${idsOf(things)}::uuid[]) as t (kind, id)
            on t.kind = c.target_kind and t.id = c.target_id
          where not c.paused
        ), change as (
          select g.target_id, s.to_state, coalesce(s.first_at, s.at) as from_at,
            lead(coalesce(s.first_at, s.at)) over (partition by s.check_number order by s.at, s.id) as until_at
          from guard g join watch.state_change s on s.check_number = g.number
        )
        select target_id, from_at, until_at from change
        where to_state in ('down', 'unreachable') and (until_at is null or until_at > ${since})
        order by from_at limit 20000`.execute(db);
      const names = new Map(things.map((thing) => [thing.id, thing]));
      return rows.flatMap(({ target_id: id, from_at: from, until_at: until }) => {
        const thing = names.get(id);
        return thing === undefined ? [] : [{ thing, fromMs: from.getTime(), untilMs: until?.getTime() ?? null }];
      });
    },
  };
}

/** All SQL about what a dependency would have done. */
export function dependencyStore(db: Database<'watch'>) {
  return {
    ...guardReader(db),
    /**
     * Alerts that were told by themselves since a moment, of a thing and of all that depends on it, newest first. What
     * was held back or had already joined another's incident would not be told more seldom.
     */
    async toldBelow(thing: ThingRef, since: Date, language: Language, most: number): Promise<ToldAlert[]> {
      const { rows } = await sql<AlertRead>`
        with recursive below (kind, id) as (
          select ${thing.kind}::text, ${thing.id}::uuid
          union
          select d.dependent_kind, d.dependent_id
          from below b join estate.pub_dependency d on d.on_kind = b.kind and d.on_id = b.id
        )
        select a.id, a.check_id, a.check_name, a.target_kind, a.target_id, a.target_name, a.failing_since, a.raised_at,
          a.good_since, t.id as ticket_id, t.number, ${language === 'fr' ? sql`t.title_fr` : sql`t.title_en`} as title,
          t.acknowledged_at is not null or t.cause_text <> ''
            or exists (select from desk.pub_run r where r.ticket_id = t.id) as mattered
        from watch.alert a join below b on b.kind = a.target_kind and b.id = a.target_id
        left join desk.pub_alert d on d.id = a.id
        left join desk.pub_ticket t on t.id = d.ticket_id
        where a.raised_at >= ${since} and not a.silenced and a.cause_id = a.target_id
        order by a.raised_at desc limit ${most}`.execute(db);
      return rows.flatMap(tellRow);
    },
    /** Which of some tickets hold an alert that is not among these. */
    async otherwiseTold(ticketIds: readonly string[], alertIds: readonly string[]): Promise<Set<string>> {
      if (ticketIds.length === 0) return new Set();
      const { rows } = await sql<{ ticket_id: string }>`
        select distinct ticket_id from desk.pub_alert
        where ticket_id = any(${[...ticketIds]}::uuid[]) and not id = any(${[...alertIds]}::uuid[])`.execute(db);
      return new Set(rows.map((row) => row.ticket_id));
    },
    /** When alerts of these things were raised since a moment: those told what failed above. */
    async raisedOn(things: readonly ThingRef[], since: Date): Promise<{ fromMs: number; untilMs: number | null }[]> {
      const { rows } = await sql<{ failing_since: Date; good_since: Date | null }>`
        select a.failing_since, a.good_since from watch.alert a
        join unnest(${kindsOf(things)}::text[], ${idsOf(things)}::uuid[]) as t (kind, id)
          on t.kind = a.target_kind and t.id = a.target_id
        where a.raised_at >= ${since} and not a.silenced limit 20000`.execute(db);
      return rows.map((row) => ({
        fromMs: row.failing_since.getTime(),
        untilMs: row.good_since?.getTime() ?? null,
      }));
    },
  };
}
