import type { Client } from 'pg';
import type { CheckContext, Metric } from '#probe/check-kind.ts';
import { beyondLimits } from '#probe/limit-reasons.ts';
import { judgeFirstValue, noQuery, queryFailed, type QueryFinding } from '#probe/query-judgement.ts';
import { askOwnQuery, type QueryAnswer } from './own-query.ts';
import type { PostgresqlSettings } from './settings.ts';
import { sqlState } from './sign-in.ts';

/** Runs and judges the query of the settings. Errors that the server sends are findings; others are thrown. */
export async function judgeQuery(
  client: Client,
  settings: PostgresqlSettings,
  deadlineMs: number,
  context: CheckContext,
): Promise<QueryFinding> {
  if (settings.query.trim() === '') return noQuery;
  const startedMs = context.clock.nowMs();
  const answer = await askOrFind(client, settings.query, deadlineMs, context);
  if ('found' in answer) return answer;
  const time: Metric = { name: 'queryTime', unit: 'ms', value: context.clock.nowMs() - startedMs };
  const judged = judgeFirstValue(settings, answer.first);
  return { ...judged, metrics: [time, ...judged.metrics], lines: answer.lines };
}

/** Runs the query that tells when the last backup was, and judges its age. */
export async function judgeBackup(
  client: Client,
  settings: PostgresqlSettings,
  deadlineMs: number,
  context: CheckContext,
): Promise<QueryFinding> {
  if (settings.backup !== 'query' || settings.backupQuery.trim() === '') return noQuery;
  // The server tells ages by its own clock: a query that gives a moment is turned into one that gives seconds.
  const text = settings.backupQuery.trim().replace(/;\s*$/u, '');
  const asAge = `SELECT CASE WHEN moment::text ~ '^[0-9.]+$' THEN moment::text::float8
    ELSE extract(epoch FROM clock_timestamp() - (moment::text)::timestamptz) END::float8
    FROM (${text}) AS vigie_backup (moment) LIMIT 1`;
  const answer = await askOrFind(client, asAge, deadlineMs, context);
  if ('found' in answer) return answer;
  const { first } = answer;
  if (first === undefined || first === null) {
    return { ...noQuery, found: [{ verdict: settings.beyondIs, reason: { code: 'queryNoRow', data: {} } }] };
  }
  const value = Number(first);
  const limit = settings.maxBackupHours * 3_600;
  return {
    ...noQuery,
    found: beyondLimits([{ metric: 'backupAge', unit: 'seconds', value, limit }], settings.beyondIs),
    metrics: [{ name: 'backupAge', unit: 'seconds', value }],
  };
}

async function askOrFind(
  client: Client,
  query: string,
  deadlineMs: number,
  context: CheckContext,
): Promise<QueryAnswer | QueryFinding> {
  try {
    return await askOwnQuery(client, query, deadlineMs, context);
  } catch (error) {
    const state = sqlState(error);
    if (state === undefined) throw error;
    return queryFailed(error, state);
  }
}
