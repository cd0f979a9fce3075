import type { CheckContext, Metric, MetricUnit } from '#probe/check-kind.ts';
import { counterGrowth, counterRate } from '#probe/counter-rate.ts';
import type { Ask } from './ask.ts';
import {
  lookAtActivity,
  lookAtArchiver,
  lookAtBlocked,
  lookAtDatabases,
  lookAtStatements,
  type Activity,
  type Archiver,
  type Blocked,
  type ServerFacts,
} from './look.ts';
import { lookAtTables } from './look-at-tables.ts';
import { lookAtReplay, lookAtSlots, lookAtStandbys, type Replay, type Standby } from './look-at-replication.ts';

/** Everything measured about a server in one run. */
export interface Health {
  readonly server: ServerFacts;
  readonly activity: Activity | undefined;
  readonly blocked: readonly Blocked[];
  readonly standbys: readonly Standby[];
  readonly replay: Replay | undefined;
  readonly archiver: Archiver | undefined;
  /** Values by the name of their metric; what could not be measured is absent. */
  readonly values: ReadonlyMap<string, Measured>;
}

/** A value with its unit. */
export interface Measured {
  readonly value: number;
  readonly unit: MetricUnit;
}

/** Asks everything that belongs to a server of this role. */
export async function lookAtHealth(ask: Ask, server: ServerFacts, context: CheckContext): Promise<Health> {
  const activity = await lookAtActivity(ask, server);
  const blocked = (activity?.waiting ?? 0) > 0 ? await lookAtBlocked(ask) : [];
  const standbys = await lookAtStandbys(ask);
  const replay = server.standby ? await lookAtReplay(ask) : undefined;
  const archiver = await lookAtArchiver(ask);
  const values = new Map<string, Measured>();
  const note = (name: string, unit: MetricUnit, value: number | null | undefined): void => {
    if (value !== undefined && value !== null && Number.isFinite(value)) values.set(name, { unit, value });
  };
  note('uptime', 'seconds', server.uptime);
  noteActivity(note, activity, server);
  await noteCounters(note, ask, server, context);
  note('standbys', 'count', standbys.filter(({ state }) => state === 'streaming').length);
  for (const { name, lagBytes, lagSeconds } of standbys) {
    note(`standbyLagBytes:${name.slice(0, 60)}`, 'bytes', lagBytes);
    note(`standbyLag:${name.slice(0, 60)}`, 'seconds', lagSeconds);
  }
  note('replayLagBytes', 'bytes', replay?.lagBytes);
  note('replayLag', 'seconds', replay?.lagSeconds);
  note('slotRetained', 'bytes', await lookAtSlots(ask));
  note('archiveAge', 'seconds', archiver?.succeeded);
  return { server, activity, blocked, standbys, replay, archiver, values };
}

type Note = (name: string, unit: MetricUnit, value: number | null | undefined) => void;

function noteActivity(note: Note, activity: Activity | undefined, server: ServerFacts): void {
  if (activity === undefined) return;
  note('connections', 'count', activity.connections);
  note('connectionsUsed', 'percent', (activity.connections * 100) / Math.max(1, server.connectionsMax));
  note('active', 'count', activity.active);
  note('waiting', 'count', activity.waiting);
  note('lockWait', 'seconds', activity.lockWait ?? 0);
  note('transactionAge', 'seconds', activity.transactionAge ?? 0);
  note('idleInTransactionAge', 'seconds', activity.idleInTransactionAge ?? 0);
  note('queryAge', 'seconds', activity.queryAge ?? 0);
}

// Below this many blocks read since the last run, their ratio says nothing.
const tellingBlocks = 200;

async function noteCounters(note: Note, ask: Ask, server: ServerFacts, context: CheckContext): Promise<void> {
  const facts = await lookAtDatabases(ask);
  if (facts === undefined) return;
  note('databaseSize', 'bytes', facts.size);
  note('wraparound', 'percent', facts.agePercent);
  note('transactions', 'perSecond', counterRate('transactions', facts.transactions, context));
  note('deadlocks', 'perSecond', counterRate('deadlocks', facts.deadlocks, context));
  note('tempBytes', 'bytesPerSecond', counterRate('tempBytes', facts.tempBytes, context));
  const hit = counterGrowth('blocksHit', facts.hit, context)?.grown;
  const read = counterGrowth('blocksRead', facts.read, context)?.grown;
  if (hit !== undefined && read !== undefined && hit + read >= tellingBlocks) {
    note('cacheHit', 'percent', (hit * 100) / (hit + read));
  }
  noteGrowth(note, facts.size, context);
  for (const { name, rows } of await lookAtTables(ask).catch(() => []))
    note(`rowsReadWhole:${name.slice(0, 100)}`, 'perSecond', counterRate(`rowsReadWhole:${name}`, rows, context));
  if (!server.statements) return;
  // Its view may lie in a schema that is not searched, or its library not be loaded: then there is nothing to tell.
  const counted = await lookAtStatements(ask, server).catch(() => undefined);
  if (counted === undefined) return;
  const calls = counterGrowth('statementCalls', counted.calls, context)?.grown;
  const timeMs = counterGrowth('statementTime', counted.totalMs, context)?.grown;
  if (calls !== undefined && timeMs !== undefined && calls > 0) note('statementTime', 'ms', timeMs / calls);
}

/** Growth in bytes a second; a database may shrink, which a counter may not. */
function noteGrowth(note: Note, size: number, context: CheckContext): void {
  const nowMs = context.clock.nowMs();
  const before = context.memory.get('size');
  const beforeMs = context.memory.get('size@');
  context.memory.set('size', size);
  context.memory.set('size@', nowMs);
  if (typeof before !== 'number' || typeof beforeMs !== 'number' || nowMs <= beforeMs) return;
  note('databaseGrowth', 'bytesPerSecond', ((size - before) * 1000) / (nowMs - beforeMs));
}

/** The values as metrics. */
export function healthMetrics({ values }: Health): Metric[] {
  return [...values].map(([name, { unit, value }]) => ({ name, unit, value }));
}
