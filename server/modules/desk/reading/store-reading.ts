import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';
import type { FileFault } from './read-file.ts';

/** A document whose words are to be read. */
export interface WaitingFile {
  readonly id: string;
  readonly type: string;
  /** One of the names under which it was sent. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly tries: number;
}

/** All SQL about reading documents for their words. */
export function readingStore(db: Database<'desk'>) {
  return {
    /** Most of the time there is none. */
    async isAny(now: Date): Promise<boolean> {
      const { rows } = await sql<{ waits: boolean }>`select exists (select from desk.blob
        where reading = 'waiting' and reading_at <= ${now}) as waits`.execute(db);
      return rows[0]?.waits ?? false;
    },
    /** Takes one that waits; whoever dies while reading it leaves it to others after `until`. */
    async claim(now: Date, until: Date): Promise<WaitingFile | null> {
      const { rows } = await sql<WaitingFile>`
        update desk.blob b set reading_tries = b.reading_tries + 1, reading_at = ${until}
        where b.id = (select id from desk.blob where reading = 'waiting' and reading_at <= ${now}
          order by reading_at limit 1 for update skip locked)
        returning b.id, b.type, b.size_bytes as "sizeBytes", b.reading_tries as tries,
          coalesce((select a.name from desk.attachment a where a.blob_id = b.id limit 1), '') as name`.execute(db);
      return rows[0] ?? null;
    },
    /** Writes what was read; the tickets in whose messages it lies. Whoever sends it meanwhile waits for that. */
    async finish(id: string, words: string): Promise<string[]> {
      await db
        .updateTable('desk.blob')
        .set({ words, reading: 'done', reading_at: null })
        .where('id', '=', id)
        .execute();
      const { rows } = await sql<{ id: string }>`select distinct m.ticket_id as id from desk.attachment a
        join desk.message m on m.id = a.message_id where a.blob_id = ${id} order by 1 limit 1000`.execute(db);
      return rows.map((row) => row.id);
    },
    async giveUp(id: string, fault: FileFault): Promise<void> {
      await db
        .updateTable('desk.blob')
        .set({ reading: 'failed', reading_at: null, reading_fault: fault })
        .where('id', '=', id)
        .execute();
    },
  };
}
