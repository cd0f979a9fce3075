import type { Doer, NamedThing, ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { namedThing } from './store-check.ts';

/** Alerts of a check, or of all checks of a thing, held back until a moment. */
export interface StoredSilence {
  readonly id: string;
  readonly target: NamedThing | null;
  readonly checkId: string | null;
  readonly reason: string;
  readonly until: Date;
  readonly by: Doer;
  readonly createdAt: Date;
}

function silenceRows(db: Database<'watch'>) {
  return db
    .selectFrom('watch.silence as silence')
    .leftJoin('estate.pub_thing as thing', (join) =>
      join.onRef('thing.kind', '=', 'silence.target_kind').onRef('thing.id', '=', 'silence.target_id'),
    )
    .selectAll('silence')
    .select('thing.name as target_name');
}

/** All SQL about silences. */
export function silenceStore(db: Database<'watch'>) {
  return {
    async open(now: Date): Promise<StoredSilence[]> {
      const rows = await silenceRows(db)
        .where('silence.ended_at', 'is', null)
        .where('silence.until', '>', now)
        .orderBy('silence.until')
        .limit(10_000)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        target: namedThing(row.target_kind, row.target_id, row.target_name),
        checkId: row.check_id,
        reason: row.reason,
        until: row.until,
        by: { kind: 'person', id: row.by_id, name: row.by_name },
        createdAt: row.created_at,
      }));
    },
    async add(silence: Omit<StoredSilence, 'target'> & { readonly target: ThingRef | null }): Promise<void> {
      await db
        .insertInto('watch.silence')
        .values({
          id: silence.id,
          target_kind: silence.target?.kind ?? null,
          target_id: silence.target?.id ?? null,
          check_id: silence.checkId,
          reason: silence.reason,
          until: silence.until,
          by_id: silence.by.id,
          by_name: silence.by.name,
          created_at: silence.createdAt,
        })
        .execute();
    },
    /** False when it was not in force. */
    async end(id: string, at: Date): Promise<boolean> {
      const row = await db
        .updateTable('watch.silence')
        .set({ ended_at: at })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .where('until', '>', at)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
