import { numberOf, textOf, type Ask } from './ask.ts';
import { ServerError } from './sign-in.ts';

/** What a server says of itself. */
export interface ServerFacts {
  readonly version: string;
  readonly isMaria: boolean;
  readonly readOnly: boolean;
  readonly connectionsMax: number;
}

/** One source that a server replicates from. */
export interface Source {
  readonly name: string;
  readonly receiving: boolean;
  readonly applying: boolean;
  readonly lagSeconds: number | undefined;
  readonly said: string;
}

/** Who waits for a lock, and for whom. */
export interface Wait {
  readonly waiting: string;
  readonly blocking: string;
}

/** What the sessions do. Ages in seconds. */
export interface Activity {
  readonly waiting: number;
  readonly lockWait: number;
  readonly transactionAge: number;
  readonly queryAge: number;
  readonly replicas: number;
}

/** Version, kind and whether it may be written to. */
export async function lookAtServer(ask: Ask): Promise<ServerFacts> {
  const [row] = await ask(
    'SELECT VERSION() AS version, @@global.read_only AS readOnly, @@global.max_connections AS connectionsMax',
  );
  const version = textOf(row?.['version']) ?? '?';
  return {
    version: version.replace(/^5\.5\.5-/u, ''),
    isMaria: /mariadb/iu.test(version),
    readOnly: Number(row?.['readOnly']) === 1,
    connectionsMax: numberOf(row?.['connectionsMax']) ?? 0,
  };
}

const counters = [
  'Uptime',
  'Threads_connected',
  'Threads_running',
  'Questions',
  'Slow_queries',
  'Aborted_connects',
  'Created_tmp_disk_tables',
  'Innodb_deadlocks',
  'Innodb_buffer_pool_read_requests',
  'Innodb_buffer_pool_reads',
];

/** The counters of the server, by name. */
export async function lookAtCounters(ask: Ask): Promise<ReadonlyMap<string, number>> {
  const rows = await ask(`SHOW GLOBAL STATUS WHERE Variable_name IN ('${counters.join(`','`)}')`);
  const found = new Map<string, number>();
  for (const row of rows) {
    const value = numberOf(row['Value']);
    if (value !== undefined) found.set(textOf(row['Variable_name']) ?? '', value);
  }
  return found;
}

/** Sessions, transactions and waits. Needs PROCESS. */
export async function lookAtActivity(ask: Ask): Promise<Activity> {
  const [sessions] = await ask(
    `SELECT SUM(COMMAND LIKE 'Binlog Dump%') AS replicas, SUM(STATE LIKE 'Waiting for table%lock') AS waiting,
       MAX(IF(STATE LIKE 'Waiting for table%lock', TIME, 0)) AS waited,
       MAX(IF(COMMAND IN ('Query', 'Execute') AND ID <> CONNECTION_ID(), TIME, 0)) AS query
     FROM information_schema.PROCESSLIST`,
  );
  const [transactions] = await ask(
    `SELECT MAX(TIMESTAMPDIFF(SECOND, trx_started, NOW())) AS oldest, SUM(trx_state = 'LOCK WAIT') AS waiting,
       MAX(IF(trx_state = 'LOCK WAIT', TIMESTAMPDIFF(SECOND, trx_wait_started, NOW()), 0)) AS waited
     FROM information_schema.INNODB_TRX`,
  );
  return {
    replicas: countOf(sessions, 'replicas'),
    waiting: countOf(sessions, 'waiting') + countOf(transactions, 'waiting'),
    lockWait: Math.max(countOf(sessions, 'waited'), countOf(transactions, 'waited')),
    transactionAge: countOf(transactions, 'oldest'),
    queryAge: countOf(sessions, 'query'),
  };
}

function countOf(row: Record<string, unknown> | undefined, name: string): number {
  return numberOf(row?.[name]) ?? 0;
}

/** Who waits for whom in InnoDB. MySQL moved this in version 8. */
export async function lookAtWaits(ask: Ask, { isMaria }: ServerFacts): Promise<Wait[]> {
  const rows = await ask(
    isMaria
      ? `SELECT w.trx_mysql_thread_id AS waiting, b.trx_mysql_thread_id AS blocking
         FROM information_schema.INNODB_LOCK_WAITS l
         JOIN information_schema.INNODB_TRX w ON w.trx_id = l.requesting_trx_id
         JOIN information_schema.INNODB_TRX b ON b.trx_id = l.blocking_trx_id LIMIT 5`
      : 'SELECT waiting_pid AS waiting, blocking_pid AS blocking FROM sys.innodb_lock_waits LIMIT 5',
  ).catch((error: unknown) => {
    // A server without that table, or a user without the right to it, has the count of waits all the same.
    if (error instanceof ServerError) return [];
    throw error;
  });
  return rows.map((row) => ({ waiting: textOf(row['waiting']) ?? '?', blocking: textOf(row['blocking']) ?? '?' }));
}

/** The sources that a server replicates from, in the words of either dialect. */
export async function lookAtSources(ask: Ask, { isMaria }: ServerFacts): Promise<Source[]> {
  const rows = isMaria
    ? await ask('SHOW ALL SLAVES STATUS')
    : await ask('SHOW REPLICA STATUS').catch((error: unknown) => {
        // Before 8.0.22 the word was not known.
        if (error instanceof ServerError && error.number === 1064) return ask('SHOW SLAVE STATUS');
        throw error;
      });
  return rows.slice(0, 20).map((row) => {
    const either = (...names: string[]): unknown => names.map((name) => row[name]).find((each) => each !== undefined);
    return {
      name: textOf(either('Connection_name', 'Channel_Name')) ?? '',
      receiving: textOf(either('Replica_IO_Running', 'Slave_IO_Running')) === 'Yes',
      applying: textOf(either('Replica_SQL_Running', 'Slave_SQL_Running')) === 'Yes',
      lagSeconds: numberOf(either('Seconds_Behind_Source', 'Seconds_Behind_Master')),
      said:
        [either('Last_SQL_Error'), either('Last_IO_Error')].map(textOf).find((each) => each !== null && each !== '') ??
        '',
    };
  });
}

/** Bytes of a database, or of all when none is named. */
export async function lookAtSize(ask: Ask, database: string): Promise<number | undefined> {
  const where = database === '' ? '' : ' WHERE table_schema = DATABASE()';
  const [row] = await ask(`SELECT SUM(data_length + index_length) AS size FROM information_schema.TABLES${where}`);
  return numberOf(row?.['size']);
}
