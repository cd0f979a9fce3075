import { sql } from 'kysely';
import { z } from 'zod';
import type { ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import type { Silence } from './silence.ts';
import { namedThing } from '../checks/store-check.ts';

const ends = z.enum(['moment', 'cured', 'ticketClosed']);
const endedWhy = z.enum(['moment', 'cured', 'ticketClosed', 'person']);

function silenceRows(db: Database<'watch'>) {
  return db
    .selectFrom('watch.silence as silence')
    .leftJoin('estate.pub_thing as thing', (join) =>
      join.onRef('thing.kind', '=', 'silence.target_kind').onRef('thing.id', '=', 'silence.target_id'),
    )
    .selectAll('silence')
    .select('thing.name as target_name');
}

type SilenceRow = Awaited<ReturnType<ReturnType<typeof silenceRows>['executeTakeFirstOrThrow']>>;

function toSilence(row: SilenceRow, below: ReadonlyMap<string, ReadonlySet<string>>): Silence {
  return {
    id: row.id,
    target: namedThing(row.target_kind, row.target_id, row.target_name),
    checkId: row.check_id,
    checkKind: row.check_kind,
    pattern: row.pattern,
    tag: row.tag,
    below: row.below,
    belowIds: below.get(row.id) ?? new Set(),
    reason: row.reason,
    ends: ends.parse(row.ends),
    until: row.until,
    ticket: row.ticket_id === null ? null : { id: row.ticket_id, number: row.ticket_number ?? 0 },
    unlessWorse: row.unless_worse_than !== null,
    by: { kind: 'person', id: row.by_id, name: row.by_name },
    createdAt: row.created_at,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
    endedAt: row.ended_at,
    endedWhy: row.ended_why === null ? null : endedWhy.parse(row.ended_why),
    endedBy: row.ended_by,
  };
}

const mostSilences = 10_000;
const mostEnded = 500;

/** What depends on the things that silences name, and what carries their tags, by silence. */
async function readBelow(db: Database<'watch'>, ids: readonly string[]): Promise<Map<string, Set<string>>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ silence_id: string; id: string }>`
    with recursive below (silence_id, kind, id) as (
      select s.id, s.target_kind, s.target_id from watch.silence s
      where s.id = any(${[...ids]}::uuid[]) and s.target_id is not null and s.below
      union
      select s.id, t.thing_kind, t.thing_id from watch.silence s join estate.pub_tag t on t.tag = s.tag
      where s.id = any(${[...ids]}::uuid[])
      union
      select b.silence_id, d.dependent_kind, d.dependent_id
      from below b join watch.silence s on s.id = b.silence_id and s.below
      join estate.pub_dependency d on d.on_kind = b.kind and d.on_id = b.id
    )
    select silence_id, id from below limit 200000`.execute(db);
  const found = new Map<string, Set<string>>();
  for (const { silence_id: silenceId, id } of rows) found.set(silenceId, (found.get(silenceId) ?? new Set()).add(id));
  return found;
}

function silenceReader(db: Database<'watch'>) {
  const withBelow = async (rows: readonly SilenceRow[]): Promise<Silence[]> => {
    const below = await readBelow(
      db,
      rows.flatMap(({ id, target_id: target, below: wanted, tag }) =>
        tag !== null || (target !== null && wanted) ? id : [],
      ),
    );
    return rows.map((row) => toSilence(row, below));
  };
  return {
    /** Those that have not ended, those that end first first. */
    async open(): Promise<Silence[]> {
      const rows = await silenceRows(db)
        .where('silence.ended_at', 'is', null)
        .orderBy('silence.until')
        .limit(mostSilences)
        .execute();
      return withBelow(rows);
    },
    async ended(): Promise<Silence[]> {
      const rows = await silenceRows(db)
        .where('silence.ended_at', 'is not', null)
        .orderBy('silence.ended_at', 'desc')
        .limit(mostEnded)
        .execute();
      return withBelow(rows);
    },
    async get(id: string): Promise<Silence | null> {
      const row = await silenceRows(db).where('silence.id', '=', id).executeTakeFirst();
      return row === undefined ? null : ((await withBelow([row]))[0] ?? null);
    },
  };
}

/** What somebody may change of a silence. */
export type SilenceFields = Pick<
  Silence,
  'checkId' | 'checkKind' | 'pattern' | 'tag' | 'below' | 'ends' | 'until' | 'reason' | 'unlessWorse'
> & { readonly target: ThingRef | null };

