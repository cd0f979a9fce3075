import { sql } from 'kysely';
import type { Attachment } from '#contract/desk-words.ts';
import type { Database } from '#platform/database.ts';
import { unreadWhy } from '../reading/unread-why.ts';
import { previewOf } from './file-kind.ts';

interface Row {
  readonly id: string;
  readonly message_id: string | null;
  readonly name: string;
  readonly type: string;
  readonly size_bytes: number;
  readonly runs: boolean;
  readonly reading: string;
  readonly reading_fault: string | null;
  readonly added_at: Date;
  readonly added_by_name: string;
}

const columns = sql`a.id, a.message_id, a.name, b.type, b.size_bytes, b.runs, b.reading, b.reading_fault, a.added_at, a.added_by_name`;

function toAttachment(row: Row): Attachment {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    sizeBytes: row.size_bytes,
    preview: previewOf(row),
    runs: row.runs,
    unread: unreadWhy({ ...row, sizeBytes: row.size_bytes, fault: row.reading_fault }),
    addedAt: row.added_at.toISOString(),
    addedBy: row.added_by_name,
  };
}

/** The files of messages, by message. */
export async function attachmentsOf(
  db: Database<'desk'>,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, Attachment[]>> {
  const found = new Map<string, Attachment[]>();
  if (messageIds.length === 0) return found;
  const { rows } = await sql<Row>`select ${columns} from desk.attachment a join desk.blob b on b.id = a.blob_id
    where a.message_id = any(${[...messageIds]}::uuid[]) order by a.added_at, a.id`.execute(db);
  for (const row of rows) {
    const of = found.get(row.message_id ?? '') ?? [];
    found.set(row.message_id ?? '', [...of, toAttachment(row)]);
  }
  return found;
}

/** A file as it is given out. */
export interface StoredFile {
  readonly blobId: string;
  readonly ticketId: string;
  readonly name: string;
  readonly type: string;
  readonly runs: boolean;
  readonly sizeBytes: number;
  /** True when it belongs to a message that its requester may read. */
  readonly isPublic: boolean;
  readonly requesterPersonId: string | null;
}

/** So many files of a ticket are listed. */
const mostFiles = 500;

function fileReader(db: Database<'desk'>) {
  return {
    async ofTicket(ticketId: string): Promise<{ items: Attachment[]; more: boolean }> {
      const { rows } = await sql<Row>`select ${columns} from desk.attachment a join desk.blob b on b.id = a.blob_id
        join desk.message m on m.id = a.message_id where m.ticket_id = ${ticketId} order by a.added_at, a.id limit ${mostFiles + 1}`.execute(
        db,
      );
      return { items: rows.slice(0, mostFiles).map(toAttachment), more: rows.length > mostFiles };
    },
    async some(ids: readonly string[]): Promise<Attachment[]> {
      if (ids.length === 0) return [];
      const { rows } = await sql<Row>`select ${columns} from desk.attachment a join desk.blob b on b.id = a.blob_id
        where a.id = any(${[...ids]}::uuid[]) order by a.added_at, a.id`.execute(db);
      return rows.map(toAttachment);
    },
    async file(id: string): Promise<StoredFile | null> {
      const { rows } = await sql<StoredFile>`
        select b.id as "blobId", coalesce(m.ticket_id, a.ticket_id) as "ticketId", a.name, b.type, b.runs,
          b.size_bytes as "sizeBytes", coalesce(m.visibility = 'public', false) as "isPublic", r.person_id as "requesterPersonId"
        from desk.attachment a join desk.blob b on b.id = a.blob_id and b.hash is not null
        left join desk.message m on m.id = a.message_id
        left join desk.ticket t on t.id = coalesce(m.home_ticket_id, a.ticket_id)
        left join desk.requester r on r.id = t.requester_id where a.id = ${id}`.execute(db);
      return rows[0] ?? null;
    },
    /** The content that has this hash, and its words as far as they are known; it stays until the transaction ends. */
    async blobOf(hash: Buffer): Promise<{ readonly id: string; readonly words: string } | null> {
      const { rows } = await sql<{
        id: string;
        words: string;
      }>`select id, words from desk.blob where hash = ${hash} for share`.execute(db);
      return rows[0] ?? null;
    },
    async part(blobId: string, ordinal: number): Promise<Buffer | null> {
      const row = await db
        .selectFrom('desk.blob_part')
        .select('bytes')
        .where('blob_id', '=', blobId)
        .where('ordinal', '=', ordinal)
        .executeTakeFirst();
      return row?.bytes ?? null;
    },
    /** A file that was announced by somebody and has no content yet, or had it and is not sent. */
    async announced(id: string): Promise<{
      name: string;
      addedById: string | null;
      empty: boolean;
      sent: boolean;
      blobId: string | null;
    } | null> {
      const row = await db
        .selectFrom('desk.attachment')
        .select(['name', 'added_by_id', 'blob_id', 'message_id'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined
        ? null
        : {
            name: row.name,
            addedById: row.added_by_id,
            empty: row.blob_id === null,
            sent: row.message_id !== null,
            blobId: row.blob_id,
          };
    },
  };
}

function fileWriter(db: Database<'desk'>) {
  return {
    async announce(file: {
      id: string;
      ticketId: string;
      name: string;
      at: Date;
      byId: string;
      byName: string;
    }): Promise<void> {
      await db
        .insertInto('desk.attachment')
        .values({
          id: file.id,
          ticket_id: file.ticketId,
          name: file.name,
          added_at: file.at,
          added_by_id: file.byId,
          added_by_name: file.byName,
        })
        .execute();
    },
    async openBlob(id: string, at: Date): Promise<void> {
      await db
        .insertInto('desk.blob')
        .values({ id, size_bytes: 0, type: 'application/octet-stream', created_at: at })
        .execute();
    },
    async addPart(blobId: string, ordinal: number, bytes: Buffer): Promise<void> {
      await db.insertInto('desk.blob_part').values({ blob_id: blobId, ordinal, bytes }).execute();
    },
    /** Closes what came in; where the same content is here already, that one is meant from now on. */
    async closeBlob(
      id: string,
      what: {
        hash: Buffer;
        sizeBytes: number;
        type: string;
        runs: boolean;
        words: string;
        /** From when on its words are to be read by whoever reads documents; null when there is nothing to read. */
        readAt: Date | null;
      },
    ): Promise<string> {
      const same = await fileReader(db).blobOf(what.hash);
      if (same !== null) {
        await db.deleteFrom('desk.blob').where('id', '=', id).execute();
        return same.id;
      }
      await db
        .updateTable('desk.blob')
        .set({
          hash: what.hash,
          size_bytes: what.sizeBytes,
          type: what.type,
          runs: what.runs,
          words: what.words,
          ...(what.readAt === null ? {} : { reading: 'waiting', reading_at: what.readAt }),
        })
        .where('id', '=', id)
        .execute();
      return id;
    },
    async dropBlob(id: string): Promise<void> {
      await db.deleteFrom('desk.blob').where('id', '=', id).where('hash', 'is', null).execute();
    },
  };
}

function fileGiver(db: Database<'desk'>) {
  return {
    async fill(attachmentId: string, blobId: string): Promise<void> {
      await db.updateTable('desk.attachment').set({ blob_id: blobId }).where('id', '=', attachmentId).execute();
    },
    /** Gives files that somebody announced to a message; returns their readable words. */
    async give(ids: readonly string[], messageId: string, personId: string): Promise<string[]> {
      if (ids.length === 0) return [];
      // Held, so that words that are being read now are either here already or added by whoever reads them.
      await sql`select b.id from desk.blob b join desk.attachment a on a.blob_id = b.id
        where a.id = any(${[...ids]}::uuid[]) order by b.id for share of b`.execute(db);
      const { rows } = await sql<{ words: string }>`update desk.attachment a set message_id = ${messageId}
        from desk.blob b where b.id = a.blob_id and a.id = any(${[...ids]}::uuid[]) and a.message_id is null
          and a.added_by_id = ${personId} returning a.name || ' ' || b.words as words`.execute(db);
      return rows.map(({ words }) => words);
    },
    async remove(id: string): Promise<void> {
      await db.deleteFrom('desk.attachment').where('id', '=', id).where('message_id', 'is', null).execute();
    },
    /** What was begun and never finished, and files that no message and no draft has taken since. */
    async sweep(before: Date): Promise<void> {
      await sql`delete from desk.attachment a where a.message_id is null and a.added_at < ${before}
        and not exists (select from desk.draft d where d.ended_at is null and a.id = any(d.attachment_ids))`.execute(
        db,
      );
      await sql`delete from desk.blob b where b.created_at < ${before}
        and not exists (select from desk.attachment a where a.blob_id = b.id)
        and not exists (select from desk.message m where m.mail_raw_id = b.id)
        and not exists (select from desk.mail_in i where i.raw_id = b.id)`.execute(db);
    },
  };
}

/** All SQL about files. */
export function fileStore(db: Database<'desk'>) {
  return { ...fileReader(db), ...fileWriter(db), ...fileGiver(db) };
}
