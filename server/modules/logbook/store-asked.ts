import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';
import { incidentStore, toIncident, type KeptIncident } from './store-incident.ts';

/** A ticket as it was asked. */
export interface AskedTicket extends KeptIncident {
  /** The first that was said of it; empty for nothing. */
  readonly said: string;
}

/** A ticket of any kind: what stands in its title, and the first that was said of it. */
export async function askedTicket(db: Database<'logbook'>, ticketId: string): Promise<AskedTicket | null> {
  const row = await db
    .selectFrom('desk.pub_asked as asked')
    .leftJoin('logbook.incident as kept', 'kept.ticket_id', 'asked.id')
    .select([
      'asked.number',
      'asked.title_en',
      'asked.title_fr',
      'asked.cause_kind',
      'asked.cause_id',
      'asked.cause_name',
      'asked.cause_key',
      'asked.failing_since',
      'asked.said',
      sql<string>`coalesce(kept.summary_en, '')`.as('summary_en'),
      sql<string>`coalesce(kept.summary_fr, '')`.as('summary_fr'),
    ])
    .where('asked.id', '=', ticketId)
    .executeTakeFirst();
  if (row !== undefined) return { ...toIncident(ticketId, row), said: row.said ?? '' };
  // An incident whose ticket is on its way yet, or cancelled meanwhile.
  const kept = await incidentStore(db).get(ticketId);
  return kept === null ? null : { ...kept, said: '' };
}
