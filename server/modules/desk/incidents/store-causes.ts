import { sql } from 'kysely';
import type { NamedThing } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

/** All SQL about what incidents come from. */
export function causeStore(db: Database<'desk'>) {
  return {
    /** Only one transaction at a time looks for a cause's open incident and opens it when there is none. */
    async lock(causeKeys: readonly string[]): Promise<void> {
      // In the order of what is locked, so that two who look for the same causes never wait for each other in a circle.
      await sql`select pg_advisory_xact_lock(hashtext('vigie desk cause'), key) from (
        select distinct hashtext(wanted) as key from unnest(${[...causeKeys]}::text[]) wanted order by 1 offset 0
      ) keys`.execute(db);
    },
    /** The open incidents of causes, by cause. */
    async openOf(causeKeys: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const rows = await db
        .selectFrom('desk.ticket')
        .select(['id', 'cause_key'])
        .where('cause_key', '=', sql<string>`any(${[...causeKeys]}::text[])`)
        .where('state', 'not in', ['resolved', 'cancelled'])
        .execute();
      return new Map(rows.map(({ id, cause_key }) => [cause_key ?? '', id]));
    },
    /** What a ticket comes from turned out to be something else. */
    async set(ticketId: string, cause: NamedThing, causeKey: string): Promise<void> {
      await db
        .updateTable('desk.ticket')
        .set({ cause_kind: cause.kind, cause_id: cause.id, cause_name: cause.name, cause_key: causeKey })
        .where('id', '=', ticketId)
        .execute();
    },
  };
}
