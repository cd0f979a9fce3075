import { sql } from 'kysely';
import { namedThing, type InBoth, type Language, type NamedThing } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';

/** What the logbook keeps of an incident. */
export interface KeptIncident {
  readonly ticketId: string;
  readonly number: number;
  readonly title: InBoth;
  readonly summary: InBoth;
  readonly cause: NamedThing | null;
  readonly causeKey: string | null;
  readonly failingSince: Date;
}

const columns = [
  'number',
  'title_en',
  'title_fr',
  'cause_kind',
  'cause_id',
  'cause_name',
  'cause_key',
  'failing_since',
] as const;

interface Row {
  number: number;
  title_en: string;
  title_fr: string;
  cause_kind: string | null;
  cause_id: string | null;
  cause_name: string | null;
  cause_key: string | null;
  failing_since: Date;
  summary_en: string;
  summary_fr: string;
}

/** What is kept of an incident, from its row. */
export function toIncident(ticketId: string, row: Row): KeptIncident {
  const { cause_kind: kind, cause_id: id, cause_name: name } = row;
  return {
    ticketId,
    number: row.number,
    title: { en: row.title_en, fr: row.title_fr },
    summary: { en: row.summary_en, fr: row.summary_fr },
    cause: id === null ? null : namedThing.parse({ kind, id, name }),
    causeKey: row.cause_key,
    failingSince: row.failing_since,
  };
}

/** All SQL about what is kept of incidents. */
export function incidentStore(db: Database<'logbook'>) {
  return {
    /** Keeps an incident as it is now; what opens again is no longer resolved. */
    async keep(incident: KeptIncident): Promise<void> {
      const words = {
        title_en: incident.title.en,
        title_fr: incident.title.fr,
        cause_kind: incident.cause?.kind ?? null,
        cause_id: incident.cause?.id ?? null,
        cause_name: incident.cause?.name ?? null,
        cause_key: incident.causeKey,
      };
      await db
        .insertInto('logbook.incident')
        .values({
          ticket_id: incident.ticketId,
          number: incident.number,
          summary_en: incident.summary.en,
          summary_fr: incident.summary.fr,
          failing_since: incident.failingSince,
          ...words,
        })
        .onConflict((conflict) => conflict.column('ticket_id').doUpdateSet({ ...words, resolved_at: null }))
        .execute();
    },
    async resolve(ticketId: string, at: Date): Promise<void> {
      await db.updateTable('logbook.incident').set({ resolved_at: at }).where('ticket_id', '=', ticketId).execute();
    },
    /** As it was kept; as desk has it when its first fact is still on the way. */
    async get(ticketId: string): Promise<KeptIncident | null> {
      const row =
        (await db
          .selectFrom('logbook.incident')
          .select([...columns, 'summary_en', 'summary_fr'])
          .where('ticket_id', '=', ticketId)
          .executeTakeFirst()) ??
        (await db
          .selectFrom('desk.pub_ticket')
          .select([...columns, sql<string>`''`.as('summary_en'), sql<string>`''`.as('summary_fr')])
          .where('id', '=', ticketId)
          .executeTakeFirst());
      return row === undefined ? null : toIncident(ticketId, row);
    },
    async number(ticketId: string): Promise<number | null> {
      const row =
        (await db
          .selectFrom('logbook.incident')
          .select('number')
          .where('ticket_id', '=', ticketId)
          .executeTakeFirst()) ??
        (await db.selectFrom('desk.pub_ticket').select('number').where('id', '=', ticketId).executeTakeFirst());
      return row?.number ?? null;
    },
    /** The language of a person known by name; null when there is none or more than one. */
    async languageOf(name: string): Promise<Language | null> {
      const rows = await db
        .selectFrom('people.pub_person')
        .select('language')
        .where('name', '=', name)
        .where('active', '=', true)
        .limit(2)
        .execute();
      const spoken = new Set(rows.map((row) => (row.language === 'fr' ? 'fr' : 'en') satisfies Language));
      return spoken.size === 1 ? ([...spoken][0] ?? null) : null;
    },
  };
}
