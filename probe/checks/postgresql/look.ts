import { z } from 'zod';
import { numeric, numericOrNull, type Ask } from './ask.ts';

const serverRow = z.object({
  version: z.string(),
  number: numeric,
  standby: z.boolean(),
  uptime: numeric,
  connectionsMax: numeric,
  monitor: z.boolean(),
  statements: z.boolean(),
});
/** What the server says of itself. */
export type ServerFacts = z.infer<typeof serverRow>;

/** Version, role and rights. Works from PostgreSQL 10 on. */
export async function lookAtServer(ask: Ask): Promise<ServerFacts | undefined> {
  const [row] = await ask(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
       pg_is_in_recovery() AS standby,
       extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())::float8 AS uptime,
       current_setting('max_connections')::int AS "connectionsMax",
       pg_has_role(current_user, 'pg_monitor', 'USAGE') AS monitor,
       EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_stat_statements') AS statements`,
    serverRow,
  );
  return row;
}

const activityRow = z.object({
  connections: numeric,
  active: numeric,
  waiting: numeric,
  lockWait: numericOrNull,
  transactionAge: numericOrNull,
  idleInTransactionAge: numericOrNull,
  queryAge: numericOrNull,
});
/** What the sessions do. Ages in seconds. */
export type Activity = z.infer<typeof activityRow>;

/** All sessions of the server, counted and timed. */
export async function lookAtActivity(ask: Ask, server: ServerFacts): Promise<Activity | undefined> {
  // Since 14 the moment at which waiting began is known; before, the start of the statement stands for it.
  const since = server.number >= 140_000 ? `coalesce(l.since, a.query_start)` : 'a.query_start';
  const waits =
    server.number >= 140_000
      ? `LEFT JOIN (SELECT pid, min(waitstart) AS since FROM pg_locks WHERE NOT granted GROUP BY pid) l ON l.pid = a.pid`
      : '';
  const [row] = await ask(
    `SELECT count(*) FILTER (WHERE client) AS connections,
       count(*) FILTER (WHERE client AND state = 'active') AS active,
       count(*) FILTER (WHERE waiting) AS waiting,
       max(age(since)) FILTER (WHERE waiting) AS "lockWait",
       max(age(xact_start)) FILTER (WHERE client) AS "transactionAge",
       max(age(state_change)) FILTER (WHERE state LIKE 'idle in transaction%') AS "idleInTransactionAge",
       max(age(query_start)) FILTER (WHERE client AND state = 'active') AS "queryAge"
     FROM (SELECT a.*, a.backend_type = 'client backend' AS client, a.wait_event_type = 'Lock' AS waiting,
         ${since} AS since FROM pg_stat_activity a ${waits} WHERE a.pid <> pg_backend_pid()) s`.replaceAll(
      /age\((\w+)\)/gu,
      'extract(epoch FROM clock_timestamp() - $1)::float8',
    ),
    activityRow,
  );
  return row;
}

const blockedRow = z.object({
  pid: numeric,
  user: z.string().nullable(),
  application: z.string().nullable(),
  blockedBy: z.string(),
  seconds: numericOrNull,
  statement: z.string().nullable(),
});
/** A session that waits for a lock. */
export type Blocked = z.infer<typeof blockedRow>;

/** The sessions that have waited longest, and for whom. */
export function lookAtBlocked(ask: Ask): Promise<Blocked[]> {
  return ask(
    `SELECT pid, usename::text AS "user", application_name AS application,
       array_to_string(pg_blocking_pids(pid), ', ') AS "blockedBy",
       extract(epoch FROM clock_timestamp() - query_start)::float8 AS seconds, left(query, 120) AS statement
     FROM pg_stat_activity WHERE wait_event_type = 'Lock' ORDER BY query_start LIMIT 5`,
    blockedRow,
  );
}

const databaseRow = z.object({
  hit: numeric,
  read: numeric,
  transactions: numeric,
  deadlocks: numeric,
  tempBytes: numeric,
  size: numeric,
  agePercent: numeric,
});
/** Counters of all databases since their start, the size of this one, and how near the wraparound of transactions is. */
export type DatabaseFacts = z.infer<typeof databaseRow>;

/** Counters and sizes. */
export async function lookAtDatabases(ask: Ask): Promise<DatabaseFacts | undefined> {
  const [row] = await ask(
    `SELECT sum(blks_hit) AS hit, sum(blks_read) AS read, sum(xact_commit + xact_rollback) AS transactions,
       sum(deadlocks) AS deadlocks, sum(temp_bytes) AS "tempBytes",
       pg_database_size(current_database()) AS size,
       (SELECT max(age(datfrozenxid)) FROM pg_database)::float8 * 100 / 2147483648 AS "agePercent"
     FROM pg_stat_database`,
    databaseRow,
  );
  return row;
}

const statementRow = z.object({ calls: numericOrNull, totalMs: numericOrNull });

/** All statements that pg_stat_statements has counted; undefined where it is not to be read. */
export async function lookAtStatements(ask: Ask, server: ServerFacts): Promise<{ calls: number; totalMs: number }> {
  const time = server.number >= 130_000 ? 'total_exec_time' : 'total_time';
  const [row] = await ask(
    `SELECT sum(calls) AS calls, sum(${time}) AS "totalMs" FROM pg_stat_statements`,
    statementRow,
  );
  return { calls: row?.calls ?? 0, totalMs: row?.totalMs ?? 0 };
}

const archiverRow = z.object({
  succeeded: numericOrNull,
  failed: numericOrNull,
  failures: numeric,
});
/** Seconds since a WAL file was last archived, and since that last failed; null when it never happened. */
export type Archiver = z.infer<typeof archiverRow>;

/** How archiving goes. */
export async function lookAtArchiver(ask: Ask): Promise<Archiver | undefined> {
  const [row] = await ask(
    `SELECT extract(epoch FROM clock_timestamp() - last_archived_time)::float8 AS succeeded,
       extract(epoch FROM clock_timestamp() - last_failed_time)::float8 AS failed, failed_count AS failures
     FROM pg_stat_archiver`,
    archiverRow,
  );
  return row;
}
