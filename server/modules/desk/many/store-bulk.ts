import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { bulkChange, bulkState as stateShape, type BulkChange, type BulkState } from '#contract/desk-words.ts';
import type { Doer, Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { undoUntil } from '../talk/store-rearrange.ts';
import { kindOf, type Said } from '../tickets/story-words.ts';
import { bulkTicket, type BulkColumns, type BulkPart, type BulkTicket } from './ticket-columns.ts';

const row = stateShape.omit({ at: true, undoUntil: true }).extend({ at: z.date() });
const columns = sql`id, total, done, skipped, state, at, by_name as by`;

function toState(raw: unknown): BulkState {
  const one = row.parse(raw);
  return { ...one, at: one.at.toISOString(), undoUntil: undoUntil(one.at).toISOString() };
}

export interface BulkWork {
  readonly change: BulkChange;
  readonly state: BulkState['state'];
  readonly by: Doer;
}

export interface BulkItem {
  readonly ordinal: number;
  readonly ticketId: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

const item = z.object({
  ordinal: z.number(),
  ticketId: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});

const utc = (at: unknown): string | null => (typeof at === 'string' ? new Date(`${at}Z`).toISOString() : null);

async function bulkTickets(
  db: Database<'desk'>,
  ids: readonly string[],
  hold: boolean,
): Promise<ReadonlyMap<string, BulkTicket>> {
  const { rows } = await sql`
        select t.id, t.number, t.kind, t.state, t.priority, t.priority_by_hand, t.assignee_id, t.assignee_name, t.team_id,
          t.category_id, t.tags, to_json(t.due_at at time zone 'utc') as due_at, to_json(t.snoozed_until at time zone 'utc') as snoozed_until,
          t.waiting_for, t.waiting_reason, to_json(t.resolved_at at time zone 'utc') as resolved_at, t.resolved_by_id,
          t.resolved_by_name, t.cause_text, t.remedy_text,
          exists (select from desk.alert a where a.ticket_id = t.id) as alerted,
          coalesce((select p.emergency from desk.change_plan p where p.ticket_id = t.id), false) as emergency
        from desk.ticket t where t.id = any(${[...ids]}::uuid[]) order by t.id ${hold ? sql`for no key update of t` : sql``}`.execute(
    db,
  );
  const tickets = rows.map((raw) => {
    const one = z.record(z.string(), z.unknown()).parse(raw);
    return bulkTicket.parse({
      ...one,
      due_at: utc(one['due_at']),
      snoozed_until: utc(one['snoozed_until']),
      resolved_at: utc(one['resolved_at']),
    });
  });
  return new Map(tickets.map((ticket) => [ticket.id, ticket]));
}

function reader(db: Database<'desk'>) {
  return {
    async get(id: string): Promise<BulkState | null> {
      const { rows } = await sql`select ${columns} from desk.bulk_change where id = ${id}`.execute(db);
      return rows[0] === undefined ? null : toState(rows[0]);
    },
    async latest(): Promise<BulkState[]> {
      const { rows } = await sql`select ${columns} from desk.bulk_change order by at desc limit 20`.execute(db);
      return rows.map(toState);
    },
    /** Changes that are under way and that nobody went on with since a moment. */
    async left(before: Date): Promise<string[]> {
      const rows = await db
        .selectFrom('desk.bulk_change')
        .select('id')
        .where('state', 'in', ['running', 'undoing'])
        .where('touched_at', '<', before)
        .limit(20)
        .execute();
      return rows.map(({ id }) => id);
    },
    /** Takes the work for one batch; null when another process has it, or it is done. */
    async hold(id: string): Promise<BulkWork | null> {
      const one = await db
        .selectFrom('desk.bulk_change')
        .selectAll()
        .where('id', '=', id)
        .where('state', 'in', ['running', 'undoing'])
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      return one === undefined
        ? null
        : {
            change: bulkChange.parse(one.change),
            state: stateShape.shape.state.parse(one.state),
            by: { kind: 'person', id: one.by_id, name: one.by_name },
          };
    },
    /** The next items of a batch, in the order in which they were chosen. */
    async next(id: string, state: 'waiting' | 'done', limit: number): Promise<BulkItem[]> {
      const { rows } = await sql`select ordinal, ticket_id as "ticketId", before, after from desk.bulk_item
        where bulk_id = ${id} and state = ${state} order by ordinal limit ${limit}`.execute(db);
      return rows.map((raw) => {
        const one = item.parse(raw);
        return { ...one, before: one.before ?? {}, after: one.after ?? {} };
      });
    },
    /** Tickets as a change of many looks at them, held until the end of the transaction, always in one order. */
    tickets: (ids: readonly string[]) => bulkTickets(db, ids, true),
    /** The same, only looked at. */
    look: (ids: readonly string[]) => bulkTickets(db, ids, false),
    async names(language: Language): Promise<ReadonlyMap<string, string>> {
      const name = language === 'fr' ? sql`name_fr` : sql`name_en`;
      const { rows } = await sql<{ id: string; name: string }>`select id, ${name} as name from desk.category
        union all select id, name from people.pub_team`.execute(db);
      return new Map(rows.map((one) => [one.id, one.name]));
    },
  };
}

/** One ticket of a batch as it becomes. */
export interface BulkDone {
  readonly ordinal: number;
  readonly ticketId: string;
  readonly next: BulkColumns;
  readonly before: BulkPart;
  readonly after: BulkPart;
  readonly said: readonly Said[];
}

function beginner(db: Database<'desk'>) {
  return {
    async start(id: string, change: BulkChange, ticketIds: readonly string[], by: Doer, at: Date): Promise<void> {
      await db
        .insertInto('desk.bulk_change')
        .values({
          id,
          change: JSON.stringify(change),
          total: ticketIds.length,
          state: 'running',
          at,
          by_id: by.id ?? '',
          by_name: by.name,
          touched_at: at,
        })
        .execute();
      await sql`insert into desk.bulk_item (bulk_id, ordinal, ticket_id)
        select ${id}::uuid, i.place, i.id from unnest(${[...ticketIds]}::uuid[]) with ordinality as i(id, place)
        where exists (select from desk.ticket t where t.id = i.id)`.execute(db);
      await sql`update desk.bulk_change set total = (select count(*) from desk.bulk_item where bulk_id = ${id}) where id = ${id}`.execute(
        db,
      );
    },
  };
}

function writer(db: Database<'desk'>) {
  return {
    /** Writes a batch in four statements, however many tickets it has. */
    async write(
      bulkId: string,
      done: readonly BulkDone[],
      { who, at, state }: { who: Doer; at: Date; state: 'done' | 'undone' },
    ) {
      if (done.length === 0) return;
      const tickets = JSON.stringify(done.map(({ ticketId, next }) => ({ id: ticketId, ...next })));
      await sql`update desk.ticket t set state = x.state, priority = x.priority, priority_by_hand = x.priority_by_hand,
          assignee_id = x.assignee_id, assignee_name = x.assignee_name, team_id = x.team_id, category_id = x.category_id,
          tags = x.tags, due_at = x.due_at, snoozed_until = x.snoozed_until, waiting_for = x.waiting_for,
          waiting_reason = x.waiting_reason, resolved_at = x.resolved_at, resolved_by_id = x.resolved_by_id,
          resolved_by_name = x.resolved_by_name, cause_text = x.cause_text, remedy_text = x.remedy_text,
          updated_at = greatest(t.updated_at, ${at})
        from jsonb_to_recordset(${tickets}::jsonb) as x(id uuid, state text, priority text, priority_by_hand boolean,
          assignee_id uuid, assignee_name text, team_id uuid, category_id uuid, tags text[], due_at timestamptz,
          snoozed_until timestamptz, waiting_for text, waiting_reason text, resolved_at timestamptz, resolved_by_id uuid,
          resolved_by_name text, cause_text text, remedy_text text)
        where t.id = x.id`.execute(db);
      const events = done.flatMap(({ ticketId, said }) =>
        said.map((one) => ({
          id: uuid(),
          ticket_id: ticketId,
          at,
          who_kind: who.kind,
          who_id: who.id,
          who_name: who.name,
          kind: kindOf[one.code],
          code: one.code,
          data: one.data ?? null,
        })),
      );
      await sql`insert into desk.event (id, ticket_id, at, who_kind, who_id, who_name, kind, code, data)
        select id, ticket_id, at, who_kind, who_id, who_name, kind, code, data
        from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as x(id uuid, ticket_id uuid, at timestamptz, who_kind text,
          who_id uuid, who_name text, kind text, code text, data jsonb)`.execute(db);
      const items = JSON.stringify(done.map(({ ordinal, before, after }) => ({ ordinal, before, after })));
      await sql`update desk.bulk_item i set state = ${state},
          before = case when ${state} = 'done' then x.before else i.before end,
          after = case when ${state} = 'done' then x.after else i.after end
        from jsonb_to_recordset(${items}::jsonb) as x(ordinal integer, before jsonb, after jsonb)
        where i.bulk_id = ${bulkId} and i.ordinal = x.ordinal`.execute(db);
    },
    async mark(bulkId: string, ordinals: readonly number[], state: 'skipped' | 'kept'): Promise<void> {
      if (ordinals.length === 0) return;
      await sql`update desk.bulk_item set state = ${state} where bulk_id = ${bulkId} and ordinal = any(${[...ordinals]}::integer[])`.execute(
        db,
      );
    },
    async progress(id: string, done: number, skipped: number, at: Date): Promise<void> {
      await sql`update desk.bulk_change set done = done + ${done}, skipped = skipped + ${skipped}, touched_at = ${at} where id = ${id}`.execute(
        db,
      );
    },
    async become(id: string, state: BulkState['state'], at: Date): Promise<void> {
      await db.updateTable('desk.bulk_change').set({ state, touched_at: at }).where('id', '=', id).execute();
    },
  };
}

/** All SQL about changes of many tickets. */
export function bulkStore(db: Database<'desk'>) {
  return { ...reader(db), ...beginner(db), ...writer(db) };
}
