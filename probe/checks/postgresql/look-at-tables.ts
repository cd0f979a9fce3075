import { z } from 'zod';
import type { Ask } from './ask.ts';

/** Rows that were read from a table by going through all of it, counted since its server's start. */
export interface TableReads {
  readonly name: string;
  readonly rows: number;
}

const row = z.object({ name: z.string(), rows: z.coerce.number() });
/** A small table is best read whole: below this many rows an index would not be used. */
const leastRows = 10_000;
const most = 5;

/** The tables of this database that are read whole most (pg_stat_user_tables, seq_tup_read), those that are large. */
export async function lookAtTables(ask: Ask): Promise<TableReads[]> {
  return ask(
    `SELECT schemaname || '.' || relname AS name, seq_tup_read AS rows FROM pg_stat_user_tables
     WHERE n_live_tup >= ${leastRows} AND seq_scan > 0 ORDER BY seq_tup_read DESC LIMIT ${most}`,
    row,
  );
}
