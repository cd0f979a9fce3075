import type { RowDataPacket } from 'mysql2';
import { z } from 'zod';
import type { CheckContext } from '#probe/check-kind.ts';
import { withinDeadline } from '#probe/within-deadline.ts';
import type { MysqlSettings } from './settings.ts';
import { failure, type SignedIn } from './sign-in.ts';

/** Asks one question and gives its rows, by column. Throws session failures and ServerError. */
export type Ask = (text: string) => Promise<Record<string, unknown>[]>;

/** Asks over a signed-in connection, within the run's time. */
export function asking(
  { connection, line }: SignedIn,
  settings: MysqlSettings,
  deadlineMs: number,
  context: CheckContext,
): Ask {
  return async (text) => {
    try {
      const [rows] = await withinDeadline(connection.promise().query<RowDataPacket[]>(text), deadlineMs, context);
      return z.array(z.record(z.string(), z.unknown())).parse(Array.isArray(rows) ? rows : []);
    } catch (error) {
      throw failure(error, settings, line, context);
    }
  };
}

/** A value as a number; undefined when it is none. */
export function numberOf(value: unknown): number | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** A value as the text that a client would show; null for NULL. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
    ? String(value)
    : JSON.stringify(value);
}
