import { sql } from 'kysely';
import { z } from 'zod';
import { silenceEnd } from '#contract/alert.ts';
import type { ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

/** A silence in force at a moment, as watch shows it. */
export interface SilenceShown {
  readonly id: string;
  /** What it names; null where it names a tag or single checks. */
  readonly target: string | null;
  readonly tag: string | null;
  /** Also what depends on the target, or on what carries the tag. */
  readonly below: boolean;
  readonly reason: string;
  readonly by: string;
  readonly ends: z.infer<typeof silenceEnd>;
  readonly until: Date;
  /** What is down is told all the same. */
  readonly unlessWorse: boolean;
}

/** A check of a thing, with the silences that name it, its kind or its name. */
export interface CheckShown {
  readonly name: string;
  readonly state: string;
  readonly silenceIds: readonly string[];
}

const mostSilences = 10_000;
const mostChecks = 1_000;

/** What watch shows of silences, and of the checks on things. */
export function silenceReader(db: Database<'notify'>) {
  return {
    /** Those whose moment is later than `at`, those that end first first. */
    async inForce(at: Date): Promise<SilenceShown[]> {
      const rows = await db
        .selectFrom('watch.pub_silence')
        .selectAll()
        .where('until', '>', at)
        .orderBy('until')
        .limit(mostSilences)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        target: row.target_id,
        tag: row.tag,
        below: row.below,
        reason: row.reason,
        by: row.by_name,
        ends: silenceEnd.parse(row.ends),
        until: row.until,
        unlessWorse: row.unless_worse === true,
      }));
    },
    /** The checks of a thing that are not paused. */
    async checksOf({ kind, id }: ThingRef): Promise<CheckShown[]> {
      const rows = await db
        .selectFrom('watch.pub_check as check')
        .select(['check.name', 'check.state'])
        .select(
          sql<string[]>`array(select silence_id from watch.pub_silenced_check s where s.check_id = "check".id)`.as(
            'ids',
          ),
        )
        .where('check.target_kind', '=', kind)
        .where('check.target_id', '=', id)
        .where('check.paused', '=', false)
        .orderBy('check.name')
        .limit(mostChecks)
        .execute();
      return rows.map(({ name, state, ids }) => ({ name, state, silenceIds: ids }));
    },
    /**
     * Whether our own line fails now, so that nothing would be known of this thing: not what the line is told of with, and
     * nothing that still answers.
     */
    async lineFailsTo({ kind, id }: ThingRef): Promise<boolean> {
      const { rows } = await sql<{ fails: boolean }>`
        select exists (
          select from watch.pub_check line
          where line.kind = 'own-line' and line.state = 'down' and not line.paused and line.target_id <> ${id}
        ) and not exists (
          select from watch.pub_check c
          where c.target_kind = ${kind} and c.target_id = ${id} and not c.paused and c.state in ('up', 'degraded')
        ) as fails`.execute(db);
      return rows[0]?.fails === true;
    },
    /** The first of these things that is down, or unreachable itself; null where all stand. */
    async firstDown(things: readonly ThingRef[]): Promise<string | null> {
      if (things.length === 0) return null;
      const { rows } = await sql<{ name: string }>`
        select t.name
        from unnest(${things.map(({ kind }) => kind)}::text[], ${things.map(({ id }) => id)}::uuid[])
          with ordinality as asked (kind, id, place)
        join estate.pub_thing t on t.kind = asked.kind and t.id = asked.id
        where exists (
          select from watch.pub_check c
          where c.target_kind = asked.kind and c.target_id = asked.id and not c.paused
            and c.state in ('down', 'unreachable')
        )
        order by asked.place limit 1`.execute(db);
      return rows[0]?.name ?? null;
    },
  };
}
