import { sql, type Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { TicketWhole } from '#contract/desk.ts';
import type { Doer, Language } from '#contract/words.ts';
import type { Database, Tables } from '#platform/database.ts';
import { kindOf, tellEvent, type EventKind, type Said } from './story-words.ts';

/** So many events of one story are read: the newest. */
const mostEvents = 2_000;

const kinds = new Set<string>(Object.values(kindOf));

function isKind(kind: string): kind is EventKind {
  return kinds.has(kind);
}

function kindFrom(kind: string): EventKind {
  if (!isKind(kind)) throw new Error(`the desk knows no event ${kind}`);
  return kind;
}

type EventRow = Selectable<Tables<'desk'>['desk.event']>;

/** Who did something, as it was written down. */
export function doerOf(row: { who_kind: string; who_id: string | null; who_name: string }): Doer {
  return {
    kind: row.who_kind === 'person' || row.who_kind === 'outside' ? row.who_kind : 'vigie',
    id: row.who_id,
    name: row.who_name,
  };
}

/** An event in the reader's language. */
export function toEvent(row: EventRow, language: Language): TicketWhole['events'][number] {
  return {
    id: row.id,
    at: row.at.toISOString(),
    who: doerOf(row),
    kind: kindFrom(row.kind),
    text: tellEvent(row.code, row.data, language),
    runId: row.run_id,
  };
}

/** What is told of a ticket. */
export interface Told {
  readonly ticketId: string;
  readonly at: Date;
  readonly who: Doer;
  readonly said: Said;
  readonly runId?: string | null;
}

function eventStore(db: Database<'desk'>) {
  return {
    tell(ticketId: string, told: Omit<Told, 'ticketId'>): Promise<void> {
      return this.tellAll([{ ...told, ticketId }]);
    },
    /** Tells events of many tickets, in their order. */
    async tellAll(all: readonly Told[]): Promise<void> {
      if (all.length === 0) return;
      const told = db.insertInto('desk.event').values(
        all.map(({ ticketId, at, who, said, runId = null }) => ({
          id: uuid(),
          ticket_id: ticketId,
          at,
          who_kind: who.kind,
          who_id: who.id,
          who_name: who.name,
          kind: kindOf[said.code],
          code: said.code,
          data: JSON.stringify(said.data ?? null),
          run_id: runId,
        })),
      );
      await sql`with added as (${told})
        update desk.ticket t set updated_at = told.at
        from (
          select id, max(at) as at from unnest(${all.map(({ ticketId }) => ticketId)}::uuid[],
            ${all.map(({ at }) => at)}::timestamptz[]) as wanted (id, at) group by id
        ) told
        where t.id = told.id and t.updated_at < told.at`.execute(db);
    },
    /** A ticket's story, oldest first, in a reader's language; a message is a comment here. */
    async story(ticketId: string, language: Language): Promise<TicketWhole['events']> {
      const [events, messages] = await Promise.all([
        db
          .selectFrom('desk.event')
          .selectAll()
          .where('ticket_id', '=', ticketId)
          .orderBy('at', 'desc')
          .orderBy('id', 'desc')
          .limit(mostEvents)
          .execute(),
        db
          .selectFrom('desk.message')
          .select(['id', 'at', 'who_kind', 'who_id', 'who_name', 'body'])
          .where('ticket_id', '=', ticketId)
          .orderBy('at', 'desc')
          .orderBy('id', 'desc')
          .limit(mostEvents)
          .execute(),
      ]);
      const all = [
        ...events.map((row) => toEvent(row, language)),
        ...messages.map((row) => ({
          id: row.id,
          at: row.at.toISOString(),
          who: doerOf(row),
          kind: 'comment' as const,
          text: row.body,
          runId: null,
        })),
      ];
      // By time, then in the order in which they were written: ids grow with time.
      return all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1)).slice(-mostEvents);
    },
  };
}

function storyFacts(db: Database<'desk'>) {
  return {
    /** How many events of these tickets have this code, by ticket. */
    async counts(ticketIds: readonly string[], code: Said['code']): Promise<ReadonlyMap<string, number>> {
      if (ticketIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('desk.event')
        .select(['ticket_id', sql<number>`count(*)`.as('count')])
        .where('ticket_id', '=', sql<string>`any(${[...ticketIds]}::uuid[])`)
        .where('code', '=', code)
        .groupBy('ticket_id')
        .execute();
      return new Map(rows.map(({ ticket_id, count }) => [ticket_id, count]));
    },
    /** A person who may be given a ticket: active, and somebody who works in Vigie. */
    async assignable(personId: string): Promise<Doer | null> {
      const row = await db
        .selectFrom('people.pub_person')
        .select(['id', 'name'])
        .where('id', '=', personId)
        .where('active', '=', true)
        .where('role', 'in', ['administrator', 'operator'])
        .executeTakeFirst();
      return row === undefined ? null : { kind: 'person', id: row.id, name: row.name };
    },
  };
}

function runStore(db: Database<'desk'>) {
  return {
    async keepRun(id: string, ticketId: string, runbookId: string, state: string): Promise<void> {
      await db
        .insertInto('desk.run')
        .values({ id, ticket_id: ticketId, runbook_id: runbookId, state })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ state }))
        .execute();
    },
    /** The runbooks that ran well for a ticket. */
    async goodRunbooks(ticketId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('desk.run')
        .select('runbook_id')
        .distinct()
        .where('ticket_id', '=', ticketId)
        .where('state', '=', 'succeeded')
        .execute();
      return rows.map((row) => row.runbook_id);
    },
    async askProof(requestId: string, ticketId: string, askedAt: Date): Promise<void> {
      await db
        .insertInto('desk.proof')
        .values({ request_id: requestId, ticket_id: ticketId, asked_at: askedAt })
        .execute();
    },
    /** Marks a proof as answered; null when it is not ours or was answered before. */
    async answerProof(requestId: string, answeredAt: Date): Promise<string | null> {
      const row = await db
        .updateTable('desk.proof')
        .set({ answered_at: answeredAt })
        .where('request_id', '=', requestId)
        .where('answered_at', 'is', null)
        .returning('ticket_id')
        .executeTakeFirst();
      return row?.ticket_id ?? null;
    },
  };
}

/** All SQL about a ticket's story, its runs and the proofs asked for. */
export function storyStore(db: Database<'desk'>) {
  return { ...eventStore(db), ...storyFacts(db), ...runStore(db) };
}
