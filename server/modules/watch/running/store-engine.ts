import { sql } from 'kysely';
import { z } from 'zod';
import { verdict } from '#contract/watch.ts';
import type { Database } from '#platform/database.ts';
import type { StoredResult } from '../watched-check.ts';

/** A check as far as it can be told without reading it whole. */
export interface CheckVersion {
  readonly id: string;
  readonly changedMs: number;
  readonly intervalMs: number;
  /** Nothing is known of it yet. */
  readonly isNew: boolean;
}

/** Checks that somebody wants to run at once. */
export interface RunRequest {
  readonly id: string;
  readonly checkIds: readonly string[];
}

const storedResult = z.object({
  at: z.iso.datetime().transform((at) => new Date(at)),
  verdict,
  reason: z.object({
    code: z.string(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  confirming: z.boolean(),
  durationMs: z.number(),
  output: z.string(),
});

const resultsById = z.record(z.string(), storedResult);
const keptValues = z.record(z.string(), z.union([z.string(), z.number()]));

/** What a check has kept from run to run. */
export type KeptValues = z.infer<typeof keptValues>;

function requestStore(db: Database<'watch'>) {
  return {
    async ask(id: string, checkIds: readonly string[], at: Date): Promise<void> {
      await db
        .insertInto('watch.run_request')
        .values({ id, check_ids: [...checkIds], asked_at: at })
        .execute();
    },
    /** Takes what nobody has taken yet. What was asked before `after` is not waited for any more: it goes. */
    async take(at: Date, after: Date): Promise<RunRequest[]> {
      await db.deleteFrom('watch.run_request').where('asked_at', '<', after).execute();
      const rows = await db
        .updateTable('watch.run_request')
        .set({ taken_at: at })
        .where('taken_at', 'is', null)
        .returning(['id', 'check_ids'])
        .execute();
      return rows.map((row) => ({ id: row.id, checkIds: row.check_ids }));
    },
    async answer(id: string, results: ReadonlyMap<string, StoredResult>): Promise<void> {
      await db
        .updateTable('watch.run_request')
        .set({ results: JSON.stringify(Object.fromEntries(results)) })
        .where('id', '=', id)
        .execute();
    },
    /** How a request stands: null when it is gone, results when it is answered. */
    async lookAt(id: string): Promise<{ taken: boolean; results: Map<string, StoredResult> | null } | null> {
      const row = await db
        .selectFrom('watch.run_request')
        .select(['taken_at', 'results'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return null;
      const results = row.results === null ? null : new Map(Object.entries(resultsById.parse(row.results)));
      return { taken: row.taken_at !== null, results };
    },
    async drop(id: string): Promise<void> {
      await db.deleteFrom('watch.run_request').where('id', '=', id).execute();
    },
  };
}

/** All SQL between whoever watches and those who ask: requests to run, the pulse, what checks keep. */
export function engineStore(db: Database<'watch'>) {
  return {
    requests: requestStore(db),
    /** Every check that is to run, and when it was changed last. */
    async versions(): Promise<CheckVersion[]> {
      const { rows } = await sql<{ id: string; ms: number; interval_ms: number; is_new: boolean }>`
        select id, extract(epoch from changed_at)::float8 * 1000 as ms, interval_ms, state = 'unknown' as is_new
        from watch.check where not paused`.execute(db);
      return rows.map(({ id, ms, interval_ms: intervalMs, is_new: isNew }) => ({
        id,
        changedMs: Math.floor(ms + 0.0005),
        intervalMs,
        isNew,
      }));
    },
    /** Leave that was given before addresses were noted beside it is for the address as it stands now. */
    async noteLeave(id: string, address: string): Promise<void> {
      await db
        .updateTable('watch.check')
        .set({ special_address: address })
        .where('id', '=', id)
        .where('special_address', 'is', null)
        .execute();
    },
    /** Secrets are for the address as it stood when they were given. */
    async noteSecretAddress(id: string, address: string): Promise<void> {
      await db
        .updateTable('watch.check')
        .set({ secret_address: address })
        .where('id', '=', id)
        .where('secret_address', 'is', null)
        .execute();
    },
    async kept(checkNumbers: readonly number[]): Promise<Map<number, KeptValues>> {
      if (checkNumbers.length === 0) return new Map();
      const rows = await db
        .selectFrom('watch.check_kept')
        .selectAll()
        .where('check_number', '=', sql<number>`any(${[...checkNumbers]}::integer[])`)
        .execute();
      return new Map(rows.map((row) => [row.check_number, keptValues.parse(row.kept)]));
    },
    async keep(kept: ReadonlyMap<number, string>): Promise<void> {
      if (kept.size === 0) return;
      // A check may have been removed since it ran.
      await sql`
        insert into watch.check_kept (check_number, kept)
        select n.check_number, n.kept::jsonb
        from unnest(${[...kept.keys()]}::integer[], ${[...kept.values()]}::text[]) as n (check_number, kept)
        join watch.check on "check".number = n.check_number
        on conflict (check_number) do update set kept = excluded.kept`.execute(db);
    },
    async tellPulse(at: Date, figures: object): Promise<void> {
      const row = { at, figures: JSON.stringify(figures) };
      await db
        .insertInto('watch.engine_pulse')
        .values(row)
        .onConflict((conflict) => conflict.column('only_row').doUpdateSet(row))
        .execute();
    },
    async pulse(): Promise<{ at: Date; figures: unknown } | null> {
      return (await db.selectFrom('watch.engine_pulse').select(['at', 'figures']).executeTakeFirst()) ?? null;
    },
  };
}
