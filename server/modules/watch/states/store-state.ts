import { sql } from 'kysely';
import type { State } from '#contract/alert.ts';
import type { NamedThing } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

/** What is written of a check’s state. */
export function stateWriter(db: Database<'watch'>) {
  return {
    async setState(
      id: string,
      now: {
        readonly state: State;
        readonly since: Date;
        readonly failingSince: Date | null;
        readonly flapping: boolean;
        readonly because: NamedThing | null;
      },
    ): Promise<void> {
      await db
        .updateTable('watch.check')
        .set({
          state: now.state,
          since: now.since,
          failing_since: now.failingSince,
          flapping: now.flapping,
          because_kind: now.because?.kind ?? null,
          because_id: now.because?.id ?? null,
          because_name: now.because?.name ?? null,
        })
        .where('id', '=', id)
        .execute();
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
