import { sql } from 'kysely';
import type { Clock } from './clock.ts';
import type { DatabaseParts } from './database.ts';

/** Long after the last try of a reaction, which gives up after some four days. */
const factDays = 30;
const atOnce = 5_000;

/**
 * Forgets facts, and which reactions they had, once nothing can come of them any more; a fact that a job still waits for
 * stays. What is to be remembered stands in the logbook. In pieces, so that none outlasts the bound on statements.
 */
export async function forgetFacts(
  { database, clock }: { readonly database: DatabaseParts; readonly clock: Clock },
  signal: AbortSignal,
): Promise<void> {
  const before = new Date(clock.now().getTime() - factDays * 86_400_000);
  for (let forgotten = atOnce; forgotten === atOnce && !signal.aborted;) {
    const { rows: gone } = await sql<{ id: string }>`
      delete from platform.fact where id in (
        select fact.id from platform.fact fact
        where fact.at < ${before} and not exists (
          select from graphile_worker._private_jobs job where job.payload ->> 'factId' = fact.id::text
        ) and not exists (
          select from graphile_worker._private_jobs job, json_array_elements_text(job.payload -> 'factIds') waiting (id)
          where waiting.id = fact.id::text
        )
        order by fact.at limit ${atOnce}
      ) returning id`.execute(database.kysely);
    forgotten = gone.length;
  }
  for (let forgotten = atOnce; forgotten === atOnce && !signal.aborted;) {
    const { rows: gone } = await sql<{ reaction: string }>`
      delete from platform.reaction_done where (fact_id, reaction) in (
        select done.fact_id, done.reaction from platform.reaction_done done
        where done.at < ${before} and not exists (select from platform.fact where id = done.fact_id) limit ${atOnce}
      ) returning reaction`.execute(database.kysely);
    forgotten = gone.length;
  }
}
