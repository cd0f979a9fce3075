import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '#platform/database.ts';
import type { LastBeat } from '#probe/inside-view.ts';

const beatKind = z.enum(['ok', 'fail', 'start']);

/** A call as it is stored. */
export interface BeatRow extends LastBeat {
  readonly checkNumber: number;
}

/** The address of a check, its word still sealed. */
export interface BeatAddress {
  readonly sealed: Buffer;
  readonly lastAt: Date | null;
  readonly lastKind: LastBeat['kind'] | null;
  readonly lastFrom: string;
  readonly calls: number;
}

/** One call as it came in. */
export interface Call {
  readonly at: Date;
  readonly kind: LastBeat['kind'];
  readonly exitCode: number | null;
  readonly body: string;
  readonly from: string;
}

function lastRows(db: Database<'watch'>) {
  return db.selectFrom('watch.beat').where('last_at', 'is not', null).selectAll();
}

type LastRow = Awaited<ReturnType<ReturnType<typeof lastRows>['executeTakeFirstOrThrow']>>;

function toBeats(row: LastRow): BeatRow[] {
  if (row.last_at === null) return [];
  return [
    {
      checkNumber: row.check_number,
      at: row.last_at,
      kind: beatKind.catch('ok').parse(row.last_kind),
      exitCode: row.last_exit_code,
      body: row.last_body,
      from: row.last_from,
      startedAt: row.started_at,
      tookMs: row.took_ms,
    },
  ];
}

/** All SQL about the calls of heartbeat checks. */
export function beatStore(db: Database<'watch'>) {
  return {
    async last(): Promise<BeatRow[]> {
      return (await lastRows(db).execute()).flatMap(toBeats);
    },
    async lastOf(checkId: string): Promise<BeatRow | null> {
      const row = await lastRows(db)
        .where('check_number', 'in', db.selectFrom('watch.check').select('number').where('id', '=', checkId))
        .executeTakeFirst();
      return row === undefined ? null : (toBeats(row)[0] ?? null);
    },
    async address(checkNumber: number): Promise<BeatAddress | null> {
      const row = await db
        .selectFrom('watch.beat')
        .select(['secret_sealed', 'last_at', 'last_kind', 'last_from', 'calls'])
        .where('check_number', '=', checkNumber)
        .executeTakeFirst();
      if (row === undefined) return null;
      const lastKind = row.last_kind === null ? null : beatKind.parse(row.last_kind);
      return { sealed: row.secret_sealed, lastAt: row.last_at, lastKind, lastFrom: row.last_from, calls: row.calls };
    },
    /** Gives a check an address; one that it has stays unless it is to be replaced. */
    async give(
      checkNumber: number,
      word: { readonly hash: Buffer; readonly sealed: Buffer },
      replace: boolean,
    ): Promise<void> {
      const values = { check_number: checkNumber, secret_hash: word.hash, secret_sealed: word.sealed };
      const adding = db.insertInto('watch.beat').values(values);
      const { hash, sealed } = word;
      await (
        replace
          ? adding.onConflict((on) =>
              on.column('check_number').doUpdateSet({ secret_hash: hash, secret_sealed: sealed }),
            )
          : adding.onConflict((on) => on.column('check_number').doNothing())
      ).execute();
    },
    /** Takes a call; the id of its check, or null when no address has that word. A start leaves the last end as it was. */
    async take(hash: Buffer, call: Call): Promise<string | null> {
      const { rows } = await sql<{ id: string }>`
        update watch.beat set
          last_at = ${call.at}, last_kind = ${call.kind}, last_exit_code = ${call.exitCode}, last_body = ${call.body},
          last_from = ${call.from}, calls = calls + 1,
          started_at = case when ${call.kind} = 'start' then ${call.at}::timestamptz end,
          took_ms = case when ${call.kind} = 'start' then took_ms
            when started_at is not null then extract(epoch from ${call.at}::timestamptz - started_at) * 1000 end
        from watch.check
        where secret_hash = ${hash} and "check".number = beat.check_number
        returning "check".id`.execute(db);
      return rows[0]?.id ?? null;
    },
  };
}
