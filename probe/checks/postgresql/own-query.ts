import type { Client } from 'pg';
import type { CheckContext } from '#probe/check-kind.ts';
import { withinDeadline } from '#probe/within-deadline.ts';
import { beginReadOnly } from './ask.ts';

/** What a query of the settings gave. */
export interface QueryAnswer {
  /** The first value of the first row; undefined without rows, null for NULL. */
  readonly first: string | null | undefined;
  /** The first rows, as lines. */
  readonly lines: readonly string[];
}

const rowsRead = 20;

/**
 * Runs a query of the settings: one SELECT, VALUES or WITH, in a read-only transaction, through a cursor so that the server
 * never sends more than a few rows. As a prepared statement it cannot be followed by another one.
 */
export async function askOwnQuery(
  client: Client,
  query: string,
  deadlineMs: number,
  context: CheckContext,
): Promise<QueryAnswer> {
  const text = query.trim().replace(/;\s*$/u, '');
  const inTime = <T>(work: Promise<T>): Promise<T> => withinDeadline(work, deadlineMs, context);
  try {
    await inTime(client.query(beginReadOnly(deadlineMs, context)));
    const declare = { text: `DECLARE vigie_own NO SCROLL CURSOR FOR ${text}`, queryMode: 'extended' };
    await inTime(client.query(declare));
    const fetch = { text: `FETCH ${rowsRead} FROM vigie_own`, rowMode: 'array' as const, types: asTexts };
    const { rows } = await inTime(client.query<(string | null)[]>(fetch));
    const [firstRow] = rows;
    return {
      first: firstRow === undefined ? undefined : (firstRow[0] ?? null),
      lines: rows.map((row) => row.map((value) => value ?? 'NULL').join(' | ')),
    };
  } finally {
    await inTime(client.query('ROLLBACK')).catch(() => undefined);
  }
}

/** Values as the server writes them: what a person sees in psql is what is compared. */
const asTexts = { getTypeParser: () => (value: string) => value };
