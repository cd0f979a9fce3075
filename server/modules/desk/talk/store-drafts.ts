import { sql, type Selectable } from 'kysely';
import { messageFormat, presence, visibility, type Draft } from '#contract/desk-words.ts';
import type { z } from 'zod';
import type { Language } from '#contract/words.ts';
import type { Database, Tables } from '#platform/database.ts';
import { fileStore } from './store-files.ts';

export interface DraftText {
  readonly ticketId: string;
  readonly visibility: Draft['visibility'];
  readonly format: Draft['format'];
  readonly body: string;
  readonly attachmentIds: readonly string[];
}

type Row = Selectable<Tables<'desk'>['desk.draft']>;

async function toDrafts(db: Database<'desk'>, rows: readonly Row[]): Promise<Draft[]> {
  const files = await fileStore(db).some(rows.flatMap((row) => row.attachment_ids));
  return rows.map((row) => ({
    id: row.id,
    ticketId: row.ticket_id,
    visibility: visibility.parse(row.visibility),
    format: messageFormat.parse(row.format),
    body: row.body,
    attachments: files.filter(({ id }) => row.attachment_ids.includes(id)),
    revision: row.revision,
    updatedAt: row.updated_at.toISOString(),
  }));
}

const most = 50;

function drafts(db: Database<'desk'>) {
  const lasting = (personId: string) =>
    db.selectFrom('desk.draft').selectAll().where('person_id', '=', personId).where('ended_at', 'is', null);
  return {
    async ofTicket(ticketId: string, personId: string): Promise<Draft[]> {
      const rows = await lasting(personId)
        .where('ticket_id', '=', ticketId)
        .orderBy('updated_at', 'desc')
        .limit(most)
        .execute();
      return toDrafts(db, rows);
    },
    async ofPerson(personId: string, language: Language): Promise<(Draft & { number: number; title: string })[]> {
      const rows = await lasting(personId).orderBy('updated_at', 'desc').limit(most).execute();
      const found = await toDrafts(db, rows);
      if (found.length === 0) return [];
      const tickets = await db
        .selectFrom('desk.ticket')
        .select(['id', 'number', 'title_en', 'title_fr'])
        .where(
          'id',
          'in',
          found.map(({ ticketId }) => ticketId),
        )
        .execute();
      return found.flatMap((draft) => {
        const ticket = tickets.find(({ id }) => id === draft.ticketId);
        if (ticket === undefined) return [];
        return [{ ...draft, number: ticket.number, title: language === 'fr' ? ticket.title_fr : ticket.title_en }];
      });
    },
  };
}

function draftWriter(db: Database<'desk'>) {
  return {
    /** A draft as it is now, held until the end of the transaction. */
    async hold(id: string): Promise<{
      readonly personId: string;
      readonly revision: number;
      readonly body: string;
      readonly ended: boolean;
    } | null> {
      const row = await db.selectFrom('desk.draft').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      return row === undefined
        ? null
        : { personId: row.person_id, revision: row.revision, body: row.body, ended: row.ended_at !== null };
    },
    async put(id: string, personId: string, text: DraftText, revision: number, at: Date): Promise<Draft> {
      const words = {
        visibility: text.visibility,
        format: text.format,
        body: text.body,
        attachment_ids: [...text.attachmentIds],
        revision,
        updated_at: at,
      };
      const row = await db
        .insertInto('desk.draft')
        .values({ id, ticket_id: text.ticketId, person_id: personId, ...words })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(words))
        .returningAll()
        .executeTakeFirstOrThrow();
      const [draft] = await toDrafts(db, [row]);
      if (draft === undefined) throw new Error('a draft that was just kept is gone');
      return draft;
    },
    /** True when it was there and somebody's own. `sent` is what became of it, so that a late saving of the same is known. */
    async end(id: string, personId: string, at: Date, sent?: string): Promise<boolean> {
      const row = await db
        .updateTable('desk.draft')
        .set({ ended_at: at, ...(sent === undefined ? {} : { body: sent }) })
        .where('id', '=', id)
        .where('person_id', '=', personId)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    /** The drafts of a ticket go with its conversation. */
    async sweep(before: Date): Promise<void> {
      await db.deleteFrom('desk.draft').where('ended_at', '<', before).execute();
    },
  };
}

function presences(db: Database<'desk'>) {
  return {
    /** Who else is at a ticket now; of somebody at two devices, what says more. */
    async present(ticketId: string, but: string, now: Date): Promise<z.infer<typeof presence>[]> {
      const { rows } = await sql`select person_id as "personId", min(person_name) as name, max(doing) as doing
        from desk.presence where ticket_id = ${ticketId} and person_id <> ${but} and until > ${now}
        group by person_id order by 2 limit 50`.execute(db);
      return rows.map((row) => presence.parse(row));
    },
    /** Says what somebody does at a ticket; true when others would see a difference. */
    async say(
      who: { ticketId: string; personId: string; device: string; name: string },
      doing: 'views' | 'writes',
      { now, until }: { now: Date; until: Date },
    ): Promise<boolean> {
      const { rows } = await sql<{ changed: boolean }>`
        with before as (
          select doing, until from desk.presence
          where ticket_id = ${who.ticketId} and person_id = ${who.personId} and device = ${who.device}
        ), said as (
          insert into desk.presence (ticket_id, person_id, device, person_name, doing, until)
          values (${who.ticketId}, ${who.personId}, ${who.device}, ${who.name}, ${doing}, ${until})
          on conflict (ticket_id, person_id, device) do update set doing = ${doing}, until = ${until}, person_name = ${who.name}
        )
        select not exists (select from before where doing = ${doing} and until > ${now}) as changed`.execute(db);
      return rows[0]?.changed === true;
    },
    async leave(ticketId: string, personId: string, device: string): Promise<void> {
      await db
        .deleteFrom('desk.presence')
        .where('ticket_id', '=', ticketId)
        .where('person_id', '=', personId)
        .where('device', '=', device)
        .execute();
    },
    /** Takes away what is believed no longer; returns the tickets at which somebody was. */
    async forget(now: Date): Promise<string[]> {
      const rows = await db.deleteFrom('desk.presence').where('until', '<=', now).returning('ticket_id').execute();
      return [...new Set(rows.map((row) => row.ticket_id))];
    },
  };
}

/** All SQL about drafts, and about who is at a ticket. */
export function draftStore(db: Database<'desk'>) {
  return { ...drafts(db), ...draftWriter(db), ...presences(db) };
}
