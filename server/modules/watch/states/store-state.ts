import { sql } from 'kysely';
import type { State } from '#contract/alert.ts';
import type { NamedThing } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

/** How a check stands. */
export interface CheckState {
  readonly id: string;
  readonly state: State;
  readonly since: Date;
  readonly failingSince: Date | null;
  readonly flapping: boolean;
  readonly because: NamedThing | null;
}

/** What is written of checks’ states. */
export function stateWriter(db: Database<'watch'>) {
  return {
    /** Checks that are held already: nobody waits for another here. */
    async setStates(all: readonly CheckState[]): Promise<void> {
      if (all.length === 0) return;
      const rows = all.map(({ id, state, since, failingSince, flapping, because }) => ({
        id,
        state,
        since,
        failing_since: failingSince,
        flapping,
        because_kind: because?.kind ?? null,
        because_id: because?.id ?? null,
        because_name: because?.name ?? null,
      }));
      await sql`
        update watch.check c set state = n.state, since = n.since, failing_since = n.failing_since, flapping = n.flapping,
          because_kind = n.because_kind, because_id = n.because_id, because_name = n.because_name
        from json_to_recordset(${JSON.stringify(rows)}::json) as n (id uuid, state text, since timestamptz,
          failing_since timestamptz, flapping boolean, because_kind text, because_id uuid, because_name text)
        where c.id = n.id`.execute(db);
    },
    /** Sets unknown checks without an open alert to up; returns those that it did. */
    async setFirstUp(ids: readonly string[], at: Date): Promise<{ id: string; number: number }[]> {
      const { rows } = await sql<{ id: string; number: number }>`
        update watch.check set state = 'up', since = ${at}, failing_since = null, flapping = false,
          because_kind = null, because_id = null, because_name = null
        where id in (select id from watch.check where id = any(${[...ids]}::uuid[]) order by id for update)
          and state = 'unknown' and not paused
          and not exists (select from watch.alert where check_id = "check".id and cleared_at is null)
        returning id, number`.execute(db);
      return rows;
    },
  };
}