function silenceChanger(db: Database<'watch'>) {
  return {
    /** The silence, kept from others' changes until the transaction ends; null when it is not in force. */
    async lock(id: string): Promise<boolean> {
      const row = await db
        .selectFrom('watch.silence')
        .select('id')
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .forUpdate()
        .executeTakeFirst();
      return row !== undefined;
    },
    async change(id: string, now: SilenceFields, by: string, at: Date): Promise<void> {
      await db
        .updateTable('watch.silence')
        .set({
          changed_at: at,
          changed_by: by,
          target_kind: now.target?.kind ?? null,
          target_id: now.target?.id ?? null,
          check_id: now.checkId,
          check_kind: now.checkKind,
          pattern: now.pattern,
          tag: now.tag,
          below: now.below,
          ends: now.ends,
          until: now.until,
          reason: now.reason,
          unless_worse_than: now.unlessWorse ? 'degraded' : null,
          ...(now.ends === 'ticketClosed' ? {} : { ticket_id: null, ticket_number: null }),
        })
        .where('id', '=', id)
        .execute();
    },
  };
}

function silenceWriter(db: Database<'watch'>) {
  return {
    async add(silence: Omit<Silence, 'target' | 'belowIds'> & { readonly target: ThingRef | null }): Promise<void> {
      await db
        .insertInto('watch.silence')
        .values({
          id: silence.id,
          target_kind: silence.target?.kind ?? null,
          target_id: silence.target?.id ?? null,
          check_id: silence.checkId,
          check_kind: silence.checkKind,
          pattern: silence.pattern,
          tag: silence.tag,
          below: silence.below,
          reason: silence.reason,
          ends: silence.ends,
          until: silence.until,
          ticket_id: silence.ticket?.id ?? null,
          ticket_number: silence.ticket?.number ?? null,
          unless_worse_than: silence.unlessWorse ? 'degraded' : null,
          by_id: silence.by.id,
          by_name: silence.by.name,
          created_at: silence.createdAt,
        })
        .execute();
    },
    async waitFor(id: string, ticket: { readonly id: string; readonly number: number }): Promise<void> {
      await db
        .updateTable('watch.silence')
        .set({ ticket_id: ticket.id, ticket_number: ticket.number })
        .where('id', '=', id)
        .execute();
    },
    /** False when it was not in force. */
    async end(
      id: string,
      end: { readonly at: Date; readonly why: Silence['endedWhy']; readonly by: string | null },
    ): Promise<boolean> {
      const row = await db
        .updateTable('watch.silence')
        .set({ ended_at: end.at, ended_why: end.why, ended_by: end.by })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

/** All SQL about silences. */
export function silenceStore(db: Database<'watch'>) {
  return {
    ...silenceReader(db),
    ...silenceWriter(db),
    ...silenceChanger(db),
    /** Tickets of the open alerts of checks, newest first. */
    async openTickets(checkIds: readonly string[]): Promise<{ id: string; number: number }[]> {
      if (checkIds.length === 0) return [];
      const rows = await db
        .selectFrom('desk.pub_alert as alert')
        .innerJoin('desk.pub_ticket as ticket', 'ticket.id', 'alert.ticket_id')
        .select(['ticket.id', 'ticket.number'])
        .distinct()
        .where('alert.check_id', '=', sql<string>`any(${[...checkIds]}::uuid[])`)
        .where('alert.cleared_at', 'is', null)
        .where('ticket.resolved_at', 'is', null)
        .orderBy('ticket.number', 'desc')
        .limit(10)
        .execute();
      return rows.flatMap(({ id, number }) => (id === null || number === null ? [] : { id, number }));
    },
    async resolvedAmong(ticketIds: readonly string[]): Promise<Set<string>> {
      if (ticketIds.length === 0) return new Set();
      const rows = await db
        .selectFrom('desk.pub_ticket')
        .select('id')
        .where('id', '=', sql<string>`any(${[...ticketIds]}::uuid[])`)
        .where('resolved_at', 'is not', null)
        .execute();
      return new Set(rows.flatMap(({ id }) => id ?? []));
    },
    /** Checks that fail now. */
    async failing(): Promise<{ checkId: string; checkKind: string; checkName: string; targetId: string }[]> {
      const rows = await db
        .selectFrom('watch.check')
        .select(['id', 'kind', 'name', 'target_id'])
        .where('state', 'in', ['down', 'degraded', 'unreachable'])
        .where('paused', '=', false)
        .limit(50_000)
        .execute();
      return rows.map((row) => ({
        checkId: row.id,
        checkKind: row.kind,
        checkName: row.name,
        targetId: row.target_id,
      }));
    },
  };
}
