import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import {
  fold,
  messageChannel,
  messageFormat,
  visibility,
  type Attachment,
  type Message,
  type StreamPage,
} from '#contract/desk-words.ts';
import type { Doer, Language } from '#contract/words.ts';
import type { Database, Tables } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import { attachmentsOf } from './store-files.ts';
import { doerOf, toEvent } from '../tickets/store-story.ts';

export interface NewMessage {
  readonly id: string;
  readonly ticketId: string;
  /** The ticket to which it was written; another one than `ticketId` when that one is merged away. */
  readonly homeId: string;
  readonly at: Date;
  readonly who: Doer;
  readonly requesterId: string | null;
  readonly visibility: Message['visibility'];
  readonly format: Message['format'];
  readonly body: string;
  readonly channel: Message['channel'];
}

/** What an internal note in plain text says beside its words. */
export const plainNote = { requesterId: null, visibility: 'note', format: 'plain', channel: 'screen' } as const;

type Row = Selectable<Tables<'desk'>['desk.message']>;

const folds = z.array(fold);
const mailStates = z.enum(['received', 'waiting', 'sent', 'bounced', 'failed']).nullable();

function toMessage(row: Row, files: ReadonlyMap<string, Attachment[]>): Message {
  return {
    id: row.id,
    at: row.at.toISOString(),
    who: doerOf(row),
    fromRequester: row.requester_id !== null,
    visibility: visibility.parse(row.visibility),
    format: messageFormat.parse(row.format),
    body: row.body,
    channel: messageChannel.parse(row.channel),
    homeId: row.home_ticket_id,
    mailState: mailStates.parse(row.mail_state),
    folds: folds.safeParse(row.mail_folds).data ?? [],
    attachments: files.get(row.id) ?? [],
  };
}

interface Place {
  readonly at: Date;
  readonly id: string;
}

function placeOf(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const [at = '', id = ''] = cursor.split('_');
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime()) || !z.uuid().safeParse(id).success)
    throw new Refusal('bad_input', {}, [{ path: 'before', reason: 'cursor' }]);
  return { at: moment, id };
}

const later = (a: Place, b: Place): number =>
  b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

/** Which part of a ticket's story is read: so much before a place. */
interface Part {
  readonly ticketId: string;
  readonly before: Place | null;
  readonly limit: number;
}

