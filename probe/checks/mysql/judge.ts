import type { CheckContext, Metric, ReasonOf } from '#probe/check-kind.ts';
import { counterGrowth, counterRate } from '#probe/counter-rate.ts';
import { beyondLimits, type Finding } from '#probe/limit-reasons.ts';
import { judgeFirstValue, noQuery, queryFailed, type QueryFinding } from '#probe/query-judgement.ts';
import { textOf, type Ask } from './ask.ts';
import type { Activity, ServerFacts, Source, Wait } from './look.ts';
import type { MysqlSettings } from './settings.ts';
import { ServerError } from './sign-in.ts';
import type { MysqlReasons } from './texts.ts';

type Found = Finding<ReasonOf<MysqlReasons>>;

/** Everything measured about a server in one run. */
export interface Health {
  readonly server: ServerFacts;
  readonly counters: ReadonlyMap<string, number>;
  readonly activity: Activity;
  readonly waits: readonly Wait[];
  readonly sources: readonly Source[];
  readonly size: number | undefined;
}

// Below this many pages read since the last run, their ratio says nothing.
const tellingPages = 200;

/** The health as metrics. */
export function measure({ server, counters, activity, sources, size }: Health, context: CheckContext): Metric[] {
  const metrics: Metric[] = [];
  const note = (name: string, unit: Metric['unit'], value: number | undefined): void => {
    if (value !== undefined && Number.isFinite(value)) metrics.push({ name, unit, value });
  };
  const rate = (name: string, counter: string): void => {
    const value = counters.get(counter);
    if (value !== undefined) note(name, 'perSecond', counterRate(counter, value, context));
  };
  const connected = counters.get('Threads_connected');
  note('uptime', 'seconds', counters.get('Uptime'));
  note('connections', 'count', connected);
  note('connectionsUsed', 'percent', ((connected ?? 0) * 100) / Math.max(1, server.connectionsMax));
  note('active', 'count', counters.get('Threads_running'));
  rate('questions', 'Questions');
  rate('slow', 'Slow_queries');
  rate('aborted', 'Aborted_connects');
  rate('diskTables', 'Created_tmp_disk_tables');
  rate('deadlocks', 'Innodb_deadlocks');
  const asked = counterGrowth('poolAsked', counters.get('Innodb_buffer_pool_read_requests') ?? 0, context)?.grown ?? 0;
  const read = counterGrowth('poolRead', counters.get('Innodb_buffer_pool_reads') ?? 0, context)?.grown ?? 0;
  if (asked >= tellingPages) note('cacheHit', 'percent', Math.max(0, (asked - read) * 100) / asked);
  note('waiting', 'count', activity.waiting);
  note('lockWait', 'seconds', activity.lockWait);
  note('transactionAge', 'seconds', activity.transactionAge);
  note('queryAge', 'seconds', activity.queryAge);
  note('replicas', 'count', activity.replicas);
  for (const { name, lagSeconds } of sources)
    note(name === '' ? 'lag' : `lag:${name.slice(0, 60)}`, 'seconds', lagSeconds);
  note('databaseSize', 'bytes', size);
  return metrics;
}

const gib = 1024 ** 3;

/** What counts against the server, the gravest sorts first. */
export function judgeHealth(settings: MysqlSettings, health: Health, metrics: readonly Metric[]): Found[] {
  const { beyondIs } = settings;
  const held = (metric: string, limit: number, side: 'above' | 'below' = 'above') =>
    metrics
      .filter(({ name }) => name.replace(/:.*$/u, '') === metric)
      .map(({ name, unit, value }) => ({ metric, instance: name.slice(metric.length + 1), unit, value, limit, side }));
  const limits = [
    ...held('connectionsUsed', settings.maxConnectionsPercent),
    ...held('lag', settings.maxLagSeconds),
    ...held('transactionAge', settings.maxTransactionSeconds),
    ...held('queryAge', settings.maxQuerySeconds),
    ...held('slow', settings.maxSlowPerMinute / 60),
    ...held('aborted', settings.maxAbortedPerMinute / 60),
    ...held('databaseSize', settings.maxSizeGib * gib),
    ...held('cacheHit', settings.minCacheHitPercent, 'below'),
  ];
  return [...judgeReplication(settings, health), ...judgeWaits(settings, health), ...beyondLimits(limits, beyondIs)];
}

function judgeReplication(settings: MysqlSettings, { activity, sources }: Health): Found[] {
  const found: Found[] = [];
  const isReplica = sources.length > 0;
  if (settings.role !== 'any' && (settings.role === 'replica') !== isReplica) {
    found.push({ verdict: 'down', reason: { code: 'otherRole', data: { role: isReplica ? 'replica' : 'primary' } } });
  }
  if (activity.replicas < settings.replicasExpected) {
    const data = { found: activity.replicas, expected: settings.replicasExpected };
    found.push({ verdict: 'down', reason: { code: 'replicasMissing', data } });
  }
  for (const { receiving, applying, said, name } of sources) {
    if (receiving && applying) continue;
    const data = { source: name, receiving, applying, said: said.slice(0, 200) };
    found.push({ verdict: 'down', reason: { code: 'replicationStopped', data } });
  }
  return found;
}

