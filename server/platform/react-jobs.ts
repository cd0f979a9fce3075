import { sql, type Kysely } from 'kysely';
import type { Rows } from './database.ts';

/** So many facts of one transaction become one job of each reaction. */
const mostFactsOfJob = 50;
/** With the growing pauses between them: some four days. */
const mostTries = 25;

/** The payloads of the jobs for reactions to facts: those that follow from many facts at once are done together. */
export function reactJobs(facts: readonly { readonly id: string; readonly reactions: readonly string[] }[]): string[] {
  const waiting = new Map<string, string[]>();
  const jobs: { readonly reaction: string; readonly ids: string[] }[] = [];
  for (const { id, reactions } of facts)
    for (const reaction of reactions) {
      let ids = waiting.get(reaction);
      if (ids === undefined || ids.length === mostFactsOfJob) {
        ids = [];
        waiting.set(reaction, ids);
        jobs.push({ reaction, ids });
      }
      ids.push(id);
    }
  return jobs.map(({ reaction, ids }) =>
    JSON.stringify(ids.length === 1 ? { factId: ids[0], reaction } : { factIds: ids, reaction }),
  );
}

/** Queues jobs of reactions, in their order, with one statement. */
export async function addReactJobs(db: Kysely<Rows>, jobs: readonly string[]): Promise<void> {
  if (jobs.length === 0) return;
  await sql`
    select count(*) from graphile_worker.add_jobs(array(
      select row('react', job::json, null, null, ${mostTries}::int, null, null, null)::graphile_worker.job_spec
      from unnest(${[...jobs]}::text[]) with ordinality as wanted (job, place) order by place
    ))`.execute(db);
}