async function messagesOf(
  db: Database<'desk'>,
  { ticketId, before, limit }: Part,
  publicOnly: boolean,
): Promise<Row[]> {
  let all = db.selectFrom('desk.message').selectAll().where('ticket_id', '=', ticketId);
  if (publicOnly) all = all.where('visibility', '=', 'public');
  if (before !== null) all = all.where(sql<boolean>`(at, id) < (${before.at}, ${before.id}::uuid)`);
  return all.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

async function eventsOf(db: Database<'desk'>, { ticketId, before, limit }: Part) {
  let all = db.selectFrom('desk.event').selectAll().where('ticket_id', '=', ticketId);
  if (before !== null) all = all.where(sql<boolean>`(at, id) < (${before.at}, ${before.id}::uuid)`);
  return all.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

function messageReader(db: Database<'desk'>) {
  return {
    /** Messages and events of a ticket as one story: the newest before a place, told oldest first. */
    async stream(
      ticketId: string,
      { before: cursor, limit }: { before?: string | undefined; limit: number },
      language: Language,
    ): Promise<StreamPage> {
      const part = { ticketId, before: placeOf(cursor), limit: limit + 1 };
      const [said, happened] = await Promise.all([messagesOf(db, part, false), eventsOf(db, part)]);
      const all = [
        ...said.map((row) => ({ at: row.at, id: row.id, row, what: 'message' as const })),
        ...happened.map((row) => ({ at: row.at, id: row.id, row, what: 'event' as const })),
      ].toSorted(later);
      const shown = all.slice(0, limit);
      const files = await attachmentsOf(
        db,
        shown.flatMap(({ what, id }) => (what === 'message' ? [id] : [])),
      );
      const first = shown.at(-1);
      return {
        items: shown
          .toReversed()
          .map((one) =>
            one.what === 'message'
              ? { what: 'message', id: one.id, at: one.at.toISOString(), message: toMessage(one.row, files) }
              : { what: 'event', id: one.id, at: one.at.toISOString(), event: toEvent(one.row, language) },
          ),
        before: all.length > limit && first !== undefined ? `${first.at.toISOString()}_${first.id}` : null,
      };
    },
    /** The public messages alone, oldest first. */
    async publicStream(
      ticketId: string,
      { before, limit }: { before?: string | undefined; limit: number },
    ): Promise<{ messages: Message[]; before: string | null }> {
      const found = await messagesOf(db, { ticketId, before: placeOf(before), limit: limit + 1 }, true);
      const rows = found.slice(0, limit);
      const files = await attachmentsOf(
        db,
        rows.map(({ id }) => id),
      );
      const first = rows.at(-1);
      return {
        messages: rows.toReversed().map((row) => toMessage(row, files)),
        before: found.length > limit && first !== undefined ? `${first.at.toISOString()}_${first.id}` : null,
      };
    },
    async get(id: string): Promise<Message | null> {
      const row = await db.selectFrom('desk.message').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toMessage(row, await attachmentsOf(db, [id]));
    },
    /** Those of these messages that are read in a ticket. */
    async among(ticketId: string, ids: readonly string[]): Promise<string[]> {
      const rows = await db
        .selectFrom('desk.message')
        .select('id')
        .where('ticket_id', '=', ticketId)
        .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

function messageWriter(db: Database<'desk'>) {
  return {
    /** Writes a message, and on its ticket that it was written. False when it was written before. */
    async add(message: NewMessage): Promise<boolean> {
      const { ticketId, who, requesterId, at } = message;
      const isPublic = message.visibility === 'public';
      const answers = isPublic && requesterId === null;
      const written = await db
        .with('said', (inside) =>
          inside
            .insertInto('desk.message')
            .values({
              id: message.id,
              ticket_id: ticketId,
              home_ticket_id: message.homeId,
              at,
              who_kind: who.kind,
              who_id: who.id,
              who_name: who.name,
              requester_id: requesterId,
              visibility: message.visibility,
              format: message.format,
              body: message.body,
              channel: message.channel,
            })
            .onConflict((conflict) => conflict.column('id').doNothing())
            .returning('ticket_id'),
        )
        .updateTable('desk.ticket')
        .set({
          updated_at: sql<Date>`greatest(updated_at, ${at})`,
          message_count: sql<number>`message_count + 1`,
          last_message_at: at,
          ...(isPublic ? { last_word: requesterId === null ? 'operator' : 'requester' } : {}),
          ...(answers ? { first_answer_at: sql<Date>`coalesce(first_answer_at, ${at})` } : {}),
          // Whoever was put off until an answer is back with it.
          ...(isPublic && requesterId !== null ? { snoozed_until: null } : {}),
        })
        .where('id', 'in', (all) => all.selectFrom('said').select('ticket_id'))
        .returning('id')
        .executeTakeFirst();
      return written !== undefined;
    },
    async mention(messageId: string, ticketId: string, personIds: readonly string[], at: Date): Promise<void> {
      if (personIds.length === 0) return;
      await db
        .insertInto('desk.mention')
        .values(personIds.map((personId) => ({ message_id: messageId, person_id: personId, ticket_id: ticketId, at })))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async seeMentions(ticketId: string, personId: string, at: Date): Promise<void> {
      await db
        .updateTable('desk.mention')
        .set({ seen_at: at })
        .where('ticket_id', '=', ticketId)
        .where('person_id', '=', personId)
        .where('seen_at', 'is', null)
        .execute();
    },
  };
}

/** All SQL about messages. */
export function messageStore(db: Database<'desk'>) {
  return { ...messageReader(db), ...messageWriter(db) };
}
