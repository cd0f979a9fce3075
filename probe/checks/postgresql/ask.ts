import type { Client, QueryResult } from 'pg';
import { z } from 'zod';
import type { CheckContext } from '#probe/check-kind.ts';
import { withinDeadline } from '#probe/within-deadline.ts';

/** Asks one question and reads its rows. */
export type Ask = <Row>(text: string, row: z.ZodType<Row>) => Promise<Row[]>;

/** A number as PostgreSQL sends it: whole numbers of 64 bits come as texts. */
export const numeric = z.union([z.number(), z.string().regex(/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu)]).transform(Number);
/** The same where SQL may say null. */
export const numericOrNull = z.union([numeric, z.null()]);

/** The beginning of every transaction of a check: nothing is changed, nobody is waited for, nothing outlasts the run. */
export function beginReadOnly(deadlineMs: number, context: CheckContext): string {
  const leftMs = Math.max(1, Math.round(deadlineMs - context.clock.nowMs()));
  return `BEGIN READ ONLY; SET LOCAL statement_timeout = ${leftMs}; SET LOCAL lock_timeout = ${Math.min(1_000, leftMs)};`;
}

/**
 * Asks over a signed-in connection, within the run's time, each question in a read-only transaction of its own: settings
 * are local to it, so that nothing stays behind in a pooler's connection.
 */
export function asking(client: Client, deadlineMs: number, context: CheckContext): Ask {
  return async (text, row) => {
    const question = `${beginReadOnly(deadlineMs, context)} ${text}; COMMIT`;
    try {
      const answered: unknown = await withinDeadline(client.query(question), deadlineMs, context);
      return z.array(row).parse(rowsOf(answered));
    } catch (error) {
      await withinDeadline(client.query('ROLLBACK'), deadlineMs, context);
      throw error;
    }
  };
}

/** The declarations know one result; several statements give a list, of which the one before COMMIT has the rows. */
function rowsOf(answered: unknown): unknown {
  const results = z.array(z.custom<QueryResult>((each) => typeof each === 'object')).parse(answered);
  return results.at(-2)?.rows ?? [];
}