function judgeWaits({ maxLockWaitSeconds: limit, beyondIs }: MysqlSettings, { activity, waits }: Health): Found[] {
  if (limit === 0 || activity.lockWait <= limit) return [];
  const { waiting, lockWait: seconds } = activity;
  const data = { waiting, seconds, limit, blockedBy: waits[0]?.blocking ?? '' };
  return [{ verdict: beyondIs, reason: { code: 'blocked', data } }];
}

/** Whether the server may be written to as it should. */
export function judgeAccess({ access }: MysqlSettings, { readOnly }: ServerFacts): Found[] {
  if (access === 'any' || (access === 'readOnly') === readOnly) return [];
  return [{ verdict: 'down', reason: { code: readOnly ? 'isReadOnly' : 'isWritable', data: {} } }];
}

const reading = /^(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:select|with|show|values|table|\()/iu;
const rowsRead = 20;

/** Queries that would not only read: they are not sent at all. */
export function judgeWords({ query, backupQuery }: MysqlSettings): Found[] {
  const writing = [query, backupQuery].find((each) => each.trim() !== '' && !reading.test(each));
  if (writing === undefined) return [];
  return [{ verdict: 'unknown', reason: { code: 'queryNotReading', data: { query: writing.slice(0, 100) } } }];
}

/** Makes the session one in which a query can neither change anything nor take long. */
export async function makeReadOnly(ask: Ask, { isMaria }: ServerFacts, leftMs: number): Promise<void> {
  const time = isMaria ? `max_statement_time = ${leftMs / 1000}` : `max_execution_time = ${Math.ceil(leftMs)}`;
  await ask(`SET SESSION ${time}, lock_wait_timeout = 1, sql_select_limit = ${rowsRead}`);
  await ask('SET SESSION TRANSACTION READ ONLY');
}

/** Runs and judges the query of the settings. */
export async function judgeQuery(ask: Ask, settings: MysqlSettings, context: CheckContext): Promise<QueryFinding> {
  if (settings.query.trim() === '') return noQuery;
  const startedMs = context.clock.nowMs();
  const answer = await askOrFind(ask, settings.query);
  if ('found' in answer) return answer;
  const judged = judgeFirstValue(settings, answer.first);
  const time: Metric = { name: 'queryTime', unit: 'ms', value: context.clock.nowMs() - startedMs };
  return { ...judged, metrics: [time, ...judged.metrics], lines: answer.lines };
}

/** Runs the query that tells when the last backup was, and judges its age. */
export async function judgeBackup(ask: Ask, settings: MysqlSettings): Promise<QueryFinding> {
  if (settings.backupQuery.trim() === '') return noQuery;
  const answer = await askOrFind(ask, settings.backupQuery);
  if ('found' in answer) return answer;
  const { first } = answer;
  const age = first === undefined || first === null ? undefined : await ageOf(ask, first);
  if (age === undefined) return judgeFirstValue({ ...settings, queryExpected: '', queryAbove: 0 }, first ?? undefined);
  const limit = settings.maxBackupHours * 3_600;
  return {
    ...noQuery,
    found: beyondLimits([{ metric: 'backupAge', unit: 'seconds', value: age, limit }], settings.beyondIs),
    metrics: [{ name: 'backupAge', unit: 'seconds', value: age }],
  };
}

/** Seconds since a moment, by the server's own clock; a plain number is taken as seconds. */
async function ageOf(ask: Ask, told: string): Promise<number | undefined> {
  if (/^\d+(?:\.\d+)?$/u.test(told)) return Number(told);
  if (!/^\d{4}-\d\d-\d\d[ T\d:.+Z-]*$/u.test(told)) return undefined;
  const [row] = await ask(`SELECT TIMESTAMPDIFF(SECOND, '${told}', NOW()) AS age`);
  const age = textOf(row?.['age']);
  return age === null ? undefined : Number(age);
}

interface Answer {
  readonly first: string | null | undefined;
  readonly lines: readonly string[];
}

async function askOrFind(ask: Ask, query: string): Promise<Answer | QueryFinding> {
  try {
    const rows = await ask(query);
    const [row] = rows;
    const [value] = row === undefined ? [] : Object.values(row);
    return {
      first: row === undefined ? undefined : textOf(value),
      lines: rows.slice(0, rowsRead).map((each) =>
        Object.values(each)
          .map((cell) => textOf(cell) ?? 'NULL')
          .join(' | '),
      ),
    };
  } catch (error) {
    if (error instanceof ServerError) return queryFailed(error, String(error.number));
    throw error;
  }
}
