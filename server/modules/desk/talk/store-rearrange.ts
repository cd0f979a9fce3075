import { sql } from 'kysely';
import { z } from 'zod';
import { rearrangement as shape, type Rearrangement } from '#contract/desk-words.ts';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

/** So long a merge, split or move can be undone. */
export const undoDays = 30;

export function undoUntil(at: Date): Date {
  return new Date(at.getTime() + undoDays * 86_400_000);
}

/** What a merge, split or move changed beside where messages are read. */
export const rearrangedBefore = z.object({
  state: z.string().optional(),
  resolvedAt: z.string().nullable().optional(),
  participants: z.array(z.string()).default([]),
  watchers: z.array(z.string()).default([]),
  /** The home that each message had. */
  homes: z.record(z.string(), z.string()).default({}),
});
export type RearrangedBefore = z.infer<typeof rearrangedBefore>;

export interface KeptRearrangement {
  readonly id: string;
  readonly kind: Rearrangement['kind'];
  readonly fromId: string;
  readonly toId: string;
  readonly messageIds: readonly string[];
  readonly before: RearrangedBefore;
  readonly at: Date;
  readonly undoneAt: Date | null;
}

const row = shape.omit({ at: true, undoneAt: true, undoUntil: true }).extend({
  at: z.date(),
  undoneAt: z.date().nullable(),
});

function toRearrangement(raw: unknown): Rearrangement {
  const one = row.parse(raw);
  return {
    ...one,
    at: one.at.toISOString(),
    undoneAt: one.undoneAt?.toISOString() ?? null,
    undoUntil: undoUntil(one.at).toISOString(),
  };
}

function columnsIn(language: Language) {
  const title = (of: 'f' | 't') => sql.raw(`${of}.title_${language}`);
  return sql`x.id, x.kind, json_build_object('id', f.id, 'number', f.number, 'title', ${title('f')}) as "from",
    json_build_object('id', t.id, 'number', t.number, 'title', ${title('t')}) as "to",
    cardinality(x.message_ids) as messages, x.at, x.by_name as by, x.undone_at as "undoneAt"`;
}

function reader(db: Database<'desk'>) {
  return {
    async ofTicket(ticketId: string, language: Language): Promise<Rearrangement[]> {
      const { rows } = await sql`select ${columnsIn(language)} from desk.rearrangement x
        join desk.ticket f on f.id = x.from_id join desk.ticket t on t.id = x.to_id
        where x.from_id = ${ticketId} or x.to_id = ${ticketId} order by x.at desc limit 50`.execute(db);
      return rows.map(toRearrangement);
    },
    async some(ids: readonly string[], language: Language): Promise<Rearrangement[]> {
      const { rows } = await sql`select ${columnsIn(language)} from desk.rearrangement x
        join desk.ticket f on f.id = x.from_id join desk.ticket t on t.id = x.to_id
        where x.id = any(${[...ids]}::uuid[]) order by x.at, x.id`.execute(db);
      return rows.map(toRearrangement);
    },
    async hold(id: string): Promise<KeptRearrangement | null> {
      const one = await db
        .selectFrom('desk.rearrangement')
        .selectAll()
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      return one === undefined
        ? null
        : {
            id: one.id,
            kind: shape.shape.kind.parse(one.kind),
            fromId: one.from_id,
            toId: one.to_id,
            messageIds: one.message_ids,
            before: rearrangedBefore.parse(one.before),
            at: one.at,
            undoneAt: one.undone_at,
          };
    },
    /** Where what is written to a ticket is read: itself, or the last of those into which it was merged. */
    async rootOf(ticketId: string): Promise<string> {
      const { rows } = await sql<{ id: string }>`with recursive way as (
          select id, merged_into_id, 1 as depth from desk.ticket where id = ${ticketId}
          union all select t.id, t.merged_into_id, depth + 1 from desk.ticket t join way on t.id = way.merged_into_id where depth < 100)
        select id from way order by depth desc limit 1`.execute(db);
      return rows[0]?.id ?? ticketId;
    },
    async homesOf(messageIds: readonly string[]): Promise<Record<string, string>> {
      const rows = await db
        .selectFrom('desk.message')
        .select(['id', 'home_ticket_id'])
        .where('id', '=', sql<string>`any(${[...messageIds]}::uuid[])`)
        .execute();
      return Object.fromEntries(rows.map((one) => [one.id, one.home_ticket_id]));
    },
  };
}

