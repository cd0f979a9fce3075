import type { ReasonOf } from '#probe/check-kind.ts';
import { beyondLimits, type Finding, type Limited } from '#probe/limit-reasons.ts';
import type { Health } from './health.ts';
import type { PostgresqlSettings } from './settings.ts';
import type { PostgresqlReasons } from './texts.ts';

type Found = Finding<ReasonOf<PostgresqlReasons>>;

const mib = 1024 * 1024;
const gib = 1024 * mib;

/** What in the measured values counts against the server, in the order of importance. */
export function judgeHealth(settings: PostgresqlSettings, health: Health): Found[] {
  return [
    ...judgeReplication(settings, health),
    ...judgeArchiver(settings, health),
    ...judgeLocks(settings, health),
    ...beyondLimits(limitsOf(settings, health), settings.beyondIs),
    ...judgeRights(settings, health),
  ];
}

function judgeReplication(settings: PostgresqlSettings, { server, standbys, replay }: Health): Found[] {
  const found: Found[] = [];
  const streaming = standbys.filter(({ state }) => state === 'streaming');
  if (streaming.length < settings.standbysExpected) {
    const data = { found: streaming.length, expected: settings.standbysExpected };
    found.push({ verdict: 'down', reason: { code: 'standbysMissing', data } });
  }
  if (!server.standby) return found;
  if (replay?.receiver !== 'streaming' && server.monitor) {
    found.push({ verdict: 'down', reason: { code: 'notStreaming', data: { state: replay?.receiver ?? '' } } });
  }
  if (replay?.paused === true) found.push({ verdict: settings.beyondIs, reason: { code: 'replayPaused', data: {} } });
  return found;
}

function judgeArchiver(settings: PostgresqlSettings, { archiver }: Health): Found[] {
  if (settings.backup !== 'archiver' || archiver === undefined) return [];
  const { succeeded, failed } = archiver;
  // Both are ages: the smaller one is the later event.
  if (failed !== null && (succeeded === null || failed < succeeded)) {
    return [{ verdict: settings.beyondIs, reason: { code: 'archivingFails', data: { failures: archiver.failures } } }];
  }
  if (succeeded === null) return [{ verdict: settings.beyondIs, reason: { code: 'neverArchived', data: {} } }];
  const limit = settings.maxBackupHours * 3_600;
  return beyondLimits([{ metric: 'archiveAge', unit: 'seconds', value: succeeded, limit }], settings.beyondIs);
}

function judgeLocks(settings: PostgresqlSettings, { activity, blocked }: Health): Found[] {
  const seconds = activity?.lockWait ?? 0;
  const limit = settings.maxLockWaitSeconds;
  if (activity === undefined || limit === 0 || seconds <= limit) return [];
  const blockedBy = blocked[0]?.blockedBy ?? '';
  const data = { waiting: activity.waiting, seconds, limit, blockedBy };
  return [{ verdict: settings.beyondIs, reason: { code: 'blocked', data } }];
}

function limitsOf(settings: PostgresqlSettings, { values, standbys }: Health): Limited[] {
  const held = (metric: string, limit: number, side: 'above' | 'below' = 'above', name = metric): Limited => {
    const measured = values.get(name);
    const instance = name === metric ? '' : name.slice(metric.length + 1);
    return { metric, instance, unit: measured?.unit ?? 'number', value: measured?.value, limit, side };
  };
  return [
    held('connectionsUsed', settings.maxConnectionsPercent),
    held('wraparound', settings.maxAgePercent),
    ...standbys.flatMap(({ name }) => [
      held('standbyLagBytes', settings.maxLagMib * mib, 'above', `standbyLagBytes:${name.slice(0, 60)}`),
      held('standbyLag', settings.maxLagSeconds, 'above', `standbyLag:${name.slice(0, 60)}`),
    ]),
    held('replayLagBytes', settings.maxLagMib * mib),
    held('replayLag', settings.maxLagSeconds),
    held('waiting', settings.maxWaiting),
    held('idleInTransactionAge', settings.maxIdleInTransactionSeconds),
    held('transactionAge', settings.maxTransactionSeconds),
    held('queryAge', settings.maxQuerySeconds),
    held('statementTime', settings.maxStatementMs),
    held('deadlocks', settings.maxDeadlocksPerHour / 3_600),
    held('tempBytes', settings.maxTempMibPerSecond * mib),
    held('databaseSize', settings.maxSizeGib * gib),
    held('cacheHit', settings.minCacheHitPercent, 'below'),
  ];
}

function judgeRights({ user }: PostgresqlSettings, { server }: Health): Found[] {
  return server.monitor ? [] : [{ verdict: 'degraded', reason: { code: 'rightsMissing', data: { user } } }];
}
