import { sql } from 'kysely';
import type { Entry } from '#contract/logbook.ts';
import { namedThing, type Doer, type Language, type NamedThing, type ThingRef } from '#contract/words.ts';
import { numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { tellEntry } from './entry-words.ts';

/** An entry as it is stored, in no language. */
export interface StoredEntry {
  readonly id: string;
  readonly sequence: number;
  readonly at: Date;
  readonly who: Doer;
  readonly kind: string;
  readonly code: string;
  readonly data: unknown;
  readonly thing: NamedThing | null;
  readonly ticketId: string | null;
  readonly ticketNumber: number | null;
  readonly runId: string | null;
  readonly factId: string | null;
  readonly hash: string;
}

/** The columns of an entry, but for what it is found by. */
export const entryColumns = [
  'id',
  'sequence',
  'at',
  'who_kind',
  'who_id',
  'who_name',
  'kind',
  'code',
  'data',
  'thing_kind',
  'thing_id',
  'thing_name',
  'ticket_id',
  'ticket_number',
  'run_id',
  'fact_id',
  'hash',
] as const;

interface Row {
  id: string;
  sequence: number;
  at: Date;
  who_kind: string;
  who_id: string | null;
  who_name: string;
  kind: string;
  code: string;
  data: unknown;
  thing_kind: string | null;
  thing_id: string | null;
  thing_name: string | null;
  ticket_id: string | null;
  ticket_number: number | null;
  run_id: string | null;
  fact_id: string | null;
  hash: string;
}

/** A thing from its three columns. */
export function thingOf(row: Pick<Row, 'thing_kind' | 'thing_id' | 'thing_name'>): NamedThing | null {
  if (row.thing_id === null) return null;
  return namedThing.parse({ kind: row.thing_kind, id: row.thing_id, name: row.thing_name });
}

/** Who did something, from the three columns. */
export function doerOf(kind: string, id: string | null, name: string): Doer {
  return { kind: kind === 'person' || kind === 'outside' ? kind : 'vigie', id, name };
}

function toStored(row: Row): StoredEntry {
  return {
    id: row.id,
    sequence: row.sequence,
    at: row.at,
    who: doerOf(row.who_kind, row.who_id, row.who_name),
    kind: row.kind,
    code: row.code,
    data: row.data,
    thing: thingOf(row),
    ticketId: row.ticket_id,
    ticketNumber: row.ticket_number,
    runId: row.run_id,
    factId: row.fact_id,
    hash: row.hash,
  };
}

const kinds: readonly Entry['kind'][] = ['note', 'incident', 'run', 'estate', 'watch', 'people'];

/** An entry told in the reader's language. */
export function toEntry(row: Row, language: Language): Entry {
  const { id, sequence, at, who, kind, code, data, thing, ticketId, ticketNumber, runId, hash } = toStored(row);
  return {
    id,
    sequence,
    at: at.toISOString(),
    who,
    kind: kinds.find((known) => known === kind) ?? 'note',
    text: tellEntry(code, data, language),
    thing,
    ticketId,
    ticketNumber,
    runId,
    hash,
  };
}

/** What a list of entries is narrowed to. */
export interface EntryFilter {
  readonly search?: string | undefined;
  readonly kind?: Entry['kind'] | undefined;
  readonly thingKind?: ThingRef['kind'] | undefined;
  readonly thingId?: string | undefined;
  readonly ticketId?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

function narrowed(db: Database<'logbook'>, asked: EntryFilter) {
  let all = db.selectFrom('logbook.entry');
  const search = asked.search?.trim() ?? '';
  if (search !== '') all = all.where(sql<boolean>`search @@ logbook.wanted(${search})`);
  if (asked.kind !== undefined) all = all.where('kind', '=', asked.kind);
  if (asked.thingKind !== undefined) all = all.where('thing_kind', '=', asked.thingKind);
  if (asked.thingId !== undefined) all = all.where('thing_id', '=', asked.thingId);
  if (asked.ticketId !== undefined) all = all.where('ticket_id', '=', asked.ticketId);
  if (asked.from !== undefined) all = all.where('at', '>=', new Date(asked.from));
  if (asked.until !== undefined) all = all.where('at', '<', new Date(asked.until));
  return all;
}

/** All SQL about entries. */
export function entryStore(db: Database<'logbook'>) {
  return {
    /** Takes the place after the last link; held until commit, so that entries stand in one row. */
    async lastLink(): Promise<{ sequence: number; hash: string } | null> {
      await sql`select pg_advisory_xact_lock(hashtext('vigie logbook'))`.execute(db);
      const row = await db
        .selectFrom('logbook.entry')
        .select(['sequence', 'hash'])
        .orderBy('sequence', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : { sequence: row.sequence, hash: row.hash };
    },
    /** `words` are all by which an entry is to be found, in both languages. */
    async add(entries: readonly { readonly entry: StoredEntry; readonly words: string }[]): Promise<void> {
      await db
        .insertInto('logbook.entry')
        .values(
          entries.map(({ entry, words }) => ({
            id: entry.id,
            sequence: entry.sequence,
            at: entry.at,
            who_kind: entry.who.kind,
            who_id: entry.who.id,
            who_name: entry.who.name,
            kind: entry.kind,
            code: entry.code,
            data: JSON.stringify(entry.data),
            thing_kind: entry.thing?.kind ?? null,
            thing_id: entry.thing?.id ?? null,
            thing_name: entry.thing?.name ?? null,
            ticket_id: entry.ticketId,
            ticket_number: entry.ticketNumber,
            run_id: entry.runId,
            fact_id: entry.factId,
            hash: entry.hash,
            search: sql<string>`logbook.words_of(${words})`,
          })),
        )
        .execute();
    },
    /** Newest first. A page goes on after an entry's sequence. */
    async list(
      asked: EntryFilter & { readonly after?: string | undefined; readonly limit: number },
      language: Language,
    ): Promise<{ items: Entry[]; total: number }> {
      const counted = await narrowed(db, asked)
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirstOrThrow();
      let rows = narrowed(db, asked).select(entryColumns);
      const after = numberCursor(asked.after);
      if (after !== null)
        rows = rows.where(
          sql<boolean>`(at, sequence) < (select last.at, last.sequence from logbook.entry last where last.sequence = ${after})`,
        );
      const found = await rows.orderBy('at', 'desc').orderBy('sequence', 'desc').limit(asked.limit).execute();
      return { items: found.map((row) => toEntry(row, language)), total: counted.count };
    },
    /** The next links of the chain after a sequence, in order. */
    async chain(after: number, limit: number): Promise<StoredEntry[]> {
      const rows = await db
        .selectFrom('logbook.entry')
        .select(entryColumns)
        .where('sequence', '>', after)
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return rows.map(toStored);
    },
  };
}