function writer(db: Database<'desk'>) {
  return {
    async keep(one: Omit<KeptRearrangement, 'undoneAt'>, by: { id: string | null; name: string }): Promise<void> {
      await db
        .insertInto('desk.rearrangement')
        .values({
          id: one.id,
          kind: one.kind,
          from_id: one.fromId,
          to_id: one.toId,
          message_ids: [...one.messageIds],
          before: JSON.stringify(one.before),
          at: one.at,
          by_id: by.id,
          by_name: by.name,
        })
        .execute();
    },
    async undone(id: string, at: Date): Promise<void> {
      await db.updateTable('desk.rearrangement').set({ undone_at: at }).where('id', '=', id).execute();
    },
    async mergeInto(ticketId: string, intoId: string | null): Promise<void> {
      await db.updateTable('desk.ticket').set({ merged_into_id: intoId }).where('id', '=', ticketId).execute();
    },
    /** All that is read in one ticket is read in another from now on; returns which. */
    async readElsewhere(fromId: string, toId: string): Promise<string[]> {
      const rows = await db
        .updateTable('desk.message')
        .set({ ticket_id: toId })
        .where('ticket_id', '=', fromId)
        .returning('id')
        .execute();
      return rows.map(({ id }) => id);
    },
    /** Messages get another home, and are read there. */
    async rehome(homes: Readonly<Record<string, string>>): Promise<void> {
      await sql`update desk.message m set home_ticket_id = h.value::uuid, ticket_id = h.value::uuid
        from jsonb_each_text(${JSON.stringify(homes)}::jsonb) h where m.id = h.key::uuid`.execute(db);
    },
    /** What came to a ticket after it was split off goes home too. */
    async rehomeAll(fromId: string, toId: string): Promise<void> {
      await sql`update desk.message set home_ticket_id = ${toId} where home_ticket_id = ${fromId}`.execute(db);
    },
    /**
     * Each message of a ticket, and of those merged into it, is read where its home is read now. Returns how many moved and
     * the tickets whose conversation changed.
     */
    async settle(ticketId: string): Promise<{ moved: number; touched: string[] }> {
      const { rows } = await sql<{ before: string; after: string; count: number }>`
        with recursive tree as (
          select ${ticketId}::uuid as id union select t.id from desk.ticket t join tree on t.merged_into_id = tree.id
        ), way as (
          select id as start, id, 1 as depth from tree
          union all select w.start, t.merged_into_id, depth + 1 from way w join desk.ticket t on t.id = w.id
          where t.merged_into_id is not null and depth < 100
        ), root as (select distinct on (start) start, id from way order by start, depth desc),
        old as (
          select m.id, m.ticket_id as before, r.id as after from desk.message m join root r on r.start = m.home_ticket_id
          where m.ticket_id <> r.id
        ), done as (update desk.message m set ticket_id = o.after from old o where m.id = o.id)
        select before, after, count(*)::integer as count from old group by before, after`.execute(db);
      return {
        moved: rows.reduce((sum, { count }) => sum + count, 0),
        touched: [...new Set(rows.flatMap(({ before, after }) => [before, after]))],
      };
    },
  };
}

function participantStore(db: Database<'desk'>) {
  return {
    /** Counts a ticket's conversation anew. */
    async recount(ticketIds: readonly string[]): Promise<void> {
      await sql`update desk.ticket t set message_count = c.count, last_message_at = c.last, last_word = c.word
        from (select i.id, (select count(*) from desk.message m where m.ticket_id = i.id)::integer as count,
            (select max(at) from desk.message m where m.ticket_id = i.id) as last,
            (select case when m.requester_id is null then 'operator' else 'requester' end from desk.message m
              where m.ticket_id = i.id and m.visibility = 'public' order by m.at desc, m.id desc limit 1) as word
          from unnest(${[...ticketIds]}::uuid[]) as i(id)) c where t.id = c.id`.execute(db);
    },
    async participate(ticketId: string, requesterIds: readonly string[]): Promise<string[]> {
      if (requesterIds.length === 0) return [];
      const { rows } = await sql<{ id: string }>`insert into desk.participant (ticket_id, requester_id)
        select ${ticketId}::uuid, r from unnest(${[...requesterIds]}::uuid[]) r on conflict do nothing returning requester_id as id`.execute(
        db,
      );
      return rows.map(({ id }) => id);
    },
    async unparticipate(ticketId: string, requesterIds: readonly string[]): Promise<void> {
      if (requesterIds.length === 0) return;
      await sql`delete from desk.participant where ticket_id = ${ticketId} and requester_id = any(${[...requesterIds]}::uuid[])`.execute(
        db,
      );
    },
    async participants(ticketId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('desk.participant')
        .select('requester_id')
        .where('ticket_id', '=', ticketId)
        .limit(200)
        .execute();
      return rows.map((one) => one.requester_id);
    },
    async watcherIds(ticketId: string): Promise<string[]> {
      const rows = await db.selectFrom('desk.watcher').select('person_id').where('ticket_id', '=', ticketId).execute();
      return rows.map((one) => one.person_id);
    },
  };
}

/** All SQL about merging, splitting and moving. */
export function rearrangeStore(db: Database<'desk'>) {
  return { ...reader(db), ...writer(db), ...participantStore(db) };
}
